"""An offer of support from the directory: offered, accepted or declined, started, ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from triage.domain.codes import DeclinedBy, Support


class OfferState(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """We took it back."""
    LAPSED = "lapsed"
    """Nobody answered in time."""
    STARTED = "started"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What is offered: a kind of support by a provider, and which entry of the directory that is, if it is in there."""

    kind: Support
    provider_id: str
    service_id: str | None = None

    @property
    def lock(self) -> str:
        """A case holds one live offer of this: of an entry, or of a kind of support that is in no directory."""
        return self.service_id or self.kind


@dataclass(kw_only=True)
class Offer:
    id: str
    kind: Support
    provider_id: str
    offered_at: datetime
    service_id: str | None = None
    """Of the directory entry."""
    answer_by: datetime | None = None
    """When it lapses unless somebody has answered."""
    state: OfferState = OfferState.OFFERED
    accepted_at: datetime | None = None
    accepted_by: DeclinedBy | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    declined_by: DeclinedBy | None = None
    reason_code: str | None = None
    """Why it was declined or taken back, or why support ended."""
    note: str = ""
    """Free text about the decline: it stays in the case."""
    seen_to: bool = False
    """A worker knows that it came back, and has gone on."""

    @property
    def what(self) -> Offered:
        return Offered(kind=self.kind, provider_id=self.provider_id, service_id=self.service_id)

    @property
    def live(self) -> bool:
        """Offered, accepted or running: no second one of the same meanwhile."""
        return self.state in (OfferState.OFFERED, OfferState.ACCEPTED, OfferState.STARTED)

    @property
    def came_back(self) -> bool:
        """Declined or lapsed, and no worker has seen to it yet."""
        return self.state in (OfferState.DECLINED, OfferState.LAPSED) and not self.seen_to

    @property
    def late(self) -> bool:
        """Declined after it had been accepted."""
        return self.state is OfferState.DECLINED and self.accepted_at is not None

    @property
    def last_moved_at(self) -> datetime:
        return max(at for at in (self.offered_at, self.accepted_at, self.started_at, self.ended_at) if at)
