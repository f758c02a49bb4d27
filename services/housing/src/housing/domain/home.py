"""A home, and the one hold on it: this document decides who may have the home, nobody else."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from alliance.kernel import Aggregate, Pence
from housing.domain.codes import Setting, SupportLevel
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


@dataclass(kw_only=True)
class Home(Aggregate):
    """Vacant, or held by exactly one offer until its placement lets go of that offer for good.

    The home has no timer of its own: were it to free itself, an acceptance on its way could find the home given to
    somebody else. Only the placement ends an offer, once and irrevocably, and the home follows.
    """

    indexed: ClassVar[tuple[str, ...]] = ("vacancy", "register")

    provider: str
    landlord: str
    setting: Setting
    support_level: SupportLevel
    area_code: str
    rent_pence: Pence
    support_pence: Pence
    confidential: bool
    address: str = field(repr=False)
    hold: Hold | None = None

    @property
    def state(self) -> HomeState:
        return self.hold.state if self.hold else HomeState.VACANT

    @property
    def weekly_cost_pence(self) -> Pence:
        """Rent and support together, a week (tenancy and support agreement stay separate)."""
        return self.rent_pence + self.support_pence

    @property
    def vacancy(self) -> str | None:
        """Where the home stands in the list of vacancies."""
        return f"{self.area_code}:{self.id}" if self.hold is None else None

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
            self.hold = replace(self.hold, state=HomeState.OCCUPIED)

    def free(self, offer_id: str) -> None:
        """That offer is over for good: declined, lapsed or moved on from. Another offer's hold stays."""
        if self.hold and self.hold.offer_id == offer_id:
            self.hold = None
