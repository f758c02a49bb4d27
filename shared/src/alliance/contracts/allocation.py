"""What the conversation says of key workers, transfers and reviews; `triage` has all of it."""

from datetime import date

from pydantic import Field

from alliance.contracts.codes import ReviewOutcome
from alliance.contracts.event import Code, Event, Id, Subject, WireInstant, contract

__all__ = [
    "KeyWorkerNamed",
    "ReviewDue",
    "ReviewHeld",
    "ReviewOverdue",
    "TransferAccepted",
    "TransferAsked",
    "TransferLapsed",
    "TransferReturned",
    "TransferRevoked",
]


@contract("triage.key-worker-named.v1", subject="case_id")
class KeyWorkerNamed(Event):
    """Somebody answers for the case from now on, of whichever member organisation; whoever did before does not."""

    case_id: Id
    person_id: Id
    worker: Subject
    organisation_id: Code = Field(description="the key worker's own organisation")
    team_id: Id | None = None
    at: WireInstant


@contract("triage.transfer-asked.v1", subject="case_id")
class TransferAsked(Event):
    """Another organisation is asked to take the case over; until it accepts, nothing has moved."""

    transfer_id: Id
    case_id: Id
    person_id: Id
    from_organisation_id: Code
    to_organisation_id: Code
    reason_code: Code
    at: WireInstant


@contract("triage.transfer-accepted.v1", subject="case_id")
class TransferAccepted(Event):
    """The case is the receiving organisation's from now on. `reason_code` is why it was asked."""

    transfer_id: Id
    case_id: Id
    person_id: Id
    from_organisation_id: Code
    to_organisation_id: Code
    reason_code: Code
    at: WireInstant


@contract("triage.transfer-returned.v1", subject="case_id")
class TransferReturned(Event):
    """The other organisation did not take the case over; it has stayed with the one that asked."""

    transfer_id: Id
    case_id: Id
    person_id: Id
    from_organisation_id: Code
    to_organisation_id: Code
    reason_code: Code
    at: WireInstant


@contract("triage.transfer-revoked.v1", subject="case_id")
class TransferRevoked(Event):
    """The organisation that asked took it back, or the case was closed meanwhile."""

    transfer_id: Id
    case_id: Id
    person_id: Id
    from_organisation_id: Code
    to_organisation_id: Code
    reason_code: Code
    at: WireInstant


@contract("triage.transfer-lapsed.v1", subject="case_id")
class TransferLapsed(Event):
    """Nobody answered in time; the case has stayed with the organisation that asked."""

    transfer_id: Id
    case_id: Id
    person_id: Id
    from_organisation_id: Code
    to_organisation_id: Code
    at: WireInstant


@contract("triage.review-due.v1", subject="case_id")
class ReviewDue(Event):
    """The day has come on which everybody who works with the person is to meet."""

    review_id: Id
    case_id: Id
    person_id: Id
    due_on: date


@contract("triage.review-overdue.v1", subject="case_id")
class ReviewOverdue(Event):
    """That day has gone by, and nobody has recorded that they met."""

    review_id: Id
    case_id: Id
    person_id: Id
    due_on: date


@contract("triage.review-held.v1", subject="case_id")
class ReviewHeld(Event):
    """Those who work with the person have met, and when they meet again."""

    review_id: Id
    case_id: Id
    person_id: Id
    due_on: date
    held_on: date
    outcome: ReviewOutcome
    next_on: date | None = None
