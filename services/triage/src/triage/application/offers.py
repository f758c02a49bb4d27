"""What may be asked of an offer of support. The case is the lock: one live offer of an entry of the directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from alliance.kernel import Clock, Pence
from triage.application.collections import Cases
from triage.domain.codes import DeclinedBy, OfferWithdrawal, Support, SupportEnding
from triage.domain.offer import Offered

WeeklyCosts = Mapping[Support, Pence]
"""What each kind of support costs a week."""


@dataclass(frozen=True, kw_only=True)
class OfferTerms:
    """What holds for every offer."""

    lasts: timedelta
    """How long one may stay unanswered."""


async def offer_support(
    case_id: str,
    offer_id: str,
    what: Offered,
    cases: Cases,
    terms: OfferTerms,
    clock: Clock,
    *,
    anyway: bool = False,
    expecting: int | None = None,
) -> None:
    """`anyway`: also if it was declined not long ago; without, that is `OfferParked`."""
    at = clock.now()
    await cases.change(
        case_id,
        lambda case: case.offer_support(offer_id, what, at=at, answer_by=at + terms.lasts, anyway=anyway),
        expecting=expecting,
    )


async def accept_offer(
    case_id: str,
    offer_id: str,
    cases: Cases,
    clock: Clock,
    *,
    by: DeclinedBy = DeclinedBy.PERSON,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await cases.change(case_id, lambda case: case.accept_offer(offer_id, at=at, by=by), expecting=expecting)


async def decline_offer(
    case_id: str,
    offer_id: str,
    cases: Cases,
    clock: Clock,
    *,
    by: DeclinedBy,
    reason_code: str,
    note: str = "",
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await cases.change(
        case_id,
        lambda case: case.decline_offer(offer_id, by=by, reason_code=reason_code, at=at, note=note),
        expecting=expecting,
    )


async def withdraw_offer(
    case_id: str,
    offer_id: str,
    cases: Cases,
    clock: Clock,
    *,
    reason: OfferWithdrawal,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await cases.change(
        case_id, lambda case: case.withdraw_offer(offer_id, reason_code=reason, at=at), expecting=expecting
    )


async def see_to_declines(case_id: str, cases: Cases, *, expecting: int | None = None) -> None:
    await cases.change(case_id, lambda case: case.see_to_declines(), expecting=expecting)


async def start_support(
    case_id: str,
    offer_id: str,
    started_at: datetime | None,
    cases: Cases,
    costs: WeeklyCosts,
    clock: Clock,
    *,
    expecting: int | None = None,
) -> None:
    """Support began at `started_at`, or just now; its cost is that of its kind, nothing if none is set."""
    now = clock.now()
    await cases.change(
        case_id,
        lambda case: case.start_support(offer_id, started_at=started_at or now, costs=costs, now=now),
        expecting=expecting,
    )


async def end_support(
    case_id: str,
    offer_id: str,
    cases: Cases,
    clock: Clock,
    *,
    reason: SupportEnding = SupportEnding.COMPLETED,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await cases.change(case_id, lambda case: case.end_support(offer_id, at=at, reason_code=reason), expecting=expecting)
