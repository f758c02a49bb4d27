"""What may be sent to housing."""

from typing import Annotated

from pydantic import Field

from alliance.access.caller import SUBJECT
from alliance.web import Body, Day, Id, Line, Pence
from housing.api.giving import AREA_PATTERN, MEMBER_PATTERN
from housing.domain.codes import (
    AccessFeature,
    ClosingReason,
    CorrectionReason,
    DeclinedBy,
    DeclineReason,
    Destination,
    MoveOnReason,
    Setting,
    SupportLevel,
)

MemberCode = Annotated[str, Field(pattern=MEMBER_PATTERN)]


class NewHome(Body):
    provider: MemberCode
    landlord: MemberCode
    setting: Setting
    support_level: SupportLevel
    area_code: Annotated[str, Field(pattern=AREA_PATTERN, description="outward postcode: SW9")]
    rent_pence: Pence
    support_pence: Pence
    address: Line
    confidential: bool = False
    access_features: tuple[AccessFeature, ...] = ()
    void_since: Day | None = None


class NewOffer(Body):
    home_id: Id


class Acceptance(Body):
    offer_id: Id


class Decline(Body):
    offer_id: Id
    by: DeclinedBy
    reason_code: DeclineReason


class MoveIn(Body):
    moved_in_on: Day


class MoveInCorrection(Body):
    moved_in_on: Day
    reason_code: CorrectionReason


class Leaving(Body):
    moved_on_on: Day
    destination: Destination
    reason_code: MoveOnReason


class NamedWorker(Body):
    subject: Annotated[str, Field(pattern=f"^{SUBJECT.pattern}$")]


class Close(Body):
    reason_code: ClosingReason
