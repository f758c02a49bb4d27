"""How long a record is kept: the policy as a table, and what a human says about one."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from intake.application.keeping import LookingThrough
from intake.domain.facts import PersonDeathCorrected, PersonDied
from intake.domain.introduction import Introduction
from intake.domain.keeping import DeathSource, ExtensionReason, HoldReason, Keeping, KeepingTerms, LastContact
from intake.domain.refusals import DateInTheFuture, ErasureBegun, ExtensionWrong, OnHold, TimeNotCome
from intake.domain.rights import AskedBy

from ..builders import NINE, FrontDoor, a_person, an_introduction

with (Path(__file__).parents[1] / "tables" / "keeping.csv").open(newline="") as _file:
    TABLE = list(csv.DictReader(_file))
TERMS, TODAY = KeepingTerms(), NINE.date()
LONG_AGO = LastContact(on=date(2000, 1, 1))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def a_keeping() -> Keeping:
    return Keeping(id=new_id())


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["sentence"])
def test_how_long_a_record_is_kept(row: dict[str, str]) -> None:
    keeping = a_keeping()
    keeping.died_on, keeping.extended_until = _day(row["died"]), _day(row["extended"])
    keeping.hold = HoldReason(row["hold"]) if row["hold"] else None
    last = LastContact(on=_day(row["last_contact"]), still_here=row["still_here"] == "yes")
    assert keeping.until(last, TERMS) == _day(row["until"])


def test_a_record_is_deleted_only_when_its_time_has_come_and_a_human_says_so() -> None:
    keeping = a_keeping()
    with pytest.raises(TimeNotCome):
        keeping.confirm(by="staff-7", at=NINE)
    keeping.look(LONG_AGO, TERMS, today=TODAY)
    assert keeping.come == f"come:2020-01-01:{keeping.id}"
    assert keeping.to_erase is None
    keeping.confirm(by="staff-7", at=NINE)
    assert keeping.come is None
    assert keeping.to_erase is not None
    keeping.note_begun(at=NINE)
    assert keeping.to_erase is None


def test_somebody_who_comes_back_before_the_erasure_has_begun_is_not_erased() -> None:
    keeping = a_keeping()
    keeping.look(LONG_AGO, TERMS, today=TODAY)
    keeping.confirm(by="staff-7", at=NINE)
    keeping.look(LastContact(on=TODAY, still_here=True), TERMS, today=TODAY)
    assert (keeping.confirmed_at, keeping.to_erase, keeping.come) == (None, None, None)


def test_a_hold_stops_a_deletion_that_is_confirmed_and_one_that_would_be() -> None:
    keeping = a_keeping()
    keeping.look(LONG_AGO, TERMS, today=TODAY)
    keeping.put_on_hold(HoldReason.INQUEST)
    with pytest.raises(OnHold):
        keeping.confirm(by="staff-7", at=NINE)
    keeping.lift_hold()
    keeping.confirm(by="staff-7", at=NINE)
    keeping.put_on_hold(HoldReason.INQUEST)
    assert keeping.to_erase is None


def test_dates_that_cannot_be_are_refused() -> None:
    keeping = a_keeping()
    with pytest.raises(DateInTheFuture):
        keeping.note_death(TODAY + timedelta(days=1), DeathSource.GP, at=NINE)
    for until in (TODAY, TODAY + timedelta(days=4000)):
        with pytest.raises(ExtensionWrong):
            keeping.extend(until, ExtensionReason.RESEARCH, today=TODAY)


def test_a_death_noted_by_mistake_is_taken_back() -> None:
    keeping = a_keeping()
    keeping.note_death(date(2010, 1, 1), DeathSource.FAMILY, at=NINE)
    keeping.take_back_death(at=NINE)
    assert keeping.until(LastContact(on=TODAY), TERMS) == TODAY + TERMS.after_contact


def test_each_change_of_a_death_is_said_once_with_a_higher_number() -> None:
    keeping = a_keeping()
    keeping.take_back_death(at=NINE)
    for _ in range(2):
        keeping.note_death(date(2010, 1, 1), DeathSource.FAMILY, at=NINE)
    keeping.note_death(date(2010, 1, 1), DeathSource.GP, at=NINE)
    keeping.note_death(date(2010, 1, 2), DeathSource.GP, at=NINE)
    for _ in range(2):
        keeping.take_back_death(at=NINE)
    assert list(keeping.take_facts()) == [
        PersonDied(person_id=keeping.id, died_on=date(2010, 1, 1), death_sequence=1, at=NINE),
        PersonDied(person_id=keeping.id, died_on=date(2010, 1, 2), death_sequence=2, at=NINE),
        PersonDeathCorrected(person_id=keeping.id, death_sequence=3, at=NINE),
    ]


def test_a_death_noted_before_the_others_were_told_is_told_when_it_is_noted_again() -> None:
    keeping = a_keeping()
    keeping.died_on, keeping.death_source = date(2010, 1, 1), DeathSource.GP
    keeping.note_death(date(2010, 1, 1), DeathSource.GP, at=NINE)
    assert [type(fact) for fact in keeping.take_facts()] == [PersonDied]


@given(
    st.lists(
        st.sampled_from(["old", "new", "open", "death", "hold", "lift", "extend", "confirm", "begun"]), max_size=15
    )
)
def test_no_sequence_erases_what_is_on_hold_or_has_time(steps: list[str]) -> None:
    keeping, last = a_keeping(), LONG_AGO
    for step in steps:
        last = {"new": LastContact(on=TODAY), "open": LastContact(on=TODAY, still_here=True)}.get(step, last)
        due = keeping.until(last, TERMS)
        _take(keeping, step, last)
        if step == "confirm" and keeping.confirmed_at is not None and keeping.begun_at is None:
            assert due is not None
            assert due <= TODAY
        assert keeping.to_erase is None or keeping.hold is None


def _take(keeping: Keeping, step: str, last: LastContact) -> None:
    try:
        match step:
            case "death":
                keeping.note_death(date(2010, 1, 1), DeathSource.GP, at=NINE)
            case "hold":
                keeping.put_on_hold(HoldReason.CLAIM)
            case "lift":
                keeping.lift_hold()
            case "extend":
                keeping.extend(TODAY + timedelta(days=9), ExtensionReason.RESEARCH, today=TODAY)
            case "confirm":
                keeping.look(last, TERMS, today=TODAY)
                keeping.confirm(by="staff-7", at=NINE)
            case "begun":
                keeping.note_begun(at=NINE)
            case _:
                keeping.look(last, TERMS, today=TODAY)
    except (TimeNotCome, OnHold):
        assert step == "confirm"
    except ErasureBegun:
        assert keeping.begun_at is not None


async def ended(door: FrontDoor, days_ago: int) -> Introduction:
    """An introduction that was withdrawn so many days ago."""
    at = NINE - timedelta(days=days_ago)
    introduction = an_introduction(at=at)
    introduction.withdraw(at=at)
    with as_staff():
        return await door.given["introductions"].add(introduction)  # type: ignore[no-any-return]


async def looked_through(door: FrontDoor) -> LookingThrough:
    looking: LookingThrough = door.given["looking_through"]
    looking.rest = 0
    while await looking.step():
        pass
    return looking


async def test_once_a_week_all_are_looked_at_and_those_whose_time_has_come_are_listed(
    clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.application.keeping.AT_ONCE", 2)
    door = FrontDoor.opened(clock)
    old = [await ended(door, 7400 + number) for number in range(3)]
    await ended(door, 100)
    almost = await ended(door, 7300)
    await looked_through(door)
    keepings = door.given["keeping_records"].keepings
    listed = [each.id for each in (await keepings.page("come", "come:")).items]
    assert listed == [each.person_id for each in reversed(old)]
    clock.advance(days=6)
    await looked_through(door)
    assert len((await keepings.page("come", "come:")).items) == 3
    clock.advance(days=1)
    await looked_through(door)
    assert almost.person_id in [each.id for each in (await keepings.page("come", "come:")).items]


async def test_a_contact_since_the_list_was_made_stops_the_deletion(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock)
    person_id = (await ended(door, 7400)).person_id
    await looked_through(door)
    again = an_introduction()
    again.person_id = person_id
    records = door.given["keeping_records"]
    with as_staff(mark="command:one:x"):
        await door.given["introductions"].add(again)
        with pytest.raises(TimeNotCome):
            await records.confirm(person_id, by="staff-7")


async def test_a_confirmed_deletion_asks_for_an_erasure_of_the_person_once(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock)
    introduction = await ended(door, 7400)
    with as_staff():
        await door.given["people"].add(a_person(id_=introduction.person_id))
    await looked_through(door)
    with as_staff(mark="command:one:x"):
        await door.given["keeping_records"].confirm(introduction.person_id, by="staff-7")
    for _ in range(2):
        await looked_through(door)
    (erasure,) = await door.given["erasures"].with_key("person_id", introduction.person_id)
    assert (erasure.asked_by, erasure.recorded_by) == (AskedBy.KEEPING, "staff-7")
    assert (await door.given["keeping_records"].kept(introduction.person_id)).keeping.begun_at is not None


async def test_what_is_confirmed_is_begun_once_whatever_is_killed_in_between(clock: FixedClock) -> None:
    door, begun = FrontDoor.opened(clock), []
    person_id = (await ended(door, 7400)).person_id
    looking = await looked_through(door)
    with as_staff(mark="command:one:x"):
        await door.given["keeping_records"].confirm(person_id, by="staff-7")

    async def begin(id_: str, by: str) -> None:
        begun.append((id_, by))
        if len(begun) == 1:
            raise RuntimeError("killed")

    looking.begin = begin
    with pytest.raises(RuntimeError):
        await looking.step()
    await looking.step()
    await looking.step()
    assert begun == [(person_id, "staff-7")] * 2
