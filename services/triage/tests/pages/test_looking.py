"""What is seen on pages: the home page, the queue and its file, and a case, empty, full and restricted."""

import csv
import io
from datetime import date

import pytest
from fastapi import FastAPI

from alliance.contracts import intake
from alliance.contracts.codes import Priority
from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.rooms import Browser, browsing
from triage.application.allocation import take_on
from triage.application.cases import hold_conversation
from triage.domain.allocating import Colleague
from triage.domain.records import Conversation

from ..builders import CASE, INTRODUCTION, NINE, OURS, PERSON, Room, accepted, concern, placement_opened, sharing
from .reading import text_of

PATH = f"/cases/{CASE}"
SCRIPT = "</textarea><script>alert(1)</script>"
STEPS = (
    "take-on",
    "step-back",
    "hold-conversation",
    "change-priority",
    "offer-support",
    "introduce-to-secondary-care",
    "introduce-to-ipsa",
    "close",
)


async def taken_on(room: Room, by: str = "staff-7") -> None:
    with as_staff(by):
        await take_on(CASE, Colleague(subject=by, organisation=OURS), room.given["cases"], room.clock)


async def another(room: Room, priority: Priority) -> str:
    """One more introduction, accepted; its id."""
    introduction = new_id()
    await room.hear(
        intake.IntroductionAccepted(
            introduction_id=introduction,
            person_id=new_id(),
            suggested_priority=priority,
            help_areas=(),
            received_at=NINE,
            accepted_at=NINE,
        )
    )
    return introduction


async def test_with_nobody_waiting_every_list_says_so(empty_room: Room) -> None:
    async with browsing(empty_room.app(), "triage-worker") as browser:
        home = text_of((await browser.get("/")).text)
        for sentence in (
            "Every safety concern has been answered.",
            "You are not a named worker on any open case. Take one on from the queue.",
            "No wait in the queue is over its time.",
            "Nobody is waiting.",
        ):
            assert sentence in home
        assert "Nobody is waiting. Cases come here when" in text_of((await browser.get("/cases")).text)


async def test_home_says_what_needs_me_now(app: FastAPI, room: Room, clock: FixedClock) -> None:
    await taken_on(room)
    await room.hear(concern())
    await another(room, Priority.URGENT)
    clock.advance(hours=30)
    async with browsing(app, "triage-worker") as worker:
        home = text_of((await worker.get("/")).text)
    assert "1 safety concerns not answered" in home
    assert "2 waits missed in the queue" in home
    assert "1 cases of mine 1 overdue" in home
    assert "Testa Example-Person Priority Emergency First due Missed 23 hours ago What next Answer the safety" in home
    assert "Missed 6 hours ago" in home


async def test_names_on_the_home_page_are_those_of_my_own_cases_and_each_is_noted(
    app: FastAPI, worker: Browser, room: Room
) -> None:
    assert "Testa" not in (await worker.get("/")).text
    await taken_on(room)
    assert "Testa" in (await worker.get("/")).text
    leaf = await app.state.trail.of_record("case", CASE)
    assert [noted.entry.action for noted in leaf.entries] == ["case.see-details"]
    async with browsing(app, "triage-worker", subject="staff-8") as colleague:
        assert "Testa" not in (await colleague.get("/")).text


async def test_the_queue_goes_by_rank_and_says_why_and_what_next(worker: Browser, room: Room) -> None:
    await another(room, Priority.VERY_URGENT)
    await another(room, Priority.EMERGENCY)
    await another(room, Priority.URGENT)
    page = text_of((await worker.get("/cases")).text)
    places = [page.rindex(f" {word} ") for word in ("Emergency", "Very urgent", "Urgent", "Routine")]
    assert places == sorted(places)
    assert "for support within 7 days. Priority as the front door suggested What next Take this case on" in page
    assert "Testa" not in page


async def test_the_queue_is_filtered_by_priority_and_paged(worker: Browser, room: Room) -> None:
    for _ in range(26):
        await another(room, Priority.URGENT)
    urgent = await worker.get("/cases", params={"priority": "2"})
    assert "Routine Due" not in text_of(urgent.text)
    assert "after=open%3A2" in urgent.text
    assert "Nothing matches what you chose." in text_of((await worker.get("/cases", params={"priority": "1"})).text)
    assert (await worker.get("/cases", params={"priority": "9"})).status_code == 404
    assert (await worker.get("/cases", params={"after": "<script>"})).status_code == 404


