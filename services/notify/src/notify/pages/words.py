"""What notify's codes and pages are called in plain English."""

from alliance.web.pages import Item
from alliance.web.pages.people import LANGUAGES

MENU = (
    Item(text="What needs me now", href="/", action="home.see"),
    Item(text="Alerts", href="/alerts", action="alert.list"),
    Item(text="Budget alerts", href="/budget-alerts", action="budget_alert.list"),
    Item(text="Access alerts", href="/access-alerts", action="access_alert.list"),
    Item(text="Morning mail", href="/digest", action="digest.see"),
    Item(text="Outbox", href="/outbox", action="outbox.see"),
)

LABELS = {
    **LANGUAGES,
    "en": "English",
    "wait-missed": "Wait over its time",
    "introduction-overdue": "Introduction not looked at in time",
    "risk-flagged": "An answer of a measure says danger",
    "support-lapsed": "Offer that nobody answered in time",
    "support-declined-late": "Support declined after it was accepted",
    "introduction-left-alone": "Introduction taken on and left alone",
    "wait-at-risk": "Wait close to its time",
    "transfer-asked": "Transfer waits for an answer",
    "transfer-returned": "Transfer came back",
    "transfer-lapsed": "Transfer that nobody answered",
    "review-overdue": "Review over its day",
    "review-due": "Review is today",
    "directory-lapsed": "Entry of the directory that nobody has assured",
    "budget-threshold": "Budget threshold passed",
    "erasure-overdue": "Erasure not confirmed by everybody in time",
    "record-overdue": "Copy of a record not given in time",
    "glass-broken": "Closed record opened",
    "stood-down": "Stood down",
    "introduction-accepted": "Their introduction was accepted",
    "contact-check": "Whether how to reach them has changed",
    "support-started": "Their support starts",
    "home-offered": "A home is offered",
    "moved-in": "They moved in",
    "waiting": "Waiting for details",
    "ready": "Ready to go",
    "sms": "Text message",
    "email": "Email",
    "no-safe-channel": "There is no way to reach the person that they called safe.",
    "details-not-shared": "The person's details were not shared with us in time.",
    "rejected": "The address did not take it.",
    "not-taken-in-time": "The address put us off for five days.",
    "channel-not-served": "They can be reached safely, but only by text or letter, which are not sent from here.",
    "person-died": "The front door has recorded that the person has died.",
    "intake": "Front door",
    "triage": "Conversations",
    "housing": "Homes",
    "notify": "Alerts",
}

STANDING_COLOURS = {"open": "orange", "acknowledged": "green", "stood-down": "grey", "new": "grey"}
KIND_COLOURS = {"safety-concern": "red", "risk-flagged": "red"}
PROGRESS_COLOURS = {"waiting": "blue", "ready": "blue", "delivered": "green", "failed": "red"}
