"""What happens to homes and placements, in the domain's words; `events/says.py` announces it."""

from dataclasses import dataclass
from datetime import date, datetime

from alliance.kernel import Fact
from housing.domain.codes import CorrectionReason, DeclinedBy, Setting


@dataclass(frozen=True, kw_only=True)
class HomeOffered(Fact):
    offer_id: str
    placement_id: str
    home_id: str
    person_id: str
    setting: Setting
    weekly_cost_pence: int
    at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class PlacementOpened(Fact):
    placement_id: str
    case_id: str
    person_id: str
    current_setting: Setting
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HomeOfferDeclined(Fact):
    offer_id: str
    placement_id: str
    home_id: str
    person_id: str
    by: DeclinedBy
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HomeOfferAccepted(Fact):
    offer_id: str
    placement_id: str
    home_id: str
    person_id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HomeOfferLapsed(Fact):
    offer_id: str
    placement_id: str
    home_id: str
    person_id: str
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonMovedIn(Fact):
    placement_id: str
    case_id: str
    person_id: str
    home_id: str
    offer_id: str
    setting: Setting
    moved_in_on: date
    weekly_cost_pence: int
    previous_setting: Setting
    previous_weekly_cost_pence: int
    section_117: bool


@dataclass(frozen=True, kw_only=True)
class MoveInCorrected(Fact):
    placement_id: str
    person_id: str
    moved_in_on_before: date
    moved_in_on: date
    reason_code: CorrectionReason


@dataclass(frozen=True, kw_only=True)
class PersonMovedOn(Fact):
    placement_id: str
    person_id: str
    home_id: str
    offer_id: str
    moved_on_on: date
    destination: str
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class PlacementClosed(Fact):
    placement_id: str
    person_id: str
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ResidentialDischargeRecorded(Fact):
    placement_id: str
    person_id: str
    setting: Setting
    discharged_on: date