async def test_rows_alone_are_what_the_live_part_fetches(worker: Browser) -> None:
    page, rows = (await worker.get("/cases")).text, (await worker.get("/cases/rows")).text
    assert 'hx-get="/cases/rows"' in page
    assert CASE in rows
    assert "<html" not in rows


async def test_the_queue_as_a_file_has_every_page_and_no_name(worker: Browser, room: Room) -> None:
    for _ in range(60):
        await another(room, Priority.URGENT)
    file = await worker.get("/cases.csv")
    assert file.headers["content-type"].startswith("text/csv")
    heading, *lines = csv.reader(io.StringIO(file.text.removeprefix("\ufeff")))
    assert heading[:3] == ["Case", "Priority", "First due"]
    assert len(lines) == 61
    assert [CASE, "Routine", "2026-11-09T09:00:00+00:00"] in [line[:3] for line in lines]
    assert "Testa" not in file.text
    urgent = (await worker.get("/cases.csv", params={"priority": "2"})).text
    assert len(urgent.strip().splitlines()) == 61


async def test_a_case_says_who_it_is_about_why_it_is_where_it_is_and_what_to_do_next(
    worker: Browser, room: Room
) -> None:
    await room.hear(placement_opened())
    page = text_of((await worker.get(PATH)).text)
    for told in (
        "Testa Example-Person",
        "28 February 1975",
        "07700 900123 Do not leave a voicemail",
        "The front door suggested routine when the introduction came in on 2 November 2026 at 9:00am.",
        "Support within 7 days is due by 9 November 2026 at 9:00am, in 7 days.",
        "No contact yet.",
        "What to do next Take this case on",
        "Nobody has taken this case on yet.",
        "No support has been offered yet.",
        "Search for a home began",
        "Asked for help with: Home",
    ):
        assert told in page, told
    assert "2026-11-02T" not in page


async def test_a_way_to_reach_somebody_that_is_not_safe_is_named_without_its_number(room: Room, app: FastAPI) -> None:
    unsafe = intake.PersonShared(
        person_id=PERSON,
        organisation_id="slam",
        consent_sequence=2,
        call_me="Tess",
        interpreter_language="so",
        contact_points=(intake.ContactPoint(kind="phone", value="07700 900456", safe=False),),
    )
    await room.hear(unsafe)
    async with browsing(app, "triage-worker") as browser:
        page = text_of((await browser.get(PATH)).text)
    assert "Not safe to use" in page
    assert "07700 900456" not in page
    assert "Interpreter Somali" in page


async def test_a_person_who_does_not_share_is_nameless_and_the_page_says_why(worker: Browser, room: Room) -> None:
    await room.hear(sharing(2, allowed=False))
    answer = await worker.get(PATH)
    assert "Testa" not in answer.text
    assert "the person has not agreed that" in text_of(answer.text)


async def test_a_death_is_shown_and_closes_nothing_by_itself(worker: Browser, room: Room) -> None:
    await room.hear(intake.PersonDied(person_id=PERSON, died_on=date(2026, 10, 1), death_sequence=1, at=NINE))
    page = text_of((await worker.get(PATH)).text)
    assert "recorded that the person died on 1 October 2026" in page
    assert "What to do next" in page
    await room.hear(intake.PersonDeathCorrected(person_id=PERSON, death_sequence=2, at=NINE))
    assert "died on" not in text_of((await worker.get(PATH)).text)


async def test_somebody_in_danger_who_is_not_accepted_yet_has_no_buttons_but_a_next_step(empty_room: Room) -> None:
    await empty_room.hear(concern(0))
    async with browsing(empty_room.app(), "triage-worker") as browser:
        page = text_of((await browser.get(PATH)).text)
    assert "Call the front door" in page
    assert "Close this case" not in page


async def test_buttons_are_there_for_those_who_may_press_them(app: FastAPI, room: Room) -> None:
    await taken_on(room, "staff-5")
    async with browsing(app, "key-worker", subject="staff-5", organisation="thames-reach") as named:
        assert f"{PATH}/close" in (await named.get(PATH)).text
        assert f"{PATH}/take-on" not in (await named.get(PATH)).text
    async with browsing(app, "governance-lead", subject="staff-5") as lead:
        page = await lead.get(PATH)
        assert "Testa" in page.text
        for step in STEPS:
            assert f"{PATH}/{step}" not in page.text, step


