"""A trail is anchored where its database cannot reach, and one that was cut is never anchored anew."""

from typing import Any

import pytest

from alliance.access import About, Caller, Role
from alliance.access.anchor import AuditAnchored, AuditHead, TrailCut, chain_id
from alliance.access.policy import Cell, Ground, Rule, Ruling
from alliance.access.trail import Head
from alliance.access.verifying import Anchor, verify
from alliance.contracts import Envelope
from alliance.contracts.catalogue import SERVICES, catalogue
from alliance.kernel import FixedClock
from alliance.service.auditing import Auditing, audit_sayings, auditing
from alliance.store import MemoryDatabase

from .builders import CASE, PERSON, an_entry


@pytest.fixture
def said(database: MemoryDatabase) -> list[Envelope]:
    heard: list[Envelope] = []
    database.on_written(lambda _collection, _id, _version, envelopes: heard.extend(envelopes))
    return heard


@pytest.fixture
def audit(database: MemoryDatabase, clock: FixedClock) -> Auditing:
    return auditing("triage", database=database, organisation="slam", clock=clock, every=900)


async def noting(audit: Auditing, times: int = 1, actor: str = "staff-7") -> None:
    for _ in range(times):
        await audit.trail.note(an_entry(actor=actor))


def anchors(said: list[Envelope]) -> list[Anchor]:
    return [
        Anchor(service=each.publisher, sequence=each.data["sequence"], hash=each.data["hash"], at=each.time)
        for each in said
    ]


async def test_how_far_the_trail_has_got_is_said_once(audit: Auditing, said: list[Envelope]) -> None:
    await audit.anchor()
    assert said == []
    await noting(audit, 3)
    await audit.anchor()
    await audit.anchor()
    (envelope,) = said
    head = await audit.trail.head()
    assert (envelope.type, envelope.subject) == ("triage.audit-anchored.v1", chain_id("triage"))
    assert (envelope.data["sequence"], envelope.data["hash"]) == (3, head.hash)
    assert (envelope.actor, envelope.organisation) == ("service:triage", "slam")


async def test_each_replica_may_anchor_and_one_event_comes_of_it(
    audit: Auditing, database: MemoryDatabase, clock: FixedClock, said: list[Envelope]
) -> None:
    await noting(audit)
    await audit.anchor()
    await auditing("triage", database=database, organisation="slam", clock=clock, every=900).anchor()
    assert len(said) == 1


async def test_what_was_anchored_proves_the_trail(audit: Auditing, said: list[Envelope]) -> None:
    for _ in range(3):
        await noting(audit, 2)
        await audit.anchor()
    lines = [line async for line in audit.trail.chain()]
    assert verify(lines, anchors(said), service="triage") == []
    assert [finding.kind for finding in verify(lines[:5], anchors(said), service="triage")] == ["cut"]


@pytest.mark.parametrize("grown_again", [0, 2, 5])
async def test_a_trail_that_was_cut_is_not_anchored_anew(
    audit: Auditing, database: MemoryDatabase, said: list[Envelope], grown_again: int
) -> None:
    await noting(audit, 4)
    await audit.anchor()
    for sequence in (3, 4):
        await database.collection("audit").delete({"_id": f"{sequence:012}"})
    fresh = auditing("triage", database=database, organisation="slam", clock=FixedClock(), every=900)
    await noting(fresh, grown_again, "staff-8")
    await fresh.anchor()
    lines = [line async for line in fresh.trail.chain()]
    found = verify(lines, anchors(said), service="triage")
    assert found
    assert found[0].kind == ("cut" if grown_again < 2 else "rewritten")
    assert len(said) == (2 if grown_again > 2 else 1)


def test_an_anchor_moves_forward_only() -> None:
    anchor, at = AuditHead(id=chain_id("triage")), FixedClock().now()
    anchor.move(Head(5, "a" * 64), at=at)
    anchor.move(Head(5, "a" * 64), at=at)
    assert [type(fact) for fact in anchor.take_facts()] == [AuditAnchored]
    for head in (Head(5, "b" * 64), Head(4, "a" * 64)):
        with pytest.raises(TrailCut):
            anchor.move(head, at=at)


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_says_how_far_its_trail_has_got(service: str) -> None:
    (saying,) = audit_sayings(service)
    assert [event.type for event in saying.types] == [f"{service}.audit-anchored.v1"]
    assert catalogue()[f"{service}.audit-anchored.v1"].confidentiality == "open"


def a_decision(**changes: Any) -> dict[str, Any]:
    decision: dict[str, Any] = {
        "caller": Caller(subject="staff-7", organisation="slam", issuer="https://sign-in.example", name="Sam Example"),
        "rule": Rule(action="case.read", what="open a case", record="case", cells={Role.TRIAGE_WORKER: Cell()}),
        "about": About(record="case", id=CASE, person_id=PERSON, organisation="slam"),
        "ruling": Ruling(allowed=True, role=Role.TRIAGE_WORKER, ground=Ground.OWN_ORGANISATION),
        "outcome": "shown",
        "at": FixedClock().now(),
    }
    return decision | changes


async def test_a_decision_is_written_down_without_the_name_of_anybody(audit: Auditing) -> None:
    await audit.note(**a_decision())
    (noted,) = (await audit.trail.of_person(PERSON)).entries
    entry = noted.entry
    assert (entry.actor, entry.organisation, entry.role, entry.action) == (
        "staff-7",
        "slam",
        "triage-worker",
        "case.read",
    )
    assert (entry.record, entry.record_id, entry.ground, entry.outcome) == ("case", CASE, "own-organisation", "shown")
    assert "Sam Example" not in str(noted.line)


async def test_whatever_was_asked_for_in_vain_does_not_get_into_the_trail(audit: Auditing) -> None:
    about = About(record="case", id="Sam Example, 485 777 3456", organisation="")
    await audit.note(**a_decision(about=about, ruling=Ruling(allowed=False), outcome="refused"))
    (noted,) = (await audit.trail.of_note("refused")).entries
    assert (noted.entry.record_id, noted.entry.role, noted.entry.ground) == (None, None, "none")
