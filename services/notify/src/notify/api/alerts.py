"""Alerts, as the staff who must answer them see them."""

from fastapi import APIRouter, Response

from alliance.web import PathId, tag
from notify.api.answers import AlertAnswer, AlertId, AlertPage
from notify.api.giving import Acknowledging, After, Asked, Limit, Listing, Reading, TheAlerts, TheClock
from notify.application import alerts as ask

router = APIRouter(prefix="/api/v1/alerts", tags=["alerts"])


@router.get("")
async def queue(
    _: Listing, alerts: TheAlerts, audience: Asked | None = None, after: After = None, limit: Limit = 50
) -> AlertPage:
    """Alerts that nobody has acknowledged, most pressing first; with `audience`, the inbox of those asked now."""
    page = await ask.open_alerts(alerts, audience=audience, after=after, limit=limit)
    return AlertPage(items=[AlertAnswer.of(alert) for alert in page.items], next=page.next)


@router.get("/{alert_id}")
async def record(alert_id: PathId, _: Reading, alerts: TheAlerts, response: Response) -> AlertAnswer:
    """One alert, whatever became of it."""
    stored = await ask.alert_record(alert_id, alerts)
    tag(response, stored.version)
    return AlertAnswer.of(stored.aggregate)


@router.post("/{alert_id}/acknowledge")
async def acknowledge(alert_id: PathId, command: Acknowledging, alerts: TheAlerts, clock: TheClock) -> AlertId:
    """Take it on: it escalates no further."""
    await ask.acknowledge_alert(alert_id, alerts, clock, by=command.caller.subject, expecting=command.expecting)
    return AlertId(alert_id=alert_id)
