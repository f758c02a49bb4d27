"""Made-up entries, and trails of them."""

from typing import Any

from alliance.access.audit import Entry
from alliance.access.trail import Trail
from alliance.kernel import FixedClock, derived_id
from alliance.store import Database

PERSON = derived_id("made-up", "person")
CASE = derived_id("made-up", "case")


def an_entry(**changes: Any) -> Entry:
    values: dict[str, Any] = {
        "actor": "staff-7",
        "issuer": "http://localhost:8000",
        "organisation": "slam",
        "role": "triage-worker",
        "action": "case.read",
        "record": "case",
        "record_id": CASE,
        "person_id": PERSON,
        "ground": "own-organisation",
        "outcome": "shown",
        "correlation_id": derived_id("made-up", "correlation"),
    }
    return Entry(**{**values, **changes})


def a_trail(database: Database, clock: FixedClock | None = None, service: str = "triage") -> Trail:
    return Trail(database.collection("audit"), clock or FixedClock(), service)


async def with_entries(trail: Trail, count: int, **changes: Any) -> list[dict[str, Any]]:
    """Notes `count` entries; the whole chain as it is stored."""
    for _ in range(count):
        await trail.note(an_entry(**changes))
    return [dict(line) async for line in trail.chain()]
