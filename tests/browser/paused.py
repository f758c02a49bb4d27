"""Waits that stand still for a while."""

from datetime import UTC, datetime, timedelta

from alliance_deploy.demo.clients import Client


async def paused(triage: Client, where: str) -> dict[str, str]:
    """The id of the pause. `where`: the case."""
    until = (datetime.now(UTC) + timedelta(days=5)).isoformat()
    made = await triage.tell(f"{where}/pauses", {"reason": "in-hospital", "until": until, "review": True})
    return {"pause": made["pause_id"]}
