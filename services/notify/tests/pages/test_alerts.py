"""Alerts as those see them who must answer them."""

import pytest

from alliance.contracts import Event
from alliance.kernel import new_id
from alliance.testing import as_staff
from alliance.testing.rooms import browsing
from notify.application.alerts import acknowledge_alert
from notify.domain.alert import Standing

from ..rooms import (
    Room,
    a_budget_threshold,
    a_concern,
    a_missed_wait,
    an_overdue_introduction,
    broken_glass,
    its_correction,
)

NEEDS_ME, OTHERS = "Waiting for you", "Asked of others so far"
DESKS = ("/alerts", "/budget-alerts", "/access-alerts")
WORKERS = ("front-door-worker", "triage-worker", "key-worker", "housing-worker")


@pytest.fixture
def room() -> Room:
    return Room()


async def the_only(room: Room, event: Event) -> str:
    await room.hear(event)
    found = [each for key in ("queue", "inbox") for each in (await room.alerts.page(key)).items]
    return found[0].id


@pytest.mark.parametrize("role", WORKERS)
async def test_home_shows_a_worker_what_waits_most_pressing_first(room: Room, role: str) -> None:
    await room.hear(a_missed_wait(), a_concern(), an_overdue_introduction())
    room.clock.advance(minutes=3)
    async with browsing(room.app, role, organisation="certitude") as browser:
        page = (await browser.get("/")).text
    told = [
        page.index(words) for words in ("Safety concern", "Wait over its time", "Introduction not looked at in time")
    ]
    assert told == sorted(told)
    assert "3 minutes ago" in page
    assert "in 12 minutes" in page
    assert OTHERS not in page
    assert page.count("<h1") == 1


async def test_whoever_has_not_been_asked_yet_sees_that_others_have(room: Room) -> None:
    await room.hear(a_concern())
    async with browsing(room.app, "alliance-lead") as lead:
        before = (await lead.get("/")).text
    assert "Nothing waits." in before
    assert OTHERS in before
    for seconds in (900, 1800):
        room.clock.advance(seconds=seconds)
        await room.tick()
    async with browsing(room.app, "alliance-lead") as lead:
        after = (await lead.get("/")).text
    assert OTHERS not in after
    assert "Nobody else" in after


@pytest.mark.parametrize("path", ["/", *DESKS, "/outbox"])
async def test_an_empty_page_says_what_will_come(room: Room, path: str) -> None:
    async with browsing(room.app, "key-worker", "finance-officer", "governance-lead") as browser:
        answer = await browser.get(path)
    assert answer.status_code == 200
    assert "Nothing waits." in answer.text or "Nothing has left since the service started." in answer.text


async def test_a_record_tells_its_steps_and_one_button_takes_it_on(room: Room) -> None:
    id_ = await the_only(room, a_missed_wait())
    room.clock.advance(seconds=900)
    await room.tick()
    async with browsing(room.app, "key-worker", organisation="mosaic-clubhouse") as browser:
        page = (await browser.get(f"/alerts/{id_}")).text
        assert "Nobody answered in time: the team lead was asked" in page
        assert "Raised to the duty worker" in page
        assert "The next is asked in 30 minutes." in page
        assert 'href="https://triage.test/cases/' in page
        assert "What was written to this person" in page
        done = await browser.send_form(f"/alerts/{id_}/acknowledge")
        assert (done.status_code, done.headers["location"]) == (303, f"/alerts/{id_}")
        page = (await browser.get(f"/alerts/{id_}")).text
    assert "You have taken this alert on." in page
    assert "Take it on<" not in page
    assert (await room.alerts.get(id_)).acknowledged_by == "staff-7"


