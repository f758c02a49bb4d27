"""The three kinds of alerts, each with its own people to answer it."""

from dataclasses import dataclass

from alliance.store import Page
from notify.application import alerts as ask
from notify.application.collections import Alerts
from notify.domain.alert import Alert
from notify.domain.codes import AlertKind, Audience


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A kind of alerts: its record in the table of who may do what, its address and its words."""

    record: str
    path: str
    title: str
    lead: str
    empty: str
    audience: Audience | None = None
    kind: AlertKind | None = None

    async def waiting(
        self, alerts: Alerts, *, kind: AlertKind | None = None, after: str | None = None, limit: int = 50
    ) -> Page[Alert]:
        """Those that nobody has taken on, most pressing first."""
        wanted = self.kind or kind
        return await ask.open_alerts(alerts, audience=self.audience, kind=wanted, after=after, limit=limit)

    def href(self, alert: Alert) -> str:
        return f"{self.path}/{alert.id}"


PEOPLE = Desk(
    record="alert",
    path="/alerts",
    title="Alerts",
    lead="Everything that nobody has taken on yet, the most pressing first, then the oldest.",
    empty="Nothing waits. When somebody must be looked after at once, it stands here.",
)
BUDGET = Desk(
    record="budget_alert",
    path="/budget-alerts",
    title="Budget alerts",
    lead="Thresholds of the one budget that were passed, and that nobody has taken on yet.",
    empty="Nothing waits. When a threshold of the budget is passed, it stands here.",
    kind=AlertKind.BUDGET_THRESHOLD,
)
ACCESS = Desk(
    record="access_alert",
    path="/access-alerts",
    title="Access alerts",
    lead="Records that were opened by breaking the glass, and that nobody has looked into yet.",
    empty="Nothing waits. When somebody opens a record that is closed to them, it stands here.",
    audience=Audience.GOVERNANCE_LEAD,
)
DESKS = (PEOPLE, BUDGET, ACCESS)
