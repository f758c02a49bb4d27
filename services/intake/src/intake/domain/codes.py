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


class ReopenReason(StrEnum):
    """Why a closed or withdrawn introduction is opened again."""

    PERSON_CAME_BACK = "person-came-back"
    REACHED_AFTER_ALL = "reached-after-all"
    DID_NOT_HELP = "did-not-help"
    HANDED_BACK = "handed-back"
    NOT_A_DUPLICATE = "not-a-duplicate"
    CLOSED_BY_MISTAKE = "closed-by-mistake"


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


class ContactChannel(StrEnum):
    """By which way staff try to reach somebody (the front door's own list)."""

    PHONE = "call"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in-person"
    INTRODUCER = "introducer"
    STATUS_PAGE = "status-page"


class ContactOutcome(StrEnum):
    """What came of trying to reach somebody (the front door's own list)."""

    SPOKE = "spoke"
    THEY_CAME = "they-got-in-touch"
    LEFT_MESSAGE = "left-message"
    NO_ANSWER = "no-answer"
    WRONG_NUMBER = "wrong-number"


class Elsewhere(StrEnum):
    """Where somebody is signposted to (the front door's own list)."""

    GP = "gp"
    CRISIS_SERVICE = "crisis-service"
    TALKING_THERAPIES = "talking-therapies"
    SOCIAL_CARE = "social-care"
    HOUSING_ADVICE = "housing-advice"
    MONEY_ADVICE = "money-advice"
    DRUG_AND_ALCOHOL = "drug-and-alcohol"
    DOMESTIC_ABUSE = "domestic-abuse"
    CARERS = "carers"
    COMMUNITY_GROUP = "community-group"
    OTHER = "other"


class IntroducerRole(StrEnum):
    """As what somebody introduces another (the front door's own list; `SOURCE_OF` has the national code)."""

    GP = "gp"
    SOCIAL_WORKER = "social-worker"
    POLICE = "police"
    CRISIS_LINE = "crisis-line"
    HOSPITAL = "hospital"
    EMERGENCY_DEPARTMENT = "emergency-department"
    OTHER_PRIMARY_CARE = "other-primary-care"
    HOUSING = "housing"
    VOLUNTARY = "voluntary"
    CARER = "carer"


class PersonKnows(StrEnum):
    """Whether the person knows that they are introduced (the front door's own list)."""

    AGREES = "agrees"
    KNOWS = "knows"
    DOES_NOT_KNOW = "does-not-know"


SOURCE_OF = {
    IntroducerRole.GP: SourceCode.GP,
    IntroducerRole.SOCIAL_WORKER: SourceCode.SOCIAL_SERVICES,
    IntroducerRole.POLICE: SourceCode.POLICE,
    IntroducerRole.CRISIS_LINE: SourceCode.VOLUNTARY,
    IntroducerRole.HOSPITAL: SourceCode.OTHER_SECONDARY_CARE,
    IntroducerRole.EMERGENCY_DEPARTMENT: SourceCode.EMERGENCY_DEPARTMENT,
    IntroducerRole.OTHER_PRIMARY_CARE: SourceCode.OTHER_PRIMARY_CARE,
    IntroducerRole.HOUSING: SourceCode.HOUSING,
    IntroducerRole.VOLUNTARY: SourceCode.VOLUNTARY,
    IntroducerRole.CARER: SourceCode.CARER,
}
"""SOURCE OF REFERRAL FOR MENTAL HEALTH of each. A crisis line has no code of its own: those that introduce to us are
voluntary organisations (G4); NHS 111 introduces as other primary care (A3)."""


class NhsNumberStatus(StrEnum):
    """NHS NUMBER STATUS INDICATOR CODE (MENTAL HEALTH AND MATERNITY), NHS Data Dictionary, June 2026."""

    VERIFIED = "01"
    NOT_TRACED = "02"
    TRACE_REQUIRED = "03"
    NO_MATCH = "04"
    NEEDS_RESOLVING = "05"
    IN_PROGRESS = "06"
    NOT_REQUIRED = "07"


class NumberReason(StrEnum):
    """Why the status of an NHS number was changed (the front door's own list)."""

    TRACED = "traced"
    SEEN_ON_A_LETTER = "seen-on-a-letter"
    PERSON_ASKED = "person-asked"
    WRONG_NUMBER = "wrong-number-found"
    NOT_NEEDED = "not-needed"


class LawfulBasis(StrEnum):
    """UK GDPR Articles 6 and 9: recorded apart from the duty of confidence, of which `SharingBasis` speaks."""

    PUBLIC_TASK_AND_CARE = "6-1-e-9-2-h"
    VITAL_INTERESTS = "6-1-d-9-2-c"
