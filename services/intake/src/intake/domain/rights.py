"""The words of a person's rights over what is held of them, and the days within which they are answered."""

from calendar import monthrange
from datetime import datetime
from enum import StrEnum


class AskedBy(StrEnum):
    """Who brought the request to us."""

    PERSON = "person"
    """Themselves, on their own status page."""
    STAFF = "staff"
    """Themselves or somebody who may speak for them, to a member of staff who wrote it down."""
    KEEPING = "keeping"
    """Nobody: the record's time has come, and the governance lead has said that it may go."""


class IdentityCheck(StrEnum):
    """How we know that it is them (UK GDPR Art 12(6): no more is asked for than is needed)."""

    KNOWN_TO_STAFF = "known-to-staff"
    DOCUMENT_SEEN = "document-seen"
    CALLED_BACK = "called-back"
    MAY_SPEAK_FOR_THEM = "may-speak-for-them"


class Hindrance(StrEnum):
    """What speaks against erasing somebody now."""

    OPEN_INTRODUCTION = "open-introduction"
    OPEN_CASE = "open-case"
    WITHIN_RETENTION = "within-retention"
    LEGAL_HOLD = "legal-hold"
    COPY_ASKED_FOR = "copy-asked-for"

    @property
    def forbids(self) -> bool:
        """The others are weighed by the governance lead: these have to be ended first."""
        return self is not Hindrance.WITHIN_RETENTION


class ErasureGround(StrEnum):
    """Why somebody is erased: UK GDPR Art 17(1)(a) to (d)."""

    NO_LONGER_NEEDED = "no-longer-needed"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    OBJECTION = "objection"
    UNLAWFUL = "unlawful"


class RefusalGround(StrEnum):
    """Why somebody is not erased: UK GDPR Art 17(3)(b), (c) and (e)."""

    LEGAL_OBLIGATION = "legal-obligation"
    PUBLIC_TASK = "public-task"
    HEALTH_CARE = "health-care"
    LEGAL_CLAIM = "legal-claim"


def a_month_after(at: datetime) -> datetime:
    """The same day of the next month, or its last day where it has none (UK GDPR Art 12(3), as the ICO counts it)."""
    year, month = (at.year, at.month + 1) if at.month < 12 else (at.year + 1, 1)
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


def holder_of(service: str, person_id: str) -> str:
    """One answer that is awaited: of a service, about one pseudonym."""
    return f"{service} {person_id}"
