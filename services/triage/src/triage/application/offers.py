"""What may be asked of an offer of support. The case is the lock: one live offer of a kind."""

from collections.abc import Mapping
from datetime import datetime

from alliance.kernel import Clock, Pence
from triage.application.collections import Cases
from triage.domain.codes import DeclinedBy, Support

WeeklyCosts = Mapping[Support, Pence]
"""What each kind of support costs a week."""


async def offer_support(
    case_id: str,
    offer_id: str,
    kind: Support,
    provider_id: str,
    cases: Cases,
    clock: Clock,
    *,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await cases.change(
        case_id, lambda case: case.offer_support(offer_id, kind, provider_id, at=at), expecting=expecting
    )


async def accept_offer(
    case_id: str, offer_id: str, cases: Cases, clock: Clock, *, expecting: int | None = None
) -> None:
    at = clock.now()
    await cases.change(case_id, lambda case: case.accept_offer(offer_id, at=at), expecting=expecting)


async def decline_offer(
    case_id: str,
    offer_id: str,
    cases: Cases,
    clock: Clock,
    *,
    by: DeclinedBy,
    reason_code: str,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await cases.change(
        case_id,
        lambda case: case.decline_offer(offer_id, by=by, reason_code=reason_code, at=at),
        expecting=expecting,
    )


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


async def end_support(case_id: str, offer_id: str, cases: Cases, clock: Clock, *, expecting: int | None = None) -> None:
    at = clock.now()
    await cases.change(case_id, lambda case: case.end_support(offer_id, at=at), expecting=expecting)
