"""What housing shows. An address is shown only in the record of one home, to those who may know it."""

from collections.abc import Container
from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from alliance.people import Snapshot
from alliance.store import Page
from housing.domain.codes import AccessFeature, ClosingReason, Destination, MoveOnReason, Setting, SupportLevel
from housing.domain.home import Home, HomeState
from housing.domain.offer import OfferState
from housing.domain.placement import Placement
from housing.domain.stages import Stage


class Shown(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class HomeId(Shown):
    home_id: str


class OfferId(Shown):
    offer_id: str


class PlacementId(Shown):
    placement_id: str


class HoldShown(Shown):
    offer_id: str
    placement_id: str
    state: HomeState
    expires_at: datetime


class HomeShown(Shown):
    id: str
    state: HomeState
    provider: str
    landlord: str
    setting: Setting
    support_level: SupportLevel
    area_code: str
    rent_pence: int
    support_pence: int
    weekly_cost_pence: int
    confidential: bool
    access_features: tuple[AccessFeature, ...]
    void_since: date | None
    hold: HoldShown | None


class HomeRecord(HomeShown):
    address: str | None = None

    @classmethod
    def of(cls, home: Home, *, with_address: bool) -> Self:
        shown = HomeShown.model_validate(home).model_dump()
        return cls(**shown, address=home.address if with_address else None)


class OfferShown(Shown):
    offer_id: str
    home_id: str
    setting: Setting
    weekly_cost_pence: int
    offered_at: datetime
    expires_at: datetime
    state: OfferState
    ended_at: datetime | None
    reason_code: str | None


class BeginningShown(Shown):
    setting: Setting
    weekly_cost_pence: int
    support_level: SupportLevel
    section_117: bool
    at: datetime


class MoveOnShown(Shown):
    on: date
    destination: Destination
    reason_code: MoveOnReason


class ClosingShown(Shown):
    reason_code: ClosingReason
    at: datetime


class ContactPointShown(Shown):
    kind: str
    value: str
    safe: bool
    voicemail_ok: bool


class PersonShown(Shown):
    call_me: str | None
    full_name: str | None
    contact_points: tuple[ContactPointShown, ...]
    interpreter_language: str | None
    adjustments: tuple[str, ...]


class PlacementShown(Shown):
    id: str
    stage: Stage
    case_id: str | None
    introduction_id: str
    person_id: str
    beginning: BeginningShown | None
    current_offer: OfferShown | None
    moved_in_on: date | None
    has_died: bool = Field(
        default=False,
        description="The front door has recorded that the person died. Nothing ends by itself: offer no home, and end "
        "the placement with the reason `died`.",
    )

    @classmethod
    def among(cls, placement: Placement, deaths: Container[str]) -> Self:
        """`deaths`: the people known to have died."""
        return cls.model_validate(placement).model_copy(update={"has_died": placement.person_id in deaths})


class PlacementRecord(PlacementShown):
    offers: tuple[OfferShown, ...]
    moved_on: MoveOnShown | None
    closing: ClosingShown | None
    workers: tuple[str, ...]
    person: PersonShown | None = None
    died_on: date | None = Field(
        default=None,
        description="The day on which the person died, as the front door has recorded it; null again where that was a "
        "mistake.",
    )

    @classmethod
    def of(cls, placement: Placement, details: Snapshot | None, died_on: date | None) -> Self:
        apart = {
            "person": PersonShown.model_validate(details) if details else None,
            "has_died": died_on is not None,
            "died_on": died_on,
        }
        return cls.model_validate(placement).model_copy(update=apart)


class HomePage(Shown):
    items: list[HomeShown]
    next: str | None

    @classmethod
    def of(cls, page: Page[Home]) -> Self:
        return cls.model_validate(page)


class PlacementPage(Shown):
    items: list[PlacementShown]
    next: str | None

    @classmethod
    def of(cls, page: Page[Placement], deaths: Container[str]) -> Self:
        return cls(items=[PlacementShown.among(each, deaths) for each in page.items], next=page.next)
