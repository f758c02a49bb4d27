"""What may be asked about alerts."""

from alliance.kernel import Clock
from alliance.store import Page, Stored
from notify.application.collections import Alerts
from notify.domain.alert import Alert
from notify.domain.codes import Audience


async def acknowledge_alert(
    alert_id: str, alerts: Alerts, clock: Clock, *, by: str, expecting: int | None = None
) -> None:
    """Somebody takes it on. It is a race against the next step of the escalation, and one of the two comes first."""
    at = clock.now()
    await alerts.change(alert_id, lambda alert: alert.acknowledge(by=by, at=at), expecting=expecting)


async def open_alerts(alerts: Alerts, *, audience: Audience | None, after: str | None, limit: int) -> Page[Alert]:
    """Those nobody has acknowledged, most pressing first: all, or the inbox of one audience."""
    if audience is None:
        return await alerts.page("queue", "open:", after=after, limit=limit)
    return await alerts.page("inbox", f"{audience}:", after=after, limit=limit)


async def alert_record(alert_id: str, alerts: Alerts) -> Stored[Alert]:
    return await alerts.read(alert_id)
