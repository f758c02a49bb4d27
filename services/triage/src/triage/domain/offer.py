"""An offer of support from the directory: offered, accepted or declined, started, ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from triage.domain.codes import DeclinedBy, Support


class OfferState(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    STARTED = "started"
    ENDED = "ended"


@dataclass(kw_only=True)
class Offer:
    id: str
    kind: Support
    provider_id: str
    offered_at: datetime
    state: OfferState = OfferState.OFFERED
    accepted_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    declined_by: DeclinedBy | None = None
    reason_code: str | None = None

    @property
    def live(self) -> bool:
        """Offered, accepted or running: no second one of its kind meanwhile."""
        return self.state in (OfferState.OFFERED, OfferState.ACCEPTED, OfferState.STARTED)

    @property
    def last_moved_at(self) -> datetime:
        return max(at for at in (self.offered_at, self.accepted_at, self.started_at, self.ended_at) if at)
