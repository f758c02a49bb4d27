"""Published code lists used in events. Sources: NHS Data Dictionary; NHS England MHSDS and Talking Therapies lists."""

from enum import StrEnum


class WayIn(StrEnum):
    """How an introduction reached us (the alliance's own list)."""

    WEB = "web"
    PHONE = "phone"
    WALK_IN = "walk-in"
    CLUBHOUSE = "clubhouse"
    PROFESSIONAL = "professional"
    API = "api"


class SourceCode(StrEnum):
    """SOURCE OF REFERRAL FOR MENTAL HEALTH, the subset in use at this front door."""

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
    """Areas of life in which somebody wants help (conversation record, all tools of triage use the same)."""

    MENTAL_HEALTH = "mental-health"
    PHYSICAL_HEALTH = "physical-health"
    MONEY = "money"
    WORK = "work"
    HOME = "home"
    RELATIONSHIPS = "relationships"
    SUBSTANCES = "substances"
    MEANING = "meaning"


class Priority(StrEnum):
    """CLINICAL RESPONSE PRIORITY TYPE (June 2026). Code 4 sits between 1 and 2: never sort by code, use `rank`."""

    EMERGENCY = "1"
    VERY_URGENT = "4"
    URGENT = "2"
    ROUTINE = "3"

    @property
    def rank(self) -> int:
        """0 for the most pressing."""
        return list(Priority).index(self)


class Ending(StrEnum):
    """How an introduction ends. There is no "rejected": the front door has no eligibility criteria."""

    ACCEPTED = "accepted"
    SIGNPOSTED = "signposted"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    OUT_OF_AREA = "out-of-area"
    NOT_REACHED = "not-reached"


class ReopenReason(StrEnum):
    """Why a closed or withdrawn introduction is opened again (the alliance's own list)."""

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


class Goal(StrEnum):
    """The alliance's three big outcomes (Lambeth Living Well Collaborative)."""

    RECOVER_AND_STAY_WELL = "recover-and-stay-well"
    OWN_CHOICES = "own-choices"
    EQUAL_FOOTING = "equal-footing"


class Support(StrEnum):
    """Kinds of support in the directory."""

    PEER_SUPPORT = "peer-support"
    CLUBHOUSE = "clubhouse"
    MONEY_AND_WORK_ADVICE = "money-and-work-advice"
    TALKING_THERAPIES = "talking-therapies"
    CRISIS_HOUSE = "crisis-house"
    GP_PLUS = "gp-plus"


class WaitClock(StrEnum):
    """The promises a wait is measured against (NHSE clinically-led review 2021; the alliance's own seven days)."""

    VERY_URGENT_4H = "very-urgent-4h"
    URGENT_24H = "urgent-24h"
    SUPPORT_7D = "support-7d"


class CaseOutcome(StrEnum):
    GOALS_MET = "goals-met"
    SUPPORTED_ELSEWHERE = "supported-elsewhere"
    WITHDRAWN = "withdrawn"
    INTRODUCTION_ENDED = "introduction-ended"
    LOST_CONTACT = "lost-contact"


class TeamType(StrEnum):
    """SERVICE OR TEAM TYPE FOR MENTAL HEALTH, the subset in use."""

    CRISIS_HOME_TREATMENT = "A02"
    PRIMARY_CARE_MH = "A05"
    COMMUNITY_MH = "A06"
    COMMUNITY_REHAB = "A09"
    EARLY_INTERVENTION = "A14"


class Setting(StrEnum):
    """Where somebody lives, as IPSA speaks of it (supported living has no MHSDS accommodation code of its own)."""

    OWN_TENANCY = "own-tenancy"
    SUPPORTED_LIVING = "supported-living"
    SHARED_LIVES = "shared-lives"
    SPECIALIST_HOUSING = "specialist-housing"
    RESIDENTIAL_CARE = "residential-care"
    NURSING_CARE = "nursing-care"
    REHABILITATION_WARD = "rehabilitation-ward"
    HOSPITAL = "hospital"


class SupportLevel(StrEnum):
    """Supported-housing support level (CORE, MHCLG)."""

    FLOATING = "floating"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class MeasureTool(StrEnum):
    """Outcome measures that score a person's own answers (NHS England: outcome tools reference list)."""

    DIALOG = "dialog"
    REQOL_10 = "reqol-10"
    GBO = "gbo"
    PHQ_9 = "phq-9"
    GAD_7 = "gad-7"


