"""What may be asked about alerts."""

from alliance.kernel import Clock
from alliance.store import Page, Stored
from notify.application.collections import Alerts
from notify.domain.alert import Alert
from notify.domain.codes import AlertKind, Audience


async def acknowledge_alert(
    alert_id: str, alerts: Alerts, clock: Clock, *, by: str, expecting: int | None = None
) -> None:
    """Somebody takes it on. It is a race against the next step of the escalation, and one of the two comes first."""
    at = clock.now()
    await alerts.change(alert_id, lambda alert: alert.acknowledge(by=by, at=at), expecting=expecting)


async def open_alerts(
    alerts: Alerts, *, audience: Audience | None, kind: AlertKind | None = None, after: str | None, limit: int
) -> Page[Alert]:
    """Those nobody has acknowledged, most pressing first: all, or the inbox of one audience, or those of one kind."""
    of = f"{kind.rank:02}:" if kind else ""
    if audience is None:
        return await alerts.page("queue", f"open:{of}", after=after, limit=limit)
    return await alerts.page("inbox", f"{audience}:{of}", after=after, limit=limit)


async def open_mark(alerts: Alerts, *, audience: Audience | None, kind: AlertKind | None) -> tuple[object, ...]:
    """Something that is another whenever the first page of these is."""
    page = await open_alerts(alerts, audience=audience, kind=kind, after=None, limit=50)
    return tuple((alert.id, alert.level) for alert in page.items)


async def alert_record(alert_id: str, alerts: Alerts) -> Stored[Alert]:
    return await alerts.read(alert_id)
