"""Who says which no, and how long something that was declined is not offered again (parking)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from triage.domain.codes import DeclinedBy, DeclineReason
from triage.domain.offer import Offer, Offered, OfferState

PERSON, PROVIDER = DeclinedBy.PERSON, DeclinedBy.PROVIDER

SAID_BY: dict[DeclineReason, tuple[DeclinedBy, ...]] = {
    DeclineReason.CHANGED_MIND: (PERSON,),
    DeclineReason.NOT_WANTED: (PERSON,),
    DeclineReason.NOT_NOW: (PERSON,),
    DeclineReason.TOO_FAR: (PERSON,),
    DeclineReason.TOO_LONG_TO_WAIT: (PERSON,),
    DeclineReason.OTHER_OFFER_ACCEPTED: (PERSON,),
    DeclineReason.NO_CAPACITY: (PROVIDER,),
    DeclineReason.NOT_SUITABLE: (PROVIDER,),
    DeclineReason.NOT_SAFE_HERE: (PROVIDER,),
    DeclineReason.NOT_REACHED: (PROVIDER,),
}
"""Reasons are split by who declined (Open Path, Boston #65)."""

PARKED_DAYS: dict[DeclineReason, int] = {DeclineReason.NOT_NOW: 60, DeclineReason.NO_CAPACITY: 30}
"""Parked for so many days (Boston #65 has 60 for a person who is not ready; 30 for want of room is our own)."""

UNTIL_REASSESSED = (DeclineReason.NOT_WANTED, DeclineReason.NOT_SUITABLE, DeclineReason.NOT_SAFE_HERE)
"""Parked until the next conversation (Boston #65). All other reasons park nothing."""


@dataclass(frozen=True, kw_only=True)
class Parked:
    """Why the same thing is not offered again at once. `until` is None where it takes another conversation."""

    offer: Offer
    until: datetime | None


def parked(what: Offered, offers: Iterable[Offer], talked_at: datetime | None, at: datetime) -> Parked | None:
    """Whether an earlier decline keeps `what` back at `at`. It never touches another offer (Boston #36).

    `talked_at` is when the last conversation with the person was.
    """
    declined = [each for each in offers if each.state is OfferState.DECLINED and each.what.lock == what.lock]
    last = max(declined, key=lambda each: each.last_moved_at, default=None)
    if last is None or last.reason_code not in set(DeclineReason) or last.ended_at is None:
        return None
    reason = DeclineReason(last.reason_code)
    if reason in UNTIL_REASSESSED and (talked_at is None or talked_at <= last.ended_at):
        return Parked(offer=last, until=None)
    if (days := PARKED_DAYS.get(reason)) is None or at >= (until := last.ended_at + timedelta(days=days)):
        return None
    return Parked(offer=last, until=until)
