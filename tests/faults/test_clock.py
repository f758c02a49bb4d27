"""A service that was down for long announces no misses that never were: its clock waits for its inbox."""

import asyncio
import time
from datetime import UTC, datetime

import pytest
from tests.faults import answered as log
from tests.faults.journeys import Traveller, acknowledges, closes, introduces_themselves, is_accepted, withdraws
from tests.faults.scene import Alliance, Tell

pytestmark = [pytest.mark.broker, pytest.mark.store, pytest.mark.timeout(600)]

PEOPLE = 5
URGENT_SECONDS = 25.0
"""The promise that stands for 24 hours here; being down for longer stands for a night."""


async def test_what_waited_in_the_inbox_is_heard_before_the_clock_moves(alliance: Alliance, tell: Tell) -> None:
    triage, began = alliance.cluster.members["triage"], time.monotonic()
    await triage.stop()
    await triage.start(TRIAGE_URGENT_HOURS=str(URGENT_SECONDS / 3600))
    await triage.ready()
    people = [alliance.driver.traveller("urgent") for _ in range(PEOPLE + 1)]
    received_at = datetime.now(UTC)
    introduced = await asyncio.gather(*(introduces_themselves(who) for who in people))
    cases = await asyncio.gather(
        *(is_accepted(who, each, priority="2") for who, each in zip(people, introduced, strict=True))
    )
    await triage.stop()
    *withdrawing, forgotten = zip(people, introduced, cases, strict=True)
    await asyncio.gather(*(withdraws(who, each) for who, each, _ in withdrawing))
    assert (datetime.now(UTC) - received_at).total_seconds() < URGENT_SECONDS, "too slow to be in time for anything"
    down_for = URGENT_SECONDS - (datetime.now(UTC) - received_at).total_seconds() + 2
    await asyncio.sleep(down_for)
    await triage.start()
    await triage.ready()
    await _is_missed(*forgotten)
    verdict = await alliance.settled(within=90)
    tell(f"triage down past {PEOPLE + 1} clocks: {time.monotonic() - began:.0f} s; {verdict}")
    assert verdict.ok, str(verdict)


async def _is_missed(who: Traveller, introduced: log.Introduced, case_id: str) -> None:
    """Of one person nothing waited in the inbox: their miss is true, and is announced."""
    who.journal.note(log.NobodyCame(journey=who.name, introduction_id=introduced.introduction_id))
    await acknowledges(who, introduced.person_id)
    await closes(who, case_id)
