"""A transfer of a case from one organisation to another: asked, then accepted, returned, revoked or lapsed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TransferState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REVOKED = "revoked"
    LAPSED = "lapsed"


class TransferReason(StrEnum):
    """Why a case is to move (the alliance's own list)."""

    WANTS_THEM = "person-wants-them"
    CLOSER_TO_HOME = "closer-to-home"
    SPECIALIST_SUPPORT = "specialist-support"
    KNOWS_THE_PERSON = "knows-the-person"
    STEP_DOWN = "less-support-needed"
    STEP_UP = "more-support-needed"


class ReturnReason(StrEnum):
    """Why a case comes back. "Does not qualify" is not among them: the alliance has no eligibility criteria."""

    NO_ROOM = "no-room-now"
    OTHER_SUPPORT = "other-support-fits-better"
    MORE_TO_KNOW = "more-to-know-first"
    PERSON_SAYS_NO = "person-does-not-want-it"


class RevokeReason(StrEnum):
    """Why the sender takes it back."""

    BY_MISTAKE = "asked-by-mistake"
    CHANGED = "situation-changed"
    PERSON_SAYS_NO = "person-does-not-want-it"
    CASE_CLOSED = "case-closed"
    """By itself: the case was closed meanwhile."""


class Override(StrEnum):
    """On what a transfer rests that the person has not agreed to (UK GDPR; duty of confidence)."""

    RISK_OF_HARM = "risk-of-harm"
    LACKS_CAPACITY = "lacks-capacity-best-interests"
    STATUTORY_DUTY = "statutory-duty"


class HandedOver(StrEnum):
    """What the receiver is given when it accepts."""

    KEY_WORKING = "key-working"
    CONVERSATIONS = "conversations-and-plan"
    SAFETY = "safety-information"
    SUPPORT = "support-under-way"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """The person agrees, or somebody who may has gone on without, for a reason (Primero's consent gate)."""

    given: bool
    override: Override | None = None


@dataclass(kw_only=True)
class Transfer:
    """What was asked stays as it was then: who sent it is not worked out anew from who holds the case later."""

    id: str
    from_organisation: str
    from_team: str | None
    to_organisation: str
    to_team: str | None
    reason_code: TransferReason
    handed_over: tuple[HandedOver, ...]
    note: str
    """For whoever decides about it, and for nobody else: free text, no event carries it."""
    agreement: Agreement
    asked_by: str
    asked_at: datetime
    answer_by: datetime
    state: TransferState = TransferState.ASKED
    ended_at: datetime | None = None
    ended_by: str | None = None
    """None where time ended it."""
    ending_code: str | None = None
    seen_at: datetime | None = None
    """When the sender took note that it has the case back."""

    @property
    def live(self) -> bool:
        return self.state is TransferState.ASKED

    @property
    def back_unseen(self) -> bool:
        """It came back, or nobody answered, and the sender has not taken note of that yet."""
        return self.state in (TransferState.RETURNED, TransferState.LAPSED) and self.seen_at is None
