"""An import's life: checked, started, worked off part by part in any repetition, ended once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.kernel import FixedClock
from alliance.store import StoreUnavailable
from alliance.testing import as_staff
from intake.domain.imported import Done, Outcome, Part
from intake.domain.importing import Import, ImportState
from intake.domain.refusals import ImportOver, NothingToImport

from ..builders import NINE, FrontDoor
from ..files import a_file, an_import, keys, somebody

LATER = NINE + timedelta(minutes=1)


def done(*outcomes: Outcome) -> list[Done]:
    return [Done(row=row, outcome=each, introduction_id=f"i-{row}") for row, each in enumerate(outcomes, 2)]


def test_an_import_ends_when_its_last_part_is_worked_off() -> None:
    found = an_import()
    found.start(at=NINE)
    found.note_part(1, done(Outcome.RECEIVED, Outcome.ALREADY), at=LATER)
    assert (found.state, found.next_part) == (ImportState.RUNNING, 0)
    found.note_part(0, done(Outcome.FAILED), at=LATER)
    assert (found.state, found.ended_at) == (ImportState.ENDED, LATER)
    assert (found.received, found.already, found.failed, found.worked_off) == (1, 1, 1, 3)


def test_a_part_noted_twice_counts_once() -> None:
    found = an_import()
    found.start(at=NINE)
    for _ in range(2):
        found.note_part(0, done(Outcome.RECEIVED), at=LATER)
    assert found.received == 1


def test_an_import_without_good_rows_cannot_be_started() -> None:
    with pytest.raises(NothingToImport):
        an_import(good=0).start(at=NINE)


def test_what_is_over_is_not_started_again() -> None:
    found = an_import()
    found.cancel(at=NINE)
    found.cancel(at=LATER)
    assert found.ended_at == NINE
    with pytest.raises(ImportOver):
        found.start(at=LATER)


def test_a_part_that_is_finished_has_no_rows_and_keeps_what_it_said_first() -> None:
    part = Part.cut("an-import", 0, [], [])
    part.finish(done(Outcome.RECEIVED))
    assert part.done == []


@given(st.lists(st.sampled_from(["start", "cancel", "0", "1", "due", "wiped"]), max_size=12))
def test_no_sequence_ends_an_import_twice_or_counts_a_row_twice(steps: list[str]) -> None:
    found, over = an_import(), None
    for step in steps:
        _take(found, step)
        if over is not None:
            assert found.state is over
        over = found.state if found.over else None
        assert found.worked_off <= found.good
        assert (found.work or "").startswith("run:") is (found.state is ImportState.RUNNING)


def _take(found: Import, step: str) -> None:
    try:
        match step:
            case "start":
                found.start(at=NINE)
            case "cancel":
                found.cancel(at=LATER)
            case "due":
                found.on_due(NINE + timedelta(days=2))
            case "wiped":
                found.note_wiped()
            case _:
                found.note_part(int(step), done(*[Outcome.RECEIVED] * 75), at=LATER)
    except ImportOver:
        assert found.over


async def test_a_kill_anywhere_loses_and_doubles_nothing(clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken off at every write of the work in turn, begun again, and compared with what a whole run does."""
    monkeypatch.setattr("intake.application.importing.PART_ROWS", 10)
    monkeypatch.setattr("intake.application.working_off.AT_ONCE", 5)
    for broken_at in range(1, 18):
        door = FrontDoor.opened(clock)
        await _ready(door, 25)
        _break(door, broken_at)
        for _ in range(20):
            try:
                if not await door.given["working_off"].step():
                    break
            except StoreUnavailable:
                await asyncio.sleep(0)
        found = (await door.given["imports"].page("listed", "at:")).items[0]
        assert (found.state, found.received, found.already) == (ImportState.ENDED, 25, 0), broken_at
        documents = await door.documents()
        assert (len(documents["introductions"]), len(documents["people"])) == (25, 25)
        assert all(each["heard"] == [f"import:{found.id}"] for each in documents["introductions"])


async def _ready(door: FrontDoor, rows: int) -> None:
    from intake.api.import_file import check_file
    from intake.application.importing import PutImport, put_import, start_import

    given = door.given
    given["working_off"].rest = 0
    checked = await check_file(a_file(*(somebody(number) for number in range(rows))), keys())
    asked = PutImport(import_id="an-import", by="staff-7", organisation="certitude", rows=checked.rows)
    with as_staff(mark="command:one:x"):
        await put_import(asked, given["imports"], given["parts"], given["introductions"], given["clock"])
    with as_staff(mark="command:two:x"):
        await start_import("an-import", given["imports"], given["clock"])


def _break(door: FrontDoor, at: int) -> None:
    """The `at`-th write is answered by a fault; every second such write had taken effect."""
    written = 0

    def breaking(write: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def wrapped(*arguments: Any, **options: Any) -> Any:
            nonlocal written
            written += 1
            if written == at and at % 2:
                raise StoreUnavailable("made up")
            answer = await write(*arguments, **options)
            if written == at:
                raise StoreUnavailable("made up")
            return answer

        return wrapped

    for name in ("people", "introductions", "import_parts", "imports"):
        collection = door.database.collection(name)
        for method in ("insert_many", "update", "insert"):
            setattr(collection, method, breaking(getattr(collection, method)))
