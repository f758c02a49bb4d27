"""What a page of the board reads does not grow with how many cases there are."""

import copy
from functools import cache

import pytest

from alliance.contracts import Event, intake
from alliance.kernel import FixedClock, derived_id
from alliance.people.known import AT_ONCE
from alliance.store.document import Shape
from alliance.testing.reads import reads_of
from alliance.testing.rooms import browsing
from triage.application.board import COLUMN, SCANNED
from triage.domain.boarding import Stage
from triage.domain.case import Case
from triage.pages.queue import FILE_PAGE

from ..builders import NINE, Room
from .reading import text_of
from .test_growth import a_document
from .test_spells import opened

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
    with reads_of(room.database, "cases") as reads:
        async with browsing(room.app(), "triage-worker") as browser:
            assert (await browser.get(path)).status_code == 200
    return [each.documents for each in reads]


def one_person(person: str, other: str) -> Event:
    return intake.PeopleMerged(person_id=person, merged_person_id=other, merge_id=derived_id(other, "merge"), at=NINE)


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


async def test_the_national_measure_as_a_file_is_read_by_the_page_and_not_by_the_person(clock: FixedClock) -> None:
    """Every fourth person has a second record, which is found by the page as well."""
    room = Room.opened(clock)
    people = [derived_id("test", str(place)) for place in range(MANY)]
    merged = [(person, derived_id(person, "other")) for person in people[::4]]
    await room.hear(*(opened(person) for person in people), *(opened(other) for _, other in merged))
    await room.hear(*(one_person(*each) for each in merged))
    with reads_of(room.database, "spells", "known_people") as reads:
        async with browsing(room.app(), "triage-worker") as browser:
            file = (await browser.get("/spells.csv")).text
    assert file.count("Waiting for the full stop") == MANY, "nobody twice, and nobody left out"
    assert len(reads) < MANY // 20
    of_people = [each for each in reads if each.collection == "known_people"]
    assert len(of_people) <= 2 + 2 * len(merged) // AT_ONCE


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
