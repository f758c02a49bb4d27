"""Homes, placements and people that are unmistakably made up."""

from datetime import UTC, date, datetime, timedelta

from alliance.kernel import new_id
from housing.domain.codes import AccessFeature, Setting, SupportLevel
from housing.domain.home import Home
from housing.domain.offer import Offer
from housing.domain.placement import Placement
from housing.domain.stages import Beginning

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
RESIDENTIAL_WEEKLY = 153_425
OWN_HOME_WEEKLY = 28_767


def a_home(**changes: object) -> Home:
    values: dict[str, object] = {
        "id": new_id(),
        "provider": "thames-reach",
        "landlord": "example-homes",
        "setting": Setting.OWN_TENANCY,
        "support_level": SupportLevel.FLOATING,
        "area_code": "SW9",
        "rent_pence": 18_767,
        "support_pence": 10_000,
        "confidential": False,
        "access_features": (AccessFeature.STEP_FREE,),
        "void_since": date(2026, 10, 5),
        "address": "1 Nowhere Street, Exampleton",
    }
    return Home(**(values | changes))  # type: ignore[arg-type]


def a_beginning(**changes: object) -> Beginning:
    values: dict[str, object] = {
        "case_id": new_id(),
        "setting": Setting.RESIDENTIAL_CARE,
        "weekly_cost_pence": RESIDENTIAL_WEEKLY,
        "support_level": SupportLevel.FLOATING,
        "section_117": True,
        "at": MONDAY,
    }
    return Beginning(**(values | changes))  # type: ignore[arg-type]


def a_placement() -> Placement:
    placement = Placement(id=new_id(), introduction_id=new_id(), person_id=new_id())
    placement.introduce(a_beginning())
    placement.take_facts()
    return placement


def an_offer(**changes: object) -> Offer:
    values: dict[str, object] = {
        "offer_id": new_id(),
        "home_id": new_id(),
        "setting": Setting.OWN_TENANCY,
        "weekly_cost_pence": OWN_HOME_WEEKLY,
        "offered_at": MONDAY,
        "expires_at": MONDAY + WEEK,
    }
    return Offer(**(values | changes))  # type: ignore[arg-type]


def a_placement_with(offer: Offer) -> Placement:
    placement = a_placement()
    placement.take_offer(offer)
    return placement


def a_placement_moved_in(on: date = date(2026, 11, 2)) -> Placement:
    offer = an_offer()
    placement = a_placement_with(offer)
    placement.accept(offer.offer_id, at=MONDAY)
    placement.confirm_move_in(on, at=MONDAY)
    placement.take_facts()
    return placement
