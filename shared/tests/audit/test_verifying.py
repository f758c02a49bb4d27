"""Whatever is done to a stored trail is found, and told in a sentence that says where and what to do."""

import copy
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance.access.audit import hash_of
from alliance.access.verifying import Anchor, Finding, verify
from alliance.kernel import FixedClock
from alliance.store import MemoryDatabase

from .builders import a_trail, an_entry, with_entries

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LENGTH = 8


@pytest.fixture
async def chain() -> list[dict[str, Any]]:
    return await with_entries(a_trail(MemoryDatabase()), LENGTH)


def anchored(chain: list[dict[str, Any]], sequence: int = LENGTH) -> Anchor:
    return Anchor(service="triage", sequence=sequence, hash=chain[sequence - 1]["hash"], at=NOON)


def found(chain: list[dict[str, Any]], *anchors: Anchor) -> list[Finding]:
    return verify(chain, anchors, service="triage")


def kinds(findings: list[Finding]) -> list[tuple[str, int]]:
    return [(finding.kind, finding.sequence) for finding in findings]


def rehash(line: dict[str, Any]) -> None:
    """What somebody does who knows how the hash is made."""
    line["hash"] = hash_of(line["body"])


def test_an_honest_trail_shows_nothing(chain: list[dict[str, Any]]) -> None:
    assert found(chain, anchored(chain, 3), anchored(chain)) == []
    assert found([]) == []


def test_an_honest_trail_survives_being_exported_as_json(chain: list[dict[str, Any]]) -> None:
    assert found(json.loads(json.dumps(chain)), anchored(chain)) == []


def test_an_altered_entry_is_named(chain: list[dict[str, Any]]) -> None:
    chain[4]["body"]["actor"] = "staff-8"
    (finding,) = found(chain, anchored(chain))
    assert (finding.kind, finding.sequence) == ("altered", 5)
    assert finding.sentence == (
        "Entry 5 was altered after it was written. Keep the database as it is, compare it with a backup, "
        "and tell the information governance lead."
    )


def test_an_altered_entry_with_a_new_hash_no_longer_leads_to_the_next(chain: list[dict[str, Any]]) -> None:
    chain[4]["body"]["actor"] = "staff-8"
    rehash(chain[4])
    assert kinds(found(chain)) == [("rewritten", 6)]


def test_an_altered_last_entry_with_a_new_hash_is_not_what_was_anchored(chain: list[dict[str, Any]]) -> None:
    anchor = anchored(chain)
    chain[-1]["body"]["actor"] = "staff-8"
    rehash(chain[-1])
    assert kinds(found(chain, anchor)) == [("rewritten", LENGTH)]
    assert found(chain) == [], "without an anchor nobody could tell"


async def test_a_trail_that_was_wholly_rewritten_is_not_what_was_anchored(chain: list[dict[str, Any]]) -> None:
    forged = await with_entries(a_trail(MemoryDatabase()), LENGTH, actor="staff-8")
    assert found(forged) == []
    (finding,) = found(forged, anchored(chain, 5))
    assert finding.sentence.startswith(
        "Entry 5 is not the one that was there when on 02 November 2026 at 12:00 UTC it was anchored at entry 5."
    )


@pytest.mark.parametrize(("gone", "sentence"), [([3], "Entry 3 is missing."), ([3, 4], "Entries 3 to 4 are missing.")])
def test_a_gap_is_named(chain: list[dict[str, Any]], gone: list[int], sentence: str) -> None:
    (finding,) = found([line for n, line in enumerate(chain, 1) if n not in gone], anchored(chain))
    assert finding.kind == "missing"
    assert finding.sentence.startswith(sentence)


def test_a_tail_that_was_cut_off_is_noticed_by_an_anchor_only(chain: list[dict[str, Any]]) -> None:
    cut = chain[:5]
    (finding,) = found(cut, anchored(chain, 3), anchored(chain))
    assert (finding.kind, finding.sequence) == ("cut", 6)
    assert finding.sentence.startswith(
        "The trail ends at entry 5, but on 02 November 2026 at 12:00 UTC it was anchored"
    )
    assert found(cut) == [], "without an anchor nobody could tell"


async def test_a_tail_that_was_cut_off_and_grown_again_is_noticed(chain: list[dict[str, Any]]) -> None:
    database = MemoryDatabase()
    for line in chain[:5]:
        await database.collection("audit").insert(line)
    grown = await with_entries(a_trail(database), 9, actor="staff-8")
    assert kinds(found(grown, anchored(chain))) == [("rewritten", LENGTH)]


def test_a_trail_that_is_gone_is_noticed(chain: list[dict[str, Any]]) -> None:
    assert kinds(found([], anchored(chain))) == [("cut", 1)]


def test_entries_that_changed_places_are_named(chain: list[dict[str, Any]]) -> None:
    for key in ("body", "hash", "newest", "of_record", "of_person", "of_note"):
        chain[2][key], chain[3][key] = chain[3][key], chain[2][key]
    assert kinds(found(chain, anchored(chain))) == [("out-of-order", 3), ("out-of-order", 4), ("rewritten", 5)]