class MeasureScale(StrEnum):
    """Which score of a tool: most have one, DIALOG has two means, goal-based outcomes one for each goal."""

    TOTAL = "total"
    QUALITY_OF_LIFE = "quality-of-life"
    TREATMENT_SATISFACTION = "treatment-satisfaction"
    GOAL = "goal"


class FilledInBy(StrEnum):
    PERSON = "person"
    WITH_WORKER = "with-worker"


class ReliableChange(StrEnum):
    """Whether a score moved by more than the tool's own noise, and which way."""

    IMPROVED = "improved"
    DETERIORATED = "deteriorated"
    NO_RELIABLE_CHANGE = "no-reliable-change"


class MeasureFlag(StrEnum):
    """What a score says that somebody should know at once."""

    THOUGHTS_OF_SELF_HARM = "thoughts-of-self-harm"
    CLINICAL_RANGE = "clinical-range"


class DeclinedBy(StrEnum):
    PERSON = "person"
    PROVIDER = "provider"


class DeclineReason(StrEnum):
    """Why an offer of support came to nothing (reasons split by who declined: Open Path, Boston #65)."""

    CHANGED_MIND = "changed-mind"
    NOT_WANTED = "not-wanted"
    NOT_NOW = "not-now"
    TOO_FAR = "too-far"
    TOO_LONG_TO_WAIT = "too-long-to-wait"
    OTHER_OFFER_ACCEPTED = "other-offer-accepted"
    NO_CAPACITY = "no-capacity"
    NOT_SUITABLE = "not-suitable"
    NOT_SAFE_HERE = "not-safe-here"
    NOT_REACHED = "not-reached"


class SupportEnding(StrEnum):
    """Why support that was running has ended."""

    COMPLETED = "completed"
    PERSON_STOPPED = "person-stopped"
    PROVIDER_STOPPED = "provider-stopped"
    MOVED_AWAY = "moved-away"
    DIED = "died"
    CASE_CLOSED = "case-closed"


class OfferWithdrawal(StrEnum):
    """Why we take an offer back that has not begun."""

    NOT_NEEDED = "not-needed"
    OTHER_OFFER_ACCEPTED = "other-offer-accepted"
    MADE_BY_MISTAKE = "made-by-mistake"
    CASE_CLOSED = "case-closed"


class SharingBasis(StrEnum):
    """Why personal data may go to another organisation (UK GDPR Art 6(1)(e) + 9(2)(h), and the duty of confidence)."""

    DIRECT_CARE_IMPLIED = "direct-care-implied"
    EXPLICIT_AGREEMENT = "explicit-agreement"
    VITAL_INTEREST = "vital-interest"
    OBJECTION = "objection"


class CorrectionReason(StrEnum):
    TYPING_ERROR = "typing-error"
    LATE_INFORMATION = "late-information"
    DISPUTED = "disputed"


class Audience(StrEnum):
    """Whose job it is to answer an alert."""

    DUTY_WORKER = "duty-worker"
    TEAM_LEAD = "team-lead"
    ALLIANCE_LEAD = "alliance-lead"


class AlertKind(StrEnum):
    SAFETY_CONCERN = "safety-concern"
    WAIT_MISSED = "wait-missed"
    INTRODUCTION_OVERDUE = "introduction-overdue"
    BUDGET_THRESHOLD = "budget-threshold"


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"
    STAFF_INBOX = "staff-inbox"


class GlassReason(StrEnum):
    """Why somebody opened records that their work alone does not open to them."""

    EMERGENCY = "emergency"
    SAFETY_CONCERN = "safety-concern"
    COVERING_FOR_A_COLLEAGUE = "covering-for-a-colleague"
    PERSON_ASKED = "person-asked"
    COMPLAINT_OR_LEGAL = "complaint-or-legal"
    OTHER = "other"


class ReviewOutcome(StrEnum):
    """What a review by everybody who works with the person came to."""

    CARRY_ON = "carry-on"
    PLAN_CHANGED = "plan-changed"
    MORE_SUPPORT = "more-support"
    LESS_SUPPORT = "less-support"
    READY_TO_END = "ready-to-end"
