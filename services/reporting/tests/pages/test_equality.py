"""Figures split by equality answers, as those see them who may; small numbers are nowhere."""

import csv
from datetime import UTC, datetime, timedelta

import pytest

from alliance.access import Role
from alliance.contracts import Event
from alliance.contracts import equality_codes as published
from alliance.kernel import FixedClock, new_id
from alliance.testing.rooms import browsing
from reporting.application.splitting import CODES
from reporting.domain.equality import CHARACTERISTICS
from reporting.domain.splits import Split
from reporting.pages import equality_words as words

from ..builders import a_merge, an_acceptance, an_introduction, an_undone, answers
from ..rooms import Room

SEPTEMBER = datetime(2026, 9, 15, 12, tzinfo=UTC)
MAY_SEE = {Role.ALLIANCE_LEAD, Role.GOVERNANCE_LEAD, Role.AUDITOR}


def people(count: int, gender: str, accepted: int = 0) -> list[Event]:
    """So many who came in September and answered, and how many of them were accepted."""
    found: list[Event] = []
    for place in range(count):
        introduction = an_introduction(at=SEPTEMBER, person_id=new_id())
        found += [introduction, answers(introduction.person_id, gender=gender)]
        if place < accepted:
            found.append(an_acceptance(introduction, SEPTEMBER + timedelta(days=1)))
    return found


async def a_room(*events: Event) -> Room:
    room = Room(clock=FixedClock(datetime(2026, 11, 20, 12, tzinfo=UTC)))
    await room.count(*events)
    return room


async def groups(room: Room, figure: str = "introductions", of: str = "Gender") -> dict[str, tuple[str, str]]:
    """`{code: (people, percent)}` as the file has them."""
    async with browsing(room.app, "alliance-lead") as browser:
        answer = await browser.get(f"/equality/{figure}.csv")
    assert answer.status_code == 200
    rows = csv.DictReader(answer.text.removeprefix("\ufeff").splitlines())
    return {row["code"]: (row["people"], row["percent"]) for row in rows if row["characteristic"] == of}


async def test_a_figure_is_split_with_bars_a_table_and_a_file() -> None:
    room = await a_room(*people(11, "1", accepted=6), *people(22, "2", accepted=20), *people(3, "3"), *people(2, "Z"))
    async with browsing(room.app, "alliance-lead") as browser:
        page = (await browser.get("/equality/accepted")).text
    assert "25 people, April 2026 to March 2027" in page
    assert page.count("<svg") >= len(CHARACTERISTICS)
    assert "The largest group that can be shown is Female with about 20." in page
    assert "Of people introduced" in page
    assert await groups(room, "accepted") == {
        "1": ("5", "50"),
        "2": ("20", "100"),
        **dict.fromkeys(("3", "4", "Z", "X"), ("*", "*")),
    }


async def test_a_small_group_is_nowhere_and_cannot_be_worked_out() -> None:
    room = await a_room(*people(4, "3"), *people(12, "1"), *people(41, "2"))
    found = await groups(room)
    assert found["2"] == ("40", "")
    assert found["1"] == ("10", "")
    assert {found[code] for code in ("3", "4", "Z", "X")} == {("*", "")}


async def test_a_merged_person_counts_once_until_the_merge_is_undone() -> None:
    events = people(10, "2")
    survivor, merged = (events[place].partition_key for place in (0, 2))
    room = await a_room(*events, *people(40, "1"))
    merge = a_merge(survivor, merged)
    for _ in range(3):
        await room.count(*people(1, "2"))
    assert (await groups(room))["2"] == ("15", ""), "13 people"
    await room.hear(merge)
    room.clock.advance(minutes=6)
    assert (await groups(room))["2"] == ("10", ""), "12 people"
    await room.hear(an_undone(merge))
    room.clock.advance(minutes=6)
    assert (await groups(room))["2"] == ("15", "")


@pytest.mark.parametrize("role", list(Role))
async def test_who_decides_about_people_does_not_see_it(role: Role) -> None:
    room = await a_room()
    async with browsing(room.app, role.value) as browser:
        for path in ("/equality", "/equality/accepted", "/equality/accepted.csv"):
            assert (await browser.get(path)).status_code == (200 if role in MAY_SEE else 403), path


async def test_no_pseudonym_is_on_any_page_or_in_any_file() -> None:
    events = people(8, "2", accepted=8)
    room = await a_room(*events)
    known = {event.partition_key for event in events} | {event.subject for event in events}
    async with browsing(room.app, "governance-lead") as browser:
        for path in ("/equality", *(f"/equality/{split}{end}" for split in Split for end in ("", ".csv"))):
            text = (await browser.get(path)).text
            assert not [id_ for id_ in known if id_ in text], path


async def test_every_page_opens_before_anything_was_heard() -> None:
    room = await a_room()
    async with browsing(room.app, "auditor") as browser:
        assert "fewer than 5 people" in (await browser.get("/equality")).text
        assert "Every group is too small to be shown." in (await browser.get("/equality/introductions")).text
        assert (await browser.get("/equality/nothing")).status_code == 404
        assert (await browser.get("/equality?year=2019")).status_code == 200


def test_every_published_code_has_words_and_declined_and_unknown_are_groups() -> None:
    assert set(CODES) == set(CHARACTERISTICS) == set(words.CHARACTERISTICS) == set(words.GROUPS)
    for characteristic, codes in CODES.items():
        assert getattr(published, codes.__name__) is codes
        said = words.GROUPS[characteristic]
        assert {code.value for code in codes} <= set(said)
        assert codes["NOT_KNOWN"].value == CHARACTERISTICS[characteristic]
        assert said[codes["NOT_STATED"].value] == "Prefer not to say"
        assert said[codes["NOT_KNOWN"].value] == "Not asked, or no answer"
    assert set(words.FIGURES) == set(Split)
