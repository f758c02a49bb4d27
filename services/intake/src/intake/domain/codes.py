"""The code lists of the front door; the values are those of the published contracts (a test compares them)."""

from enum import StrEnum


class WayIn(StrEnum):
    """How an introduction reached us."""

    WEB = "web"
    PHONE = "phone"
    WALK_IN = "walk-in"
    CLUBHOUSE = "clubhouse"
    PROFESSIONAL = "professional"
    API = "api"


class SourceCode(StrEnum):
    """SOURCE OF REFERRAL FOR MENTAL HEALTH, the subset in use."""

    GP = "A1"
    OTHER_PRIMARY_CARE = "A3"
    SELF = "B1"
    CARER = "B2"
    SOCIAL_SERVICES = "C1"
    HOUSING = "C3"
    POLICE = "E1"
    VOLUNTARY = "G4"
    EMERGENCY_DEPARTMENT = "H1"
    OTHER_SECONDARY_CARE = "H2"


class HelpArea(StrEnum):
    MENTAL_HEALTH = "mental-health"
    PHYSICAL_HEALTH = "physical-health"
    MONEY = "money"
    WORK = "work"
    HOME = "home"
    RELATIONSHIPS = "relationships"
    SUBSTANCES = "substances"
    MEANING = "meaning"


class Priority(StrEnum):
    """CLINICAL RESPONSE PRIORITY TYPE (June 2026), most pressing first; the codes do not sort."""

    EMERGENCY = "1"
    VERY_URGENT = "4"
    URGENT = "2"
    ROUTINE = "3"


class Ending(StrEnum):
    """How an introduction is closed at the front door. There is no "rejected"."""

    SIGNPOSTED = "signposted"
    DUPLICATE = "duplicate"
    OUT_OF_AREA = "out-of-area"
    NOT_REACHED = "not-reached"


class SafetyKind(StrEnum):
    SELF_HARM = "self-harm"
    SUICIDAL_THOUGHTS = "suicidal-thoughts"
    HARM_FROM_OTHERS = "harm-from-others"
    HARM_TO_OTHERS = "harm-to-others"
    NOT_SAID = "not-said"


class SharingBasis(StrEnum):
    """Why personal data may go to another organisation: the duty of confidence, apart from the UK GDPR basis."""

    DIRECT_CARE_IMPLIED = "direct-care-implied"
    EXPLICIT_AGREEMENT = "explicit-agreement"
    VITAL_INTEREST = "vital-interest"
    OBJECTION = "objection"


class CorrectionReason(StrEnum):
    TYPING_ERROR = "typing-error"
    LATE_INFORMATION = "late-information"
    DISPUTED = "disputed"


class ContactOutcome(StrEnum):
    """What came of trying to reach somebody (the front door's own list)."""

    SPOKE = "spoke"
    LEFT_MESSAGE = "left-message"
    NO_ANSWER = "no-answer"
    WRONG_NUMBER = "wrong-number"


class NhsNumberStatus(StrEnum):
    """NHS NUMBER STATUS INDICATOR CODE, the subset in use."""

    VERIFIED = "01"
    NOT_TRACED = "02"
