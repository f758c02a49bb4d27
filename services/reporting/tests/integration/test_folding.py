"""Rows are added to their month exactly once, whatever is killed or raced."""

import asyncio

import pytest

from alliance.contracts import reporting
from alliance.contracts.publication import sample_of
from alliance.kernel import new_id
from alliance.store import MemoryDatabase
from reporting.application.counting import counted
from reporting.application.queries import Sources, behind
from reporting.application.sheets import lines_of
from reporting.domain.figures import Figure

from ..builders import a_move, an_introduction, said
from ..rooms import Room
from ..watched import Killed, hesitant, mortal


async def test_rows_become_figures() -> None:
    room = Room()
    await room.count(an_introduction(), an_introduction(), a_move())
    assert await room.figures() == {
        "2026-11": {"introductions": 2, "self-introductions": 2, "moved-into-own-home": 1},
    }


async def test_the_same_event_again_counts_once_also_after_it_was_counted() -> None:
    room, again = Room(), said(an_introduction())
    for _ in range(2):
        await room.count(again, again)
    assert await room.figures() == {"2026-11": {"introductions": 1, "self-introductions": 1}}


async def test_a_folder_killed_before_any_of_its_steps_neither_loses_nor_doubles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("reporting.domain.sheet.FULL", 3)
    events = [said(an_introduction()) for _ in range(5)]
    steps_survived = 0
    for lives in range(200):
        database = MemoryDatabase()
        await Room(database).hear(*events)
        try:
            await Room(mortal(database, lives)).folding.fold_all()
            steps_survived = lives
        except Killed:
            after = Room(database)
            await after.folding.fold_all()
            assert await after.figures() == {"2026-11": {"introductions": 5, "self-introductions": 5}}
        if steps_survived:
            break
    assert steps_survived >= 4


async def test_folders_that_race_count_each_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.domain.sheet.FULL", 3)
    room = Room()
    await room.hear(*(said(an_introduction()) for _ in range(40)))
    folders = [Room(hesitant(room.database)).folding for _ in range(4)]
    await asyncio.gather(*(folder.fold_all() for folder in folders))
    assert await room.figures() == {"2026-11": {"introductions": 40, "self-introductions": 40}}


async def test_a_late_fact_for_a_closed_month_restates_it_and_says_so() -> None:
    room = Room()
    await room.count(an_introduction())
    room.clock.advance(days=60)
    await room.tick()
    await room.count(an_introduction())
    assert [e.type for e in room.said] == [
        reporting.MonthClosed.type,
        reporting.FigureRestated.type,
        reporting.FigureRestated.type,
    ]
    restated = room.said[1].data
    assert (restated["figure"], restated["value_before"], restated["value"]) == ("introductions", 1, 2)


async def test_a_rebuild_from_the_logs_ends_as_the_live_state_did_and_says_nothing_again() -> None:
    live = Room()
    before, after = [said(an_introduction()) for _ in range(3)], [said(an_introduction()), said(a_move())]
    await live.count(*before)
    live.clock.advance(days=60)
    await live.tick()
    await live.count(*after)

    rebuilt = Room(clock=live.clock)
    await rebuilt.replay(*after, *before, *after)
    assert await rebuilt.statement() == await live.statement()
    assert await rebuilt.event_ids() == await live.event_ids()
    assert rebuilt.said == []


async def test_what_is_heard_live_while_a_rebuild_runs_counts_once() -> None:
    room, both = Room(), said(an_introduction())
    await room.count(both)
    await room.replay(both, said(an_introduction()))
    await room.count(both)
    assert (await room.figures())["2026-11"]["introductions"] == 2


async def read(room: Room, figure: Figure, month: str, after: str | None, limit: int) -> Sources:
    return await behind(figure, month, room.months, room.kept_sheets, after=after, limit=limit)


async def test_the_events_behind_a_figure_are_read_page_by_page() -> None:
    room = Room()
    introductions = [said(an_introduction()) for _ in range(7)]
    await room.count(*introductions, a_move())
    pages = [await read(room, Figure.INTRODUCTIONS, "2026-11", None, 3)]
    while pages[-1].next:
        pages.append(await read(room, Figure.INTRODUCTIONS, "2026-11", pages[-1].next, 3))
    assert [len(page.items) for page in pages] == [3, 3, 1]
    assert [source.event_id for page in pages for source in page.items] == [e.id for e in introductions]


async def test_a_drill_down_adds_up_to_its_figure() -> None:

    room = Room()
    await room.count(*(said(event.model_validate(sample_of(event.type))) for event in counted()))
    for month, figures in (await room.figures()).items():
        for figure, value in figures.items():
            page = await read(room, Figure(figure), month, None, 2)
            sources = list(page.items)
            while page.next:
                page = await read(room, Figure(figure), month, page.next, 2)
                sources += page.items
            assert sum(source.amount for source in sources) == value


def test_lines_hold_no_pseudonym_of_a_person() -> None:
    event = an_introduction()
    (line,) = lines_of(new_id(), event, event.received_at, replayed=False)
    assert event.person_id not in line.text