def test_lines_that_come_in_another_order_are_named(chain: list[dict[str, Any]]) -> None:
    chain[2], chain[3] = chain[3], chain[2]
    assert kinds(found(chain, anchored(chain))) == [("missing", 3), ("out-of-order", 3)]


async def test_an_entry_put_in_between_is_named(chain: list[dict[str, Any]]) -> None:
    """Whoever inserts must renumber what follows, and then it no longer follows."""
    trail = a_trail(MemoryDatabase())
    put_in = await with_entries(trail, 3)
    planted = (await trail.note(an_entry(actor="staff-8"))).line
    renumbered = []
    for line in chain[3:]:
        moved = copy.deepcopy(line)
        moved["body"]["sequence"] += 1
        moved["_id"] = f"{moved['body']['sequence']:012}"
        rehash(moved)
        renumbered.append(moved)
    findings = found([*put_in, planted, *renumbered], anchored(chain))
    assert ("rewritten", 5) in kinds(findings)


async def test_an_entry_of_another_service_is_named(chain: list[dict[str, Any]]) -> None:
    foreign = await with_entries(a_trail(MemoryDatabase(), service="housing"), LENGTH)
    (first, *_) = found(foreign)
    assert first.sentence.startswith("Entry 1 is not of triage but of housing.")


def test_an_entry_that_was_hidden_from_the_list_of_its_record_is_named(chain: list[dict[str, Any]]) -> None:
    chain[4]["of_record"] = None
    assert kinds(found(chain, anchored(chain))) == [("misfiled", 5)]


def test_anchors_that_contradict_one_another_are_both_told_apart(chain: list[dict[str, Any]]) -> None:
    false = Anchor(service="triage", sequence=5, hash="f" * 64, at=NOON)
    assert kinds(found(chain, anchored(chain, 5), false)) == [("rewritten", 5)]


def test_anchors_of_other_services_are_none_of_its_business(chain: list[dict[str, Any]]) -> None:
    assert found(chain, Anchor(service="housing", sequence=99, hash="f" * 64, at=NOON)) == []


async def test_entries_that_nobody_anchored_in_time_are_named() -> None:
    clock = FixedClock(NOON)
    trail = a_trail(MemoryDatabase(), clock)
    chain = await with_entries(trail, 3)
    clock.advance(hours=1)
    chain = await with_entries(trail, 2)

    def when(anchors: list[Anchor], now: datetime) -> list[tuple[str, int]]:
        return kinds(verify(chain, anchors, service="triage", now=now))

    assert when([anchored(chain, 3)], NOON + timedelta(hours=2, minutes=59)) == []
    assert when([anchored(chain, 3)], NOON + timedelta(hours=3, minutes=1)) == [("not-anchored", 4)]
    assert when([], NOON + timedelta(hours=2, minutes=1)) == [("not-anchored", 1)]
    assert when([anchored(chain, 5)], NOON + timedelta(days=9)) == []


async def test_a_store_is_read_to_the_end_also_behind_a_gap_and_a_hidden_head() -> None:
    database = MemoryDatabase()
    trail, lines = a_trail(database), database.collection("audit")
    whole = await with_entries(trail, 30)
    for sequence in range(5, 25):
        await lines.delete({"_id": f"{sequence:012}"})
    await lines.update({"_id": f"{30:012}"}, {"$set": {"newest": None}})
    read = [line async for line in trail.chain(size=4)]
    assert kinds(verify(read, [anchored(whole, 30)], service="triage")) == [("missing", 5), ("misfiled", 30)]


VALUES = st.one_of(st.none(), st.integers(-5, 10**12), st.text(max_size=20), st.just("staff-8"), st.just("0" * 64))


@st.composite
def tampering(draw: st.DrawFn, chain: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One change to a stored chain: of a value, of a field, of a line, of the order."""
    changed = copy.deepcopy(chain)
    at = draw(st.integers(0, len(chain) - 1))
    line = changed[at]
    where = draw(st.sampled_from([line, line["body"]]))
    key = draw(st.sampled_from(sorted(where)))
    match draw(st.sampled_from(["set", "drop", "add", "delete", "double", "swap", "copy"])):
        case "set":
            where[key] = draw(VALUES)
        case "drop":
            del where[key]
        case "add":
            where[draw(st.text(min_size=1, max_size=8))] = draw(VALUES)
        case "delete":
            del changed[at]
        case "double":
            changed.insert(draw(st.integers(0, len(changed))), copy.deepcopy(line))
        case "swap":
            other = draw(st.integers(0, len(chain) - 1))
            changed[at], changed[other] = changed[other], changed[at]
        case "copy":
            other = draw(st.integers(0, len(chain) - 1))
            changed[at] = {**copy.deepcopy(changed[other]), "_id": line["_id"]}
    return changed


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_single_change_to_a_stored_chain_is_found(chain: list[dict[str, Any]], data: st.DataObject) -> None:
    changed = data.draw(tampering(chain))
    assert bool(found(changed, anchored(chain))) == (changed != chain)
