"""Deciding about a record: whose it is, what is special about the person, and what is written down."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from alliance.access import About, Caller, Control, Policy, Refused, Role
from alliance.access.control import Standing
from alliance.access.policy import Rule, Ruling
from alliance.kernel import FixedClock, Unknown

POLICY = Policy.read(
    """action,what,record,triage-worker,key-worker
case.list,see the queue,,all,all
case.read,open a case,case,own+,mine+
case.see-notes,read notes,case,own,
"""
)
WORKER = Caller(subject="staff-1", organisation="slam", roles=frozenset({"triage-worker"}))


@dataclass
class Notes:
    kept: list[tuple[str, str, str, str]] = field(default_factory=list)

    async def __call__(
        self, caller: Caller, rule: Rule, about: About, ruling: Ruling, outcome: str, at: datetime
    ) -> None:
        self.kept.append((caller.subject, rule.action, about.id, outcome))


@dataclass
class Known:
    standing_now: Standing = field(default_factory=Standing)

    async def standing(self, person_id: str, caller: Caller, now: datetime) -> Standing:
        return self.standing_now


async def whose(case_id: str) -> About:
    if case_id == "nowhere":
        raise Unknown("no such case")
    return About(record="case", id=case_id, person_id="p1", organisation="slam", workers=frozenset({"staff-9"}))


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def known() -> Known:
    return Known()


@pytest.fixture
def control(clock: FixedClock, notes: Notes, known: Known) -> Control:
    return Control(policy=POLICY, clock=clock, about={"case": whose}, watch=known, note=notes)


async def test_what_was_seen_is_noted_with_its_outcome(control: Control, notes: Notes) -> None:
    access = await control.allow(WORKER, "case.read", "c1")
    await control.done(access, "case.read", "shown")
    assert notes.kept == [("staff-1", "case.read", "c1", "shown")]


async def test_a_refusal_about_a_record_is_noted(control: Control, notes: Notes) -> None:
    stranger = Caller(subject="staff-2", organisation="certitude", roles=frozenset({"triage-worker"}))
    with pytest.raises(Refused) as refused:
        await control.allow(stranger, "case.read", "c1")
    assert refused.value.ruling.glass
    assert notes.kept == [("staff-2", "case.read", "c1", "refused")]


async def test_nobody_without_the_role_learns_whether_there_is_such_a_record(control: Control, notes: Notes) -> None:
    outsider = Caller(subject="staff-3", organisation="slam", roles=frozenset({"auditor"}))
    for case_id in ("c1", "nowhere"):
        with pytest.raises(Refused):
            await control.allow(outsider, "case.read", case_id)
    with pytest.raises(Unknown):
        await control.allow(WORKER, "case.read", "nowhere")


async def test_a_restricted_record_opens_when_the_glass_is_broken(
    control: Control, known: Known, clock: FixedClock
) -> None:
    known.standing_now = Standing(restricted=True)
    with pytest.raises(Refused):
        await control.allow(WORKER, "case.read", "c1")
    known.standing_now = Standing(restricted=True, glass_until=clock.now() + timedelta(hours=1))
    assert (await control.allow(WORKER, "case.read", "c1")).ruling.ground == "glass-broken"


async def test_fields_are_asked_of_the_same_table_for_the_same_record(control: Control, known: Known) -> None:
    assert (await control.allow(WORKER, "case.read", "c1")).sees("case.see-notes")
    key_worker = Caller(subject="staff-9", organisation="mosaic-clubhouse", roles=frozenset({"key-worker"}))
    assert not (await control.allow(key_worker, "case.read", "c1")).sees("case.see-notes")


async def test_only_roles_that_the_agreement_grants_count(clock: FixedClock) -> None:
    control = Control(policy=POLICY, clock=clock, grants={"slam": frozenset({Role.KEY_WORKER})})
    with pytest.raises(Refused):
        await control.allow(Caller(subject="a", organisation="slam", roles=frozenset({"triage-worker"})), "case.list")
    assert await control.allow(
        Caller(subject="a", organisation="slam", roles=frozenset({"key-worker", "made-up"})), "case.list"
    )


async def test_what_is_about_a_record_cannot_be_asked_without_one(control: Control) -> None:
    with pytest.raises(LookupError, match="none was named"):
        await control.allow(WORKER, "case.read")
