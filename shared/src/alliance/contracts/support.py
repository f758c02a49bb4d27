"""What the conversation says of the directory and of offers from it; `triage` has all of it."""

from pydantic import Field

from alliance.contracts.codes import DeclinedBy, Support
from alliance.contracts.event import Code, Event, Id, PenceAmount, WireInstant, contract

__all__ = [
    "DirectoryAssuranceLapsed",
    "SupportAccepted",
    "SupportDeclined",
    "SupportEnded",
    "SupportLapsed",
    "SupportOffered",
    "SupportStarted",
    "SupportStartedV2",
    "SupportWithdrawn",
]


@contract("triage.support-offered.v1", subject="case_id")
class SupportOffered(Event):
    """A kind of support from the directory was offered."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    at: WireInstant
    service_id: Id | None = Field(default=None, description="of the directory entry, where it is in the directory")
    answer_by: WireInstant | None = Field(default=None, description="when it lapses unless somebody has answered")


@contract("triage.support-accepted.v1", subject="case_id")
class SupportAccepted(Event):
    """The person accepted the offer."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    at: WireInstant
    service_id: Id | None = Field(default=None, description="of the directory entry, where it is in the directory")


@contract("triage.support-declined.v1", subject="case_id")
class SupportDeclined(Event):
    """The offer came to nothing; the case is back in the queue."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    by: DeclinedBy
    reason_code: Code
    at: WireInstant
    service_id: Id | None = Field(default=None, description="of the directory entry, where it is in the directory")
    late: bool = Field(default=False, description="it had been accepted before: the key worker must know at once")


@contract("triage.support-lapsed.v1", subject="case_id")
class SupportLapsed(Event):
    """Nobody answered the offer in time; the case is back in the queue."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    at: WireInstant
    service_id: Id | None = Field(default=None, description="of the directory entry, where it is in the directory")


@contract("triage.support-withdrawn.v1", subject="case_id")
class SupportWithdrawn(Event):
    """We took the offer back before support began: neither the person nor the provider has declined it."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    reason_code: Code = Field(description="of the list OfferWithdrawal")
    at: WireInstant
    service_id: Id | None = Field(default=None, description="of the directory entry, where it is in the directory")


@contract("triage.support-started.v1", subject="case_id")
class SupportStarted(Event):
    """Support began. Superseded by v2, which says how long the person waited and what it costs."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    at: WireInstant
    service_id: Id | None = Field(default=None, description="of the directory entry, where it is in the directory")


@contract("triage.support-started.v2", subject="case_id")
class SupportStartedV2(Event):
    """Support began, after so many days of waiting since the introduction, at so much a week."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    started_at: WireInstant
    waited_days: int = Field(ge=0, description="whole days from the introduction to the start of support")
    weekly_cost_pence: PenceAmount = Field(ge=0)
    service_id: Id | None = Field(default=None, description="of the directory entry, where it is in the directory")


@contract("triage.support-ended.v1", subject="case_id")
class SupportEnded(Event):
    """Support came to its end."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    at: WireInstant
    service_id: Id | None = Field(default=None, description="of the directory entry, where it is in the directory")
    reason_code: Code | None = Field(default=None, description="of the list SupportEnding")


@contract("triage.directory-assurance-lapsed.v1", subject="service_id")
class DirectoryAssuranceLapsed(Event):
    """Nobody has assured an entry of the directory for as long as the alliance allows: it may be wrong by now."""

    service_id: Id
    provider_id: Code
    assured_at: WireInstant | None = Field(description="when it was last assured, or null where it never was")
    due_at: WireInstant
