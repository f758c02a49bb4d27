"""The code lists of the conversation; the values are those of the published contracts (a test compares them)."""

from enum import StrEnum


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


class HelpArea(StrEnum):
    MENTAL_HEALTH = "mental-health"
    PHYSICAL_HEALTH = "physical-health"
    MONEY = "money"
    WORK = "work"
    HOME = "home"
    RELATIONSHIPS = "relationships"
    SUBSTANCES = "substances"
    MEANING = "meaning"


class Strength(StrEnum):
    """What somebody is good at or can lean on (the conversation's own list)."""

    CREATIVE = "creative"
    PRACTICAL = "practical"
    CARING = "caring"
    ORGANISED = "organised"
    HUMOUR = "humour"
    PERSISTENT = "persistent"
    FAITH = "faith"
    FAMILY = "family"
    FRIENDS = "friends"
    COMMUNITY = "community"
    WORK_EXPERIENCE = "work-experience"
    LIVED_EXPERIENCE = "lived-experience"


class Goal(StrEnum):
    """The alliance's three big outcomes."""

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
    VERY_URGENT_4H = "very-urgent-4h"
    URGENT_24H = "urgent-24h"
    SUPPORT_7D = "support-7d"
    COMMUNITY_4W = "community-4w"


class CaseOutcome(StrEnum):
    GOALS_MET = "goals-met"
    SUPPORTED_ELSEWHERE = "supported-elsewhere"
    WITHDRAWN = "withdrawn"
    INTRODUCTION_ENDED = "introduction-ended"
    LOST_CONTACT = "lost-contact"

    @property
    def ends_search(self) -> bool:
        """Whether housing stops looking for a home; after any other ending it goes on, and says so by itself."""
        return self in (CaseOutcome.WITHDRAWN, CaseOutcome.INTRODUCTION_ENDED)


class TeamType(StrEnum):
    """SERVICE OR TEAM TYPE FOR MENTAL HEALTH, the subset in use."""

    CRISIS_HOME_TREATMENT = "A02"
    PRIMARY_CARE_MH = "A05"
    COMMUNITY_MH = "A06"
    COMMUNITY_REHAB = "A09"
    EARLY_INTERVENTION = "A14"


class Setting(StrEnum):
    OWN_TENANCY = "own-tenancy"
    SUPPORTED_LIVING = "supported-living"
    SHARED_LIVES = "shared-lives"
    SPECIALIST_HOUSING = "specialist-housing"
    RESIDENTIAL_CARE = "residential-care"
    NURSING_CARE = "nursing-care"
    REHABILITATION_WARD = "rehabilitation-ward"
    HOSPITAL = "hospital"


class SupportLevel(StrEnum):
    FLOATING = "floating"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class DeclinedBy(StrEnum):
    PERSON = "person"
    PROVIDER = "provider"


class SafetyKind(StrEnum):
    SELF_HARM = "self-harm"
    SUICIDAL_THOUGHTS = "suicidal-thoughts"
    HARM_FROM_OTHERS = "harm-from-others"
    HARM_TO_OTHERS = "harm-to-others"
    NOT_SAID = "not-said"


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
    IMPROVED = "improved"
    DETERIORATED = "deteriorated"
    NO_RELIABLE_CHANGE = "no-reliable-change"


class MeasureFlag(StrEnum):
    THOUGHTS_OF_SELF_HARM = "thoughts-of-self-harm"
    CLINICAL_RANGE = "clinical-range"


class CorrectionReason(StrEnum):
    TYPING_ERROR = "typing-error"
    LATE_INFORMATION = "late-information"
    DISPUTED = "disputed"


class DeclineReason(StrEnum):
    """Why an offer came to nothing; who may say which is in `declining`."""

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


class EntryStatus(StrEnum):
    """Status of a service in the directory (Open Referral HSDS 3: service.status)."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    TEMPORARILY_CLOSED = "temporarily closed"
    DEFUNCT = "defunct"


class PauseReason(StrEnum):
    """Why a service takes nobody on now (our own list)."""

    FULL = "full"
    STAFF_AWAY = "staff-away"
    MOVING = "moving"
    HOLIDAYS = "holidays"
    FUNDING = "funding"


class Weekday(StrEnum):
    """Days as Open Referral writes them (HSDS schedule.byday, after RFC 5545), in the order of `date.weekday()`."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"


class ReviewOutcome(StrEnum):
    """What a review by everybody who works with the person came to."""

    CARRY_ON = "carry-on"
    PLAN_CHANGED = "plan-changed"
    MORE_SUPPORT = "more-support"
    LESS_SUPPORT = "less-support"
    READY_TO_END = "ready-to-end"
