"""What housing says: homes offered, people moved in, facts corrected."""

from datetime import date

from pydantic import Field

from alliance.contracts.codes import CorrectionReason, DeclinedBy, Setting
from alliance.contracts.common import Anchored, Forgotten, Gathered, Glass
from alliance.contracts.event import Code, Event, Id, PenceAmount, WireInstant, contract


@contract("housing.placement-opened.v1", subject="placement_id")
class PlacementOpened(Event):
    """The search for a home of one's own has begun."""

    placement_id: Id
    case_id: Id
    person_id: Id
    current_setting: Setting
    at: WireInstant


@contract("housing.home-offered.v1", subject="home_id")
class HomeOffered(Event):
    """A vacancy is held for one placement until `expires_at`; nobody else can be offered it meanwhile."""

    offer_id: Id
    placement_id: Id
    home_id: Id
    person_id: Id
    setting: Setting
    weekly_cost_pence: PenceAmount = Field(ge=0, description="rent and support together, a week")
    at: WireInstant
    expires_at: WireInstant


@contract("housing.home-offer-declined.v1", subject="placement_id")
class HomeOfferDeclined(Event):
    """The offer was declined, by the person or the provider; the home is free again."""

    offer_id: Id
    placement_id: Id
    home_id: Id
    person_id: Id
    by: DeclinedBy
    reason_code: Code
    at: WireInstant


@contract("housing.home-offer-accepted.v1", subject="placement_id")
class HomeOfferAccepted(Event):
    """The person said yes; the home stays held until they move in."""

    offer_id: Id
    placement_id: Id
    home_id: Id
    person_id: Id
    at: WireInstant


@contract("housing.home-offer-lapsed.v1", subject="placement_id")
class HomeOfferLapsed(Event):
    """The offer ended by itself: it ran out, the person already has one, or the placement is closed."""

    offer_id: Id
    placement_id: Id
    home_id: Id
    person_id: Id
    reason_code: Code
    at: WireInstant


@contract("housing.person-moved-in.v1", subject="placement_id")
class PersonMovedIn(Event):
    """The person lives in a home of their own."""

    placement_id: Id
    case_id: Id
    person_id: Id
    home_id: Id
    setting: Setting
    moved_in_on: date
    weekly_cost_pence: PenceAmount = Field(ge=0)
    previous_setting: Setting
    previous_weekly_cost_pence: PenceAmount = Field(ge=0)
    section_117: bool
    offer_id: Id | None = Field(default=None, description="the offer by which the person came to the home")


@contract("housing.move-in-corrected.v1", subject="placement_id")
class MoveInCorrected(Event):
    """The move-in date was recorded wrongly."""

    placement_id: Id
    person_id: Id
    moved_in_on_before: date
    moved_in_on: date
    reason_code: CorrectionReason


@contract("housing.person-moved-on.v1", subject="placement_id")
class PersonMovedOn(Event):
    """The person left the home (MoJ CAS: a departure has a reason and a destination)."""

    placement_id: Id
    person_id: Id
    home_id: Id
    moved_on_on: date
    destination: Code
    reason_code: Code
    offer_id: Id | None = Field(default=None, description="the offer by which the person came to the home")


@contract("housing.placement-closed.v1", subject="placement_id")
class PlacementClosed(Event):
    """The search ended without a move: the person withdrew, or the case closed."""

    placement_id: Id
    person_id: Id
    reason_code: Code
    at: WireInstant


@contract("housing.residential-discharge-recorded.v1", subject="placement_id")
class ResidentialDischargeRecorded(Event):
    """Somebody left residential or nursing care, a ward or hospital for a home of their own."""

    placement_id: Id
    person_id: Id
    setting: Setting
    discharged_on: date


@contract("housing.glass-broken.v1", subject="person_id", lane="urgent")
class GlassBroken(Glass):
    """Somebody opened records here that their work alone would not open to them, for a reason and for a time."""


@contract("housing.audit-anchored.v1", subject="chain_id")
class AuditAnchored(Anchored):
    """How far the audit trail of housing had got: in its log at the broker, where the service cannot cut it."""


@contract("housing.person-forgotten.v1", subject="person_id")
class PersonForgotten(Forgotten):
    """Nothing that tells who an erased person is, is left at housing."""


@contract("housing.record-gathered.v1", subject="person_id", confidentiality="personal")
class RecordGathered(Gathered):
    """All that housing holds of a person, told to them through the front door."""