async def test_notes_are_for_those_who_work_on_the_case(app: FastAPI, room: Room, clock: FixedClock) -> None:
    await taken_on(room)
    with as_staff("staff-7"):
        await hold_conversation(CASE, Conversation(held_at=NINE, notes="MARKED"), room.given["cases"], clock)
    async with browsing(app, "triage-worker") as worker:
        assert "MARKED" in (await worker.get(PATH)).text
    async with browsing(app, "governance-lead") as lead:
        page = (await lead.get(PATH)).text
    assert "MARKED" not in page
    assert "There are notes, which your role does not read." in text_of(page)


@pytest.mark.parametrize(
    "role",
    ["front-door-worker", "housing-worker", "finance-officer", "alliance-lead", "service-administrator", "auditor"],
)
async def test_other_roles_come_to_no_case_by_its_address(app: FastAPI, room: Room, role: str) -> None:
    before = await room.states()
    async with browsing(app, role) as other:
        assert (await other.get(PATH)).status_code == 403
        for step in STEPS:
            assert (await other.get(f"{PATH}/{step}")).status_code == 403, step
            assert (await other.send_form(f"{PATH}/{step}")).status_code == 403, step
        home = await other.get("/")
        assert home.status_code == 200
        assert "Testa" not in home.text
    assert await room.states() == before


async def test_lists_are_closed_to_those_who_have_none(app: FastAPI) -> None:
    async with browsing(app, "service-administrator") as administrator:
        for path in ("/cases", "/cases/rows", "/cases.csv", "/cases/changes"):
            assert (await administrator.get(path)).status_code == 403, path
        assert "opens no case" in text_of((await administrator.get("/")).text)
    async with browsing(app) as nobody:
        assert (await nobody.get("/cases")).headers["location"].startswith("/sign-in?next=")


async def test_a_colleague_of_another_organisation_is_shown_the_glass(app: FastAPI) -> None:
    async with browsing(app, "triage-worker", subject="staff-8", organisation="certitude") as other:
        refused = await other.get(PATH)
        assert refused.status_code == 403
        assert "Open it with a reason" in text_of(refused.text)
        assert (await other.send_form(f"{PATH}/close", outcome="goals-met")).status_code == 403


async def test_what_others_wrote_comes_out_as_text(room: Room, clock: FixedClock) -> None:
    injected = intake.PersonShared(
        person_id=PERSON,
        organisation_id="slam",
        consent_sequence=2,
        full_name=SCRIPT,
        call_me=SCRIPT,
        contact_points=(intake.ContactPoint(kind="phone", value=SCRIPT[:40], safe=True),),
    )
    await room.hear(injected)
    await taken_on(room)
    with as_staff("staff-7"):
        talk = Conversation(held_at=NINE, notes=SCRIPT)
        await hold_conversation(CASE, talk, room.given["cases"], clock)
    async with browsing(room.app(), "triage-worker", name=SCRIPT) as browser:
        for path in ("/", "/cases", PATH, *(f"{PATH}/{step}" for step in STEPS)):
            page = (await browser.get(path)).text
            assert "<script>alert" not in page, path
            assert "&lt;script&gt;" in page, path
        again = await browser.send_form(f"{PATH}/hold-conversation", notes=SCRIPT, at_time=SCRIPT)
        assert again.status_code == 422
        assert "<script>alert" not in again.text


async def test_a_case_that_is_not_there_is_a_page_that_is_not_there(worker: Browser) -> None:
    for path in (f"/cases/{new_id()}", "/cases/not-an-id", f"/cases/{INTRODUCTION}/close"):
        assert (await worker.get(path)).status_code == 404, path


async def test_an_accepted_introduction_is_in_the_queue_at_once(empty_room: Room) -> None:
    async with browsing(empty_room.app(), "key-worker") as browser:
        assert CASE not in (await browser.get("/cases")).text
        await empty_room.hear(accepted(Priority.URGENT))
        assert CASE in (await browser.get("/cases")).text
