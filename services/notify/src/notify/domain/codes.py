"""The words of this service that are also codes; equal in value to `alliance.contracts.codes`."""

from enum import StrEnum


class AlertKind(StrEnum):
    """What an alert is about, most pressing first."""

    SAFETY_CONCERN = "safety-concern"
    RISK_FLAGGED = "risk-flagged"
    WAIT_MISSED = "wait-missed"
    INTRODUCTION_OVERDUE = "introduction-overdue"
    SUPPORT_DECLINED_LATE = "support-declined-late"
    SUPPORT_LAPSED = "support-lapsed"
    INTRODUCTION_LEFT_ALONE = "introduction-left-alone"
    WAIT_AT_RISK = "wait-at-risk"
    TRANSFER_ASKED = "transfer-asked"
    TRANSFER_RETURNED = "transfer-returned"
    TRANSFER_LAPSED = "transfer-lapsed"
    REVIEW_OVERDUE = "review-overdue"
    REVIEW_DUE = "review-due"
    DIRECTORY_LAPSED = "directory-lapsed"
    BUDGET_THRESHOLD = "budget-threshold"
    GLASS_BROKEN = "glass-broken"
    ERASURE_OVERDUE = "erasure-overdue"
    RECORD_OVERDUE = "record-overdue"

    @property
    def audiences(self) -> "tuple[Audience, ...]":
        """Who is asked, one after another. What concerns access never climbs to those who may not know of it."""
        match self:
            case AlertKind.GLASS_BROKEN | AlertKind.ERASURE_OVERDUE | AlertKind.RECORD_OVERDUE:
                return (Audience.GOVERNANCE_LEAD,)
            case AlertKind.WAIT_AT_RISK | AlertKind.REVIEW_DUE:
                return (Audience.DUTY_WORKER,)
            case AlertKind.DIRECTORY_LAPSED:
                return (Audience.TEAM_LEAD,)
            case AlertKind.TRANSFER_ASKED:
                return (Audience.TEAM_LEAD, Audience.ALLIANCE_LEAD)
            case _:
                return (Audience.DUTY_WORKER, Audience.TEAM_LEAD, Audience.ALLIANCE_LEAD)

    @property
    def rank(self) -> int:
        """0 for the most pressing."""
        return list(AlertKind).index(self)


class Audience(StrEnum):
    """Whose job it is to answer an alert."""

    DUTY_WORKER = "duty-worker"
    TEAM_LEAD = "team-lead"
    ALLIANCE_LEAD = "alliance-lead"
    GOVERNANCE_LEAD = "governance-lead"


class Channel(StrEnum):
    """Ways to reach a person, the one that is tried first at the top."""

    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"


class Template(StrEnum):
    """What a person is told."""

    INTRODUCTION_ACCEPTED = "introduction-accepted"
    CONTACT_CHECK = "contact-check"
    SUPPORT_STARTED = "support-started"
    HOME_OFFERED = "home-offered"
    MOVED_IN = "moved-in"


class Failure(StrEnum):
    """Why a message did not reach the person."""

    NO_SAFE_CHANNEL = "no-safe-channel"
    DETAILS_NOT_SHARED = "details-not-shared"
    REJECTED = "rejected"
    NOT_TAKEN = "not-taken-in-time"
    CHANNEL_NOT_SERVED = "channel-not-served"
    PERSON_DIED = "person-died"
