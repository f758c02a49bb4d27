"""The published codes that housing uses, in the domain's own types (the same values as `alliance.contracts.codes`)."""

from enum import StrEnum


class Setting(StrEnum):
    OWN_TENANCY = "own-tenancy"
    SUPPORTED_LIVING = "supported-living"
    SHARED_LIVES = "shared-lives"
    SPECIALIST_HOUSING = "specialist-housing"
    RESIDENTIAL_CARE = "residential-care"
    NURSING_CARE = "nursing-care"
    REHABILITATION_WARD = "rehabilitation-ward"
    HOSPITAL = "hospital"

    @property
    def is_institution(self) -> bool:
        """Leaving it for a home of one's own counts as a discharge (IPSA: −67 % entries, +30 % discharges)."""
        return self in _INSTITUTIONS


_INSTITUTIONS = frozenset(
    {Setting.RESIDENTIAL_CARE, Setting.NURSING_CARE, Setting.REHABILITATION_WARD, Setting.HOSPITAL}
)


class SupportLevel(StrEnum):
    FLOATING = "floating"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class AccessFeature(StrEnum):
    """What lets somebody live there who could not live everywhere."""

    STEP_FREE = "step-free"
    GROUND_FLOOR = "ground-floor"
    LIFT = "lift"
    WHEELCHAIR = "wheelchair"
    LEVEL_ACCESS_SHOWER = "level-access-shower"
    VISUAL_ALARM = "visual-alarm"


class DeclinedBy(StrEnum):
    PERSON = "person"
    PROVIDER = "provider"


class CorrectionReason(StrEnum):
    TYPING_ERROR = "typing-error"
    LATE_INFORMATION = "late-information"
    DISPUTED = "disputed"


class DeclineReason(StrEnum):
    """Why an offer came to nothing: tells unmet demand from unsuitability (MoJ CAS)."""

    TOO_FAR = "too-far"
    TOO_LITTLE_SUPPORT = "too-little-support"
    TOO_MUCH_SUPPORT = "too-much-support"
    NOT_ACCESSIBLE = "not-accessible"
    SHARED_FACILITIES = "shared-facilities"
    COST = "cost"
    CHANGED_MIND = "changed-mind"
    OTHER = "other"


class LapseReason(StrEnum):
    RAN_OUT = "ran-out"
    ALREADY_HAS_OFFER = "already-has-offer"
    ALREADY_MOVED_IN = "already-moved-in"
    PLACEMENT_CLOSED = "placement-closed"


class ClosingReason(StrEnum):
    WITHDRAWN = "withdrawn"
    CASE_ENDED = "case-ended"
    FOUND_OWN_HOME = "found-own-home"
    STAYS_WHERE_THEY_ARE = "stays-where-they-are"
    DIED = "died"
    OTHER = "other"


class Destination(StrEnum):
    """Where somebody moved on to (MoJ CAS move-on categories, the subset in use)."""

    PRIVATE_RENTAL = "private-rental"
    SOCIAL_RENTAL = "social-rental"
    OWNER = "owner"
    FRIENDS_OR_FAMILY = "friends-or-family"
    WITHIN_SCHEME = "within-scheme"
    RESIDENTIAL_CARE = "residential-care"
    HOSPITAL = "hospital"
    PRISON = "prison"
    DIED = "died"
    UNKNOWN = "unknown"


class MoveOnReason(StrEnum):
    PLANNED = "planned"
    TENANCY_ENDED = "tenancy-ended"
    NEEDS_CHANGED = "needs-changed"
    OWN_CHOICE = "own-choice"
    DIED = "died"
    OTHER = "other"
