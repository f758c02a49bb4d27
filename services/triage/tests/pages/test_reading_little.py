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

from ..builders import Room
from .test_growth import a_document

MANY = 400


@cache
def documents() -> tuple[dict[str, object], ...]:
    shape = Shape(Case)
    return tuple(a_document(place, shape, 20) for place in range(MANY))


async def read_for(path: str, clock: FixedClock) -> int:
    """How many cases are read to show `path`."""
    room = Room.opened(clock)
    await room.database.collection("cases").insert_many([copy.deepcopy(each) for each in documents()])
    read: list[int] = []
    collection: Any = room.given["cases"]._collection
    before = collection.find_many

    async def counted(where: Mapping[str, Any], **more: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await before(where, **more)
        read.append(len(found))
        return found

    collection.find_many = counted
    async with browsing(room.app(), "triage-worker") as browser:
        assert (await browser.get(path)).status_code == 200
    return sum(read)


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
    assert await read_for(path, clock) <= most
