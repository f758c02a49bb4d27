"""A home, and the one hold on it: this document decides who may have the home, nobody else."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from alliance.kernel import Aggregate, Pence
from housing.domain.codes import AccessFeature, Setting, SupportLevel
from housing.domain.facts import HomeOffered
from housing.domain.refusals import HomeAlreadyOffered, HomeOccupied


class HomeState(StrEnum):
    VACANT = "vacant"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    OCCUPIED = "occupied"


@dataclass(frozen=True, kw_only=True)
class Hold:
    """For whom the home is kept, by which offer, and how far that has come."""

    offer_id: str
    placement_id: str
    person_id: str
    offered_at: datetime
    expires_at: datetime
    state: HomeState = HomeState.OFFERED


class HoldEnd(StrEnum):
    DECLINED = "declined"
    LAPSED = "lapsed"
    MOVED_ON = "moved-on"


@dataclass(frozen=True, kw_only=True)
class PastHold:
    """For whom the home was kept, and how and when that ended."""

    offer_id: str
    placement_id: str
    offered_at: datetime
    ended: HoldEnd
    ended_on: date


@dataclass(kw_only=True)
class Home(Aggregate):
    """Vacant, or held by exactly one offer until its placement lets go of that offer for good.

    The home has no timer of its own: were it to free itself, an acceptance on its way could find the home given to
    somebody else. Only the placement ends an offer, once and irrevocably, and the home follows.
    """

    indexed: ClassVar[tuple[str, ...]] = ("vacancy", "void", "register")

    provider: str
    landlord: str
    setting: Setting
    support_level: SupportLevel
    area_code: str
    rent_pence: Pence
    support_pence: Pence
    confidential: bool
    address: str = field(repr=False)
    access_features: tuple[AccessFeature, ...] = ()
    void_since: date | None = None
    """Since when nobody lives here; an offer that came to nothing does not begin it anew."""
    hold: Hold | None = None
    past: tuple[PastHold, ...] = ()

    @property
    def state(self) -> HomeState:
        return self.hold.state if self.hold else HomeState.VACANT

    @property
    def weekly_cost_pence(self) -> Pence:
        """Rent and support together, a week (tenancy and support agreement stay separate)."""
        return self.rent_pence + self.support_pence

    @property
    def vacancy(self) -> str | None:
        """Where the home stands in the list of vacancies of its area: the longest empty first."""
        return f"{self.area_code}:{self.void}" if self.void else None

    @property
    def void(self) -> str | None:
        """Where the home stands in the list of all vacancies: the longest empty first."""
        return f"{self.void_since or ''}:{self.id}" if self.hold is None else None

    @property
    def register(self) -> str:
        """Where the home stands in the list of all homes."""
        return f"{self.area_code}:{self.id}"

    def offer(self, offer_id: str, *, placement_id: str, person_id: str, at: datetime, expires_at: datetime) -> None:
        """Hold the home for one placement. Raises `HomeAlreadyOffered`, `HomeOccupied`."""
        if self.hold and self.hold.offer_id == offer_id:
            return
        if self.state is HomeState.OCCUPIED:
            raise HomeOccupied("Somebody lives in this home.")
        if self.hold:
            raise HomeAlreadyOffered("This home is held for somebody else until they have answered.")
        self.hold = Hold(
            offer_id=offer_id, placement_id=placement_id, person_id=person_id, offered_at=at, expires_at=expires_at
        )
        self.record(
            HomeOffered(
                offer_id=offer_id,
                placement_id=placement_id,
                home_id=self.id,
                person_id=person_id,
                setting=self.setting,
                weekly_cost_pence=self.weekly_cost_pence,
                at=at,
                expires_at=expires_at,
            )
        )

    def accept(self, offer_id: str) -> None:
        """The placement accepted. Late news of an offer that is over changes nothing."""
        if self.hold and self.hold.offer_id == offer_id and self.hold.state is HomeState.OFFERED:
            self.hold = replace(self.hold, state=HomeState.ACCEPTED)

    def occupy(self, offer_id: str) -> None:
        """The person lives here now."""
        if self.hold and self.hold.offer_id == offer_id:
            self.hold, self.void_since = replace(self.hold, state=HomeState.OCCUPIED), None

    def free(self, offer_id: str, *, ended: HoldEnd, on: date) -> None:
        """That offer is over for good: declined, lapsed or moved on from. Another offer's hold stays."""
        if self.hold is None or self.hold.offer_id != offer_id:
            return
        over = PastHold(
            offer_id=offer_id,
            placement_id=self.hold.placement_id,
            offered_at=self.hold.offered_at,
            ended=ended,
            ended_on=on,
        )
        self.hold, self.past = None, (*self.past, over)
        if ended is HoldEnd.MOVED_ON:
            self.void_since = on
