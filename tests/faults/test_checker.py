"""The checker bites: a planted loss and a planted doubling are found, by name."""

from copy import deepcopy
from typing import Any

import pytest
from pymongo import AsyncMongoClient
from tests.faults import answered as log
from tests.faults.found import offered_twice
from tests.faults.journeys import Journey, home_at_last, support, unsafe, withdrawal
from tests.faults.scene import Alliance
from tests.faults.shuffling import Intercepted

from alliance.kernel import new_id

pytestmark = [pytest.mark.broker, pytest.mark.store, pytest.mark.timeout(600)]

FORGOTTEN: dict[type[log.Answered], set[str]] = {
    log.Introduced: {"reporting"},
    log.ConversationHeld: {"triage", "reporting"},
    log.MovedIn: {"housing", "finance", "notify", "reporting"},
    log.MoveInCorrected: {"housing", "finance", "reporting"},
    log.SupportStarted: {"triage", "notify", "reporting"},
    log.ConcernRaised: {"triage", "reporting"},
    log.AlertAcknowledged: {"reporting"},
    log.Withdrawn: {"intake", "triage", "reporting"},
}
"""Which services must show that a command was done that the log does not have."""


async def test_a_command_that_never_took_effect_is_lost(alliance: Alliance) -> None:
    await _settled_with(alliance, home_at_last)
    journal = alliance.driver.journal
    journey = list(journal.all(log.MovedIn))[-1].journey
    claimed = log.SupportOffered(journey=journey, case_id="nowhere", offer_id=new_id())
    verdict = await alliance.checker.verdict(journal.and_also(claimed))
    assert {(each.service, each.what) for each in verdict.lost} == {
        ("triage", "support"),
        ("reporting", "support-offers"),
    }
    assert verdict.doubled.total() == 0
    assert claimed.offer_id in str(verdict)


async def test_what_the_log_does_not_know_was_done_too_often(alliance: Alliance) -> None:
    await _settled_with(alliance, home_at_last, support, unsafe, withdrawal)
    journal = alliance.driver.journal
    seen = {}
    for forgotten in FORGOTTEN:
        verdict = await alliance.checker.verdict(journal.without(list(journal.all(forgotten))[-1]))
        seen[forgotten] = {effect.service for effect in verdict.doubled}
    assert {kind: FORGOTTEN[kind] <= services for kind, services in seen.items()} == dict.fromkeys(FORGOTTEN, True)


async def test_an_event_that_vanishes_from_an_inbox_is_lost(alliance: Alliance) -> None:
    async with Intercepted(alliance.cluster, "finance") as intercepted:
        await alliance.driver.drive(1, kinds=(home_at_last,))
        placement_id = list(alliance.driver.journal.all(log.MovedIn))[-1].placement_id
        await intercepted.until(2)
        verdict = await alliance.settled(within=1)
        lost = {effect.id for effect in verdict.lost if effect.service == "finance"}
        assert placement_id in lost, str(verdict)
    verdict = await alliance.settled()
    assert verdict.ok, f"put back, it must be heard: {verdict}"


async def test_a_second_ledger_entry_is_a_doubling(alliance: Alliance) -> None:
    await _settled_with(alliance, home_at_last)
    client: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(alliance.cluster.store.url)
    try:
        ledger = client["finance"]["ledger"]
        entry = await ledger.find_one({"state.kind": "commitment-restated"})
        assert entry is not None
        second = deepcopy(entry) | {"_id": new_id()}
        second["state"]["id"] = second["_id"]
        second["keys"]["listing"] = second["keys"]["listing"].replace(entry["_id"], second["_id"])
        await ledger.insert_one(second)
        verdict = await alliance.checker.verdict(alliance.driver.journal)
        await ledger.delete_one({"_id": second["_id"]})
    finally:
        await client.close()
    assert [effect.what for effect in verdict.doubled.elements()] == ["ledger commitment-restated"], str(verdict)
    assert verdict.lost.total() == 0
    assert (await alliance.settled()).ok


def test_a_home_that_was_offered_to_two_at_a_time_is_seen() -> None:
    first, second = ("2026-11-01", "2026-11-05", "first"), ("2026-11-04", "9999", "second")
    assert offered_twice("home", [second, first]) == ["home home was offered twice at a time: offers first and second"]
    assert offered_twice("home", [first, ("2026-11-05", "9999", "second")]) == []


async def _settled_with(alliance: Alliance, *kinds: Journey) -> None:
    """At least one journey of each kind is in the log, and all of it has taken effect."""
    await alliance.driver.drive(len(kinds), kinds=kinds)
    verdict = await alliance.settled()
    assert verdict.ok, str(verdict)
