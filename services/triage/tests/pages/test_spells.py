"""The national measure on its page and as a file: what is shown, to whom, and one person's records shown as one."""

import csv
import io
from datetime import timedelta
from itertools import permutations

import pytest
from fastapi import FastAPI

from alliance.contracts import Event, intake, triage
from alliance.contracts import codes as published
from alliance.kernel import FixedClock, derived_id
from alliance.testing.api import api_client, token_for
from alliance.testing.rooms import Browser, browsing
from triage.application.queries import PAGE

from ..builders import NINE, OURS, Room, at
from .reading import text_of

ONE, OTHER, MERGE = (derived_id("test", each) for each in ("one", "other", "merge"))
HEADINGS = ["Latest case", "Spell", "Began", "Where it stands", "Days", "Band", "Within 4 weeks"]
DAY = 24.0


def case_of(person: str, number: int = 1) -> str:
    return derived_id(person, "case", str(number))


def opened(person: str, day: float = 0, number: int = 1) -> Event:
    return triage.CaseOpened(
        case_id=case_of(person, number),
        introduction_id=derived_id(person, "introduction"),
        person_id=person,
        priority=published.Priority.ROUTINE,
        clock=published.WaitClock.SUPPORT_7D,
        clock_due_at=at(day * DAY + 168),
        received_at=at(day * DAY),
    )


def closed(person: str, day: float, number: int = 1) -> Event:
    return triage.CaseClosed(
        case_id=case_of(person, number),
        introduction_id=derived_id(person, "introduction"),
        person_id=person,
        outcome=published.CaseOutcome.LOST_CONTACT,
        at=at(day * DAY),
    )


def assessed(person: str, day: float) -> Event:
    areas = (published.HelpArea.HOME,)
    return triage.ConversationHeld(case_id=case_of(person), person_id=person, held_at=at(day * DAY), need_areas=areas)


def measured(person: str, day: float) -> Event:
    return triage.OutcomeMeasured(
        measurement_id=derived_id(person, "measure"),
        case_id=case_of(person),
        person_id=person,
        tool=published.MeasureTool.DIALOG,
        scale=next(iter(published.MeasureScale)),
        score=4,
        measured_on=at(day * DAY).date(),
        filled_in_by=next(iter(published.FilledInBy)),
    )


def started(person: str, day: float) -> Event:
    return triage.SupportStartedV2(
        offer_id=derived_id(person, "offer"),
        case_id=case_of(person),
        person_id=person,
        offer_kind=published.Support.PEER_SUPPORT,
        provider_id="mosaic-clubhouse",
        started_at=at(day * DAY),
        waited_days=int(day),
        weekly_cost_pence=0,
    )


def merged() -> Event:
    return intake.PeopleMerged(person_id=ONE, merged_person_id=OTHER, merge_id=MERGE, at=NINE)


def unmerged() -> Event:
    return intake.PeopleUnmerged(person_id=ONE, merged_person_id=OTHER, merge_id=MERGE, at=at(1))


@pytest.fixture
def app(empty_room: Room) -> FastAPI:
    return empty_room.app()