async def test_a_button_pressed_twice_takes_it_on_once(room: Room) -> None:
    id_, token = await the_only(room, a_concern()), new_id()
    async with browsing(room.app, "triage-worker") as browser:
        answers = [await browser.send_form(f"/alerts/{id_}/acknowledge", form_token=token) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert room.types_said.count("alert-acknowledged.v1") == 1


async def test_who_comes_second_reads_that_somebody_else_has_it(room: Room) -> None:
    id_ = await the_only(room, a_concern())
    with as_staff("staff-8"):
        await acknowledge_alert(id_, room.alerts, room.clock, by="staff-8")
    async with browsing(room.app, "key-worker") as browser:
        answer = await browser.send_form(f"/alerts/{id_}/acknowledge")
    assert answer.status_code == 409
    assert "Somebody has already acknowledged this alert." in answer.text
    assert "staff-8 took it on just now." in answer.text


async def test_who_looked_before_it_climbed_is_told_and_can_press_again(room: Room) -> None:
    id_ = await the_only(room, a_concern())
    seen = (await room.alerts.read(id_)).version
    room.clock.advance(seconds=900)
    await room.tick()
    async with browsing(room.app, "key-worker") as browser:
        stale = await browser.send_form(f"/alerts/{id_}/acknowledge", version=str(seen))
        assert stale.status_code == 409
        assert "Somebody changed this while you had it open." in stale.text
        assert f'name="version" value="{seen + 1}"' in stale.text
        again = await browser.send_form(f"/alerts/{id_}/acknowledge", version=str(seen + 1))
    assert again.status_code == 303


async def test_what_was_stood_down_has_no_button_and_says_so(room: Room) -> None:
    id_ = await the_only(room, a_missed_wait())
    await room.hear(its_correction())
    async with browsing(room.app, "key-worker") as browser:
        page = (await browser.get(f"/alerts/{id_}")).text
        refused = await browser.send_form(f"/alerts/{id_}/acknowledge")
    assert "Stood down: it turned out not to be so" in page
    assert "Take it on" not in page
    assert (refused.status_code, "was stood down" in refused.text) == (409, True)


@pytest.mark.parametrize("token", ["", "no token!", "x" * 65])
async def test_a_button_that_is_not_ours_does_nothing(room: Room, token: str) -> None:
    id_ = await the_only(room, a_concern())
    async with browsing(room.app, "key-worker") as browser:
        assert (await browser.send_form(f"/alerts/{id_}/acknowledge", form_token=token)).status_code == 400
    assert (await room.alerts.get(id_)).standing is Standing.OPEN


async def test_only_the_button_counts(room: Room) -> None:
    id_ = await the_only(room, a_concern())
    more = {"by": "staff-1", "acknowledged_by": "staff-1", "kind": "budget-threshold", "level": "2"}
    async with browsing(room.app, "key-worker") as browser:
        await browser.send_form(f"/alerts/{id_}/acknowledge", **more)
    alert = await room.alerts.get(id_)
    assert (alert.acknowledged_by, alert.kind, alert.level) == ("staff-7", "safety-concern", 0)


async def test_finance_answers_for_the_budget_and_for_nothing_else(room: Room) -> None:
    concern = await the_only(room, a_concern())
    await room.hear(a_budget_threshold())
    (budget,) = [each for each in (await room.alerts.page("queue")).items if each.kind == "budget-threshold"]
    async with browsing(room.app, "finance-officer", organisation="lambeth-council") as browser:
        home = (await browser.get("/")).text
        assert "Budget threshold passed" in home
        assert "Safety concern" not in home
        for path in ("/alerts", f"/alerts/{concern}", f"/alerts/{budget.id}"):
            assert (await browser.get(path)).status_code == 403
        assert (await browser.get(f"/budget-alerts/{concern}")).status_code == 404
        assert (await browser.send_form(f"/budget-alerts/{concern}/acknowledge")).status_code == 404
        assert "Look into it in Budget" in (await browser.get(f"/budget-alerts/{budget.id}")).text
        assert (await browser.send_form(f"/budget-alerts/{budget.id}/acknowledge")).status_code == 303


async def test_only_the_governance_lead_learns_of_broken_glass(room: Room) -> None:
    id_ = await the_only(room, broken_glass())
    async with browsing(room.app, *WORKERS, "alliance-lead", "service-administrator") as browser:
        assert "Closed record opened" not in (await browser.get("/")).text
        assert (await browser.get(f"/alerts/{id_}")).status_code == 404
        assert (await browser.get(f"/access-alerts/{id_}")).status_code == 403
        assert (await browser.send_form(f"/access-alerts/{id_}/acknowledge")).status_code == 403
    async with browsing(room.app, "governance-lead") as lead:
        assert "Closed record opened" in (await lead.get("/")).text
        page = (await lead.get(f"/access-alerts/{id_}")).text
        assert "The glass that was broken" in page
        assert "staff-8" in page
        assert (await lead.send_form(f"/access-alerts/{id_}/acknowledge")).status_code == 303


@pytest.mark.parametrize("desk", DESKS)
async def test_the_part_that_refreshes_needs_what_its_page_needs(room: Room, desk: str) -> None:
    async with browsing(room.app, "integration") as browser:
        for path in (desk, f"{desk}/rows", f"{desk}/changes", f"{desk}.csv"):
            assert (await browser.get(path)).status_code == 403
    async with browsing(room.app) as nobody:
        assert (await nobody.get(f"{desk}/rows")).status_code == 303


async def test_the_part_that_refreshes_is_the_part_alone(room: Room) -> None:
    await room.hear(a_concern())
    async with browsing(room.app, "key-worker") as browser:
        part = (await browser.get("/alerts/rows")).text
    assert "Safety concern" in part
    assert "<html" not in part


async def test_the_list_is_filtered_paged_and_a_file(room: Room) -> None:
    await room.hear(*(a_concern() for _ in range(52)), a_missed_wait())
    async with browsing(room.app, "auditor") as browser:
        first = (await browser.get("/alerts?kind=safety-concern")).text
        waits = (await browser.get("/alerts?kind=wait-missed")).text
        file = (await browser.get("/alerts.csv?kind=safety-concern")).text
        assert (await browser.get("/alerts?kind=nothing")).status_code == 404
    assert "Next page" in first
    assert "Wait over its time, " not in first
    assert "Next page" not in waits
    assert len(file.splitlines()) == 53
    assert "/alerts/" not in waits.replace("/alerts/changes", "")


async def test_each_look_at_an_alert_about_a_person_is_noted(room: Room) -> None:
    id_ = await the_only(room, a_concern())
    async with browsing(room.app, "key-worker") as browser:
        await browser.get(f"/alerts/{id_}")
        await browser.send_form(f"/alerts/{id_}/acknowledge")
    leaf = await room.app.state.trail.of_record("alert", id_)
    assert [noted.entry.outcome for noted in leaf.entries] == ["done", "shown"]
    assert all(noted.entry.person_id for noted in leaf.entries)


async def test_what_is_not_there_is_not_found(room: Room) -> None:
    async with browsing(room.app, "key-worker") as browser:
        for path in (f"/alerts/{new_id()}", "/alerts/nothing", "/nothing"):
            assert (await browser.get(path)).status_code == 404
