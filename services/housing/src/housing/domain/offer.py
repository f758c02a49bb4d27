"""An offer of a home as the placement sees it: live, then ended once and for good."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alliance.kernel import Pence
from housing.domain.codes import DeclinedBy, Setting


class OfferState(StrEnum):
    LIVE = "live"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True)
class Offer:
    offer_id: str
    home_id: str
    setting: Setting
    weekly_cost_pence: Pence
    offered_at: datetime
    expires_at: datetime
    state: OfferState = OfferState.LIVE
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    declined_by: DeclinedBy | None = None
    reason_code: str | None = None

    @property
    def holds_the_home(self) -> bool:
        return self.state in (OfferState.LIVE, OfferState.ACCEPTED)