async def rows(browser: Browser) -> list[list[str]]:
    """The file's lines without its headings."""
    answer = await browser.get("/spells.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    head, *lines = csv.reader(io.StringIO(answer.text.lstrip("\ufeff")))
    assert head == HEADINGS
    return lines


async def shown(browser: Browser, standing: str = "waiting") -> str:
    return text_of((await browser.get(f"/spells?standing={standing}")).text)


async def test_with_nobody_in_it_the_list_says_so_and_the_file_has_its_headings(worker: Browser) -> None:
    for standing in ("waiting", "stopped", "ended"):
        assert "Nothing matches what you chose." in await shown(worker, standing)
    assert await rows(worker) == []


async def test_each_person_is_in_the_list_where_their_latest_spell_stands(
    worker: Browser, empty_room: Room, clock: FixedClock
) -> None:
    late, done_, gone = (derived_id("test", each) for each in ("late", "done", "gone"))
    await empty_room.hear(
        opened(late),
        *(opened(done_), assessed(done_, 1), measured(done_, 2), started(done_, 9)),
        *(opened(gone), closed(gone, 3)),
    )
    clock.advance(days=30)
    async with browsing(empty_room.app(), "triage-worker") as browser:
        lists = {standing: await shown(browser, standing) for standing in ("waiting", "stopped", "ended")}
        file = await rows(browser)
    assert (
        "Began 2 November 2026 Where it stands Waiting for the full stop Days 30 Band 4 to 12 weeks "
        "Within 4 weeks Not yet known" in lists["waiting"]
    )
    assert (
        "Where it stands Clock stopped, still with us Days 9 Band 1 to 2 weeks Within 4 weeks Yes" in lists["stopped"]
    )
    assert "Where it stands Ended Days 3 Band Under 1 week Within 4 weeks Not stopped" in lists["ended"]
    assert [line[0] for line in file] == [case_of(each) for each in (late, done_, gone)]


async def test_the_file_has_earlier_spells_too_and_nobodys_name(worker: Browser, empty_room: Room) -> None:
    await empty_room.hear(opened(ONE), closed(ONE, 3), opened(ONE, 20, number=2))
    lines = await rows(worker)
    assert [(line[0], line[1], line[3]) for line in lines] == [
        (case_of(ONE, 1), "1", "Ended"),
        (case_of(ONE, 2), "2", "Waiting for the full stop"),
    ]
    assert ONE not in str(lines), "a pseudonym leads to the person"


@pytest.mark.parametrize("query", ["standing=everybody", "after=nonsense", "after=waiting:%3Cscript%3E", "standing="])
async def test_bad_input_gets_no_list(worker: Browser, query: str) -> None:
    answer = await worker.get(f"/spells?{query}")
    assert answer.status_code == 404
    assert "<script>" not in answer.text


async def test_a_long_list_goes_on_page_by_page_and_the_file_has_all(worker: Browser, empty_room: Room) -> None:
    people = [derived_id("test", str(number)) for number in range(PAGE + 3)]
    await empty_room.hear(*(opened(person, -number) for number, person in enumerate(people)))
    first = (await worker.get("/spells")).text
    assert f"/cases/{case_of(people[-1])}" in first, "who waits longest comes first"
    assert f"/cases/{case_of(people[0])}" not in first
    page = await empty_room.given["spells"].page("listed", "waiting:", limit=PAGE)
    second = (await worker.get(f"/spells?after={page.next}")).text
    assert [f"/cases/{case_of(person)}" in second for person in people] == [place < 3 for place in range(PAGE + 3)]
    assert len(await rows(worker)) == PAGE + 3


async def test_whoever_may_not_open_cases_reads_the_list_without_links(app: FastAPI, empty_room: Room) -> None:
    await empty_room.hear(opened(ONE))
    async with browsing(app, "finance-officer") as officer:
        answer = await officer.get("/spells")
    assert f"/cases/{case_of(ONE)}" not in answer.text


async def test_two_records_of_one_person_are_one_spell_in_whatever_order_that_becomes_known(
    worker: Browser, empty_room: Room
) -> None:
    """The case under the other record began earlier and is closed; the days count from there, and nobody is twice."""
    for order in permutations((opened(OTHER, -4), closed(OTHER, -1), opened(ONE), merged())):
        await empty_room.empty()
        await empty_room.hear(*order)
        (line,) = await rows(worker)
        assert line[:3] == [case_of(ONE), "1", (NINE - timedelta(days=4)).isoformat()], order
        assert line[4] == "4"
    assert text_of((await worker.get("/spells")).text).count("Where it stands Waiting for the full stop Days 4") == 1
    assert "Nothing matches what you chose." in await shown(worker, "ended")


async def test_two_that_are_not_the_same_after_all_are_two_again(worker: Browser, empty_room: Room) -> None:
    await empty_room.hear(opened(ONE), opened(OTHER, -4), merged())
    assert len(await rows(worker)) == 1
    await empty_room.hear(unmerged())
    assert len(await rows(worker)) == 2


async def test_evidence_under_both_records_stops_the_clock_together_and_the_person_stays_where_they_are_found(
    worker: Browser, empty_room: Room
) -> None:
    """Neither record has the whole mix: both are in the list of those who wait, and there the one line is right."""
    await empty_room.hear(opened(ONE), assessed(ONE, 1), measured(ONE, 1), opened(OTHER), started(OTHER, 2), merged())
    assert [line[3] for line in await rows(worker)] == ["Clock stopped, still with us"]
    assert "Where it stands Clock stopped, still with us Days 2 Band Under 1 week Within 4 weeks Yes" in await shown(
        worker, "waiting"
    )
    assert "Nothing matches what you chose." in await shown(worker, "stopped")


async def test_the_api_shows_them_together_by_the_id_that_goes_on(app: FastAPI, empty_room: Room) -> None:
    await empty_room.hear(opened(ONE), opened(OTHER, -4), merged())
    async with api_client(app, token_for("triage", "triage-worker", subject="staff-7", organisation=OURS)) as client:
        (item,) = (await client.get("/api/v1/spells")).json()["items"]
    assert (item["person_id"], sorted(item["case_ids"])) == (ONE, sorted((case_of(ONE), case_of(OTHER))))
