"""What happened to an alert or a message, step by step, and where to look into it."""

from collections.abc import Mapping
from dataclasses import dataclass

from alliance.web.pages.showing import Showing
from alliance.web.pages.timeline import Moment
from notify.application.messages import MessageRecord
from notify.domain.alert import Alert
from notify.domain.codes import AlertKind, Failure
from notify.domain.message import Message, Progress
from notify.domain.wording import ENGLISH
from notify.pages.lists import label


@dataclass(frozen=True, kw_only=True)
class Place:
    """A record of another service."""

    words: str
    href: str


def steps_of(alert: Alert, names: Mapping[str, str]) -> list[Moment]:
    """The latest first."""
    moments = []
    if alert.raised_at:
        moments.append(Moment(at=alert.raised_at, what=f"Raised to the {_spoken(alert, 0)}"))
    for level, at in enumerate(alert.escalated_at, 1):
        moments.append(Moment(at=at, what=f"Nobody answered in time: the {_spoken(alert, level)} was asked"))
    if alert.acknowledged_at and alert.acknowledged_by:
        who = names.get(alert.acknowledged_by, alert.acknowledged_by)
        moments.append(Moment(at=alert.acknowledged_at, what="Taken on", who=who))
    if alert.stood_down_at:
        moments.append(Moment(at=alert.stood_down_at, what="Stood down: it turned out not to be so"))
    if alert.corrected_at:
        moments.append(Moment(at=alert.corrected_at, what="Corrected: it turned out not to be so"))
    return moments[::-1]


def _spoken(alert: Alert, level: int) -> str:
    if level == 0 and alert.cause and alert.cause.worker:
        return "key worker"
    return label(alert.kind.audiences[level]).lower()


OF_CASES = (
    AlertKind.WAIT_MISSED,
    AlertKind.RISK_FLAGGED,
    AlertKind.SUPPORT_DECLINED_LATE,
    AlertKind.SUPPORT_LAPSED,
    AlertKind.WAIT_AT_RISK,
    AlertKind.TRANSFER_ASKED,
    AlertKind.TRANSFER_RETURNED,
    AlertKind.TRANSFER_LAPSED,
    AlertKind.REVIEW_OVERDUE,
    AlertKind.REVIEW_DUE,
)


def where_to_look(alert: Alert, show: Showing) -> Place | None:
    """The record that the alert is about, where its service is open to the viewer."""
    if alert.cause is None:
        return None
    about, subject = alert.cause.glass, alert.cause.subject_id
    service, path = {
        AlertKind.SAFETY_CONCERN: ("intake", f"/introductions/{subject}"),
        AlertKind.INTRODUCTION_OVERDUE: ("intake", f"/introductions/{subject}"),
        AlertKind.INTRODUCTION_LEFT_ALONE: ("intake", f"/introductions/{subject}"),
        **dict.fromkeys(OF_CASES, ("triage", f"/cases/{subject}")),
        AlertKind.DIRECTORY_LAPSED: ("triage", f"/directory/{subject}"),
        AlertKind.BUDGET_THRESHOLD: ("finance", "/"),
        AlertKind.ERASURE_OVERDUE: ("intake", "/"),
        AlertKind.RECORD_OVERDUE: ("intake", "/"),
    }.get(alert.kind, (about.service if about else "", "/"))
    found = next((each for each in show.shell.services_for(show.viewer) if each.name == service), None)
    return Place(words=f"Look into it in {found.title}", href=f"{found.url}{path}") if found else None


def story_of(message: Message) -> list[Moment]:
    """The latest first."""
    waits = "It waits until we know a safe way to send it." if message.progress is Progress.WAITING else None
    moments = [Moment(at=message.written_at, what="Written", detail=waits)]
    if message.settled_at and message.progress is Progress.DELIVERED:
        moments.append(Moment(at=message.settled_at, what=f"Delivered by {label(message.channel).lower()}"))
    elif message.settled_at and message.reason_code:
        moments.append(Moment(at=message.settled_at, what="Not delivered", detail=_why(message.reason_code)))
    return moments[::-1]


def language_of(found: MessageRecord) -> str:
    """In which it went or, while it has not, in which it would go."""
    language = label(found.language)
    return language if found.language == ENGLISH else f"{language}, with English beneath"


def _why(reason: Failure) -> str:
    return label(reason)
