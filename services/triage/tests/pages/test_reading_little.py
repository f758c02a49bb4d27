"""What a page of the board reads does not grow with how many cases there are."""

import copy
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from alliance.kernel import FixedClock
from alliance.store.document import Shape
from alliance.testing.rooms import browsing
from triage.application.board import COLUMN, SCANNED
from triage.domain.boarding import Stage
from triage.domain.case import Case
from triage.pages.queue import FILE_PAGE

from ..builders import Room
from .reading import text_of
from .test_growth import a_document

MANY = 400


@cache
def documents() -> tuple[dict[str, object], ...]:
    shape = Shape(Case)
    return tuple(a_document(place, shape, 20) for place in range(MANY))


async def many(clock: FixedClock) -> Room:
    room = Room.opened(clock)
    await room.database.collection("cases").insert_many([copy.deepcopy(each) for each in documents()])
    return room


async def read_for(path: str, clock: FixedClock) -> list[int]:
    """How many cases each look into the store reads to show `path`."""
    room = await many(clock)
    read: list[int] = []
    collection: Any = room.given["cases"]._collection
    before = collection.find_many

    async def counted(where: Mapping[str, Any], **more: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await before(where, **more)
        read.append(len(found))
        return found

    one = collection.find

    async def counted_one(id_: str) -> dict[str, Any] | None:
        read.append(1)
        found: dict[str, Any] | None = await one(id_)
        return found

    collection.find_many, collection.find = counted, counted_one
    async with browsing(room.app(), "triage-worker") as browser:
        assert (await browser.get(path)).status_code == 200
    return read


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/board", (COLUMN + 1) * len(Stage)),
        ("/board?organisation=slam", (COLUMN + 1) * len(Stage)),
        ("/board?organisation=slam&late=at-risk", (SCANNED + COLUMN) * len(Stage)),
        ("/board?stage=waiting&safety=open", SCANNED + COLUMN),
        ("/board?team=00000000-0000-4000-8000-000000000000&late=missed", 0),
    ],
)
async def test_a_board_reads_no_more_than_it_may(path: str, most: int, clock: FixedClock) -> None:
    assert sum(await read_for(path, clock)) <= most


async def test_the_queue_as_a_file_is_read_by_the_page_and_not_by_the_row(clock: FixedClock) -> None:
    """Primero R2-3506: exports asked the store once for each row."""
    read = await read_for("/cases.csv", clock)
    assert sum(read) >= MANY // 2
    assert len(read) <= 1 + sum(read) // FILE_PAGE


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/board", f"{COLUMN} shown, more below"),
        ("/board", "Show the rest"),
        ("/board?organisation=slam&late=at-risk", f"Nothing matches among the first {SCANNED}."),
    ],
)
async def test_a_column_that_does_not_show_all_says_so(path: str, told: str, clock: FixedClock) -> None:
    """Two days and a half before the week is over, nothing is at risk yet and everything has to be looked at."""
    clock.advance(days=4, hours=12)
    async with browsing((await many(clock)).app(), "triage-worker") as browser:
        assert told in text_of((await browser.get(path)).text)
