"""Staff who share one queue: who has what in hand, several at once, notes, attempts, hand-overs and opening again."""

from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.rooms import Browser, browsing
from intake.domain.codes import Ending
from intake.domain.facts import ContactPoint
from intake.domain.introduction import Introduction
from intake.domain.person import Details
from intake.domain.records import State

from ..builders import OURS, FrontDoor
from .records import page, received

UNSAFE = Details(contact_points=(ContactPoint(kind="phone", value="07700 900123", safe=False),))


def terence(app: FastAPI) -> AbstractAsyncContextManager[Browser]:
    """A colleague."""
    return browsing(app, "front-door-worker", organisation=OURS, subject="staff-8", name="Terence Test")


async def status_page(app: FastAPI, introduction: Introduction) -> str:
    async with browsing(app) as person:
        await person.send_form("/status", reference=introduction.reference, key=introduction.status_key)
        return str((await person.get("/status/mine")).text)


async def test_several_are_taken_on_and_each_is_told_what_came_of_it(
    app: FastAPI, staff: Browser, door: FrontDoor
) -> None:
    free, taken, ended = [await received(door) for _ in range(3)]
    assert free.reference in (await staff.get("/introductions/claim-several")).text
    async with terence(app) as other:
        await other.send_form(page(taken, "claim"))
        await other.send_form(page(ended, "withdraw"))
    answer = await staff.send_form(
        "/introductions/claim-several", introductions=[free.id, taken.id, ended.id, new_id(), "nonsense"]
    )
    assert answer.status_code == 200
    for told in ("1 of 5 taken on.", "Terence Test took this introduction on, on 2 November 2026", "has withdrawn"):
        assert told in answer.text
    kept = door.given["introductions"]
    assert [(await kept.get(each.id)).claimed_by for each in (free, taken)] == ["staff-7", "staff-8"]


async def test_taking_on_none_of_several_asks_again(staff: Browser, door: FrontDoor) -> None:
    assert "Everybody has been taken on." in (await staff.get("/introductions/claim-several")).text
    await received(door)
    answer = await staff.send_form("/introductions/claim-several")
    assert answer.status_code == 422
    assert "Select at least one introduction" in answer.text


async def test_the_queue_and_the_record_say_who_has_it_in_hand_and_since_when(
    app: FastAPI, staff: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    introduction = await received(door)
    async with terence(app) as other:
        await other.send_form(page(introduction, "claim"))
    clock.advance(minutes=5)
    assert "Terence Test, 5 minutes ago" in (await staff.get("/introductions")).text
    record = (await staff.get(page(introduction))).text
    assert "Taken on by Terence Test, 2 November 2026 at 9:00am." in record
    assert page(introduction, "claim") not in record, "what cannot be had is not offered"


async def test_whoever_took_it_on_goes_on_from_any_device(app: FastAPI, staff: Browser, door: FrontDoor) -> None:
    """opencrvs-core #6079, #3518: what somebody had in hand hung on one device, and was "unassigned" on the other."""
    introduction = await received(door)
    await staff.send_form(page(introduction, "claim"))
    async with browsing(app, "front-door-worker", organisation=OURS, subject="staff-7") as phone:
        assert page(introduction) in (await phone.get("/")).text, "it is among what needs me now"
        called = {"channel": "call", "outcome": "they-got-in-touch"}
        assert (await phone.send_form(page(introduction, "contact-attempts"), **called)).status_code == 303
    assert (await staff.send_form(page(introduction, "accept"), suggested_priority="3")).status_code == 303


async def test_what_was_left_alone_comes_back_and_a_colleague_may_take_it(
    app: FastAPI, staff: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    introduction = await received(door)
    await staff.send_form(page(introduction, "claim"))
    clock.advance(hours=73)
    with as_staff(mark="due:x"):
        await door.given["introductions"].change(introduction.id, lambda one: one.on_due(clock.now()))
    assert "introduction-left-alone.v1" in door.types_said()
    async with terence(app) as other:
        assert introduction.reference in (await other.get("/introductions?show=overdue")).text
        assert (await other.send_form(page(introduction, "claim"))).status_code == 303
    assert (await door.given["introductions"].get(introduction.id)).claimed_by == "staff-8"


async def test_who_is_to_be_contacted_now_is_a_list_of_its_own(
    staff: Browser, door: FrontDoor, clock: FixedClock, app: FastAPI
) -> None:
    introduction, other = await received(door), await received(door)
    await staff.send_form(page(introduction, "claim"))
    assert introduction.reference not in (await staff.get("/introductions?show=to-contact")).text
    clock.advance(hours=25)
    async with browsing(app, "front-door-worker", organisation=OURS) as later:
        text = (await later.get("/introductions?show=to-contact")).text
        assert introduction.reference in text
        assert other.reference not in text
        await later.send_form(page(introduction, "contact-attempts"), channel="call", outcome="spoke")
        assert introduction.reference not in (await later.get("/introductions?show=to-contact")).text


async def test_it_is_given_back_with_a_note_that_only_the_front_door_reads(
    app: FastAPI, staff: Browser, door: FrontDoor
) -> None:
    introduction = await received(door)
    await staff.send_form(page(introduction, "claim"))
    assert (await staff.send_form(page(introduction, "release"), note="MARKED-NOTE")).status_code == 303
    assert (await door.given["introductions"].get(introduction.id)).state is State.RECEIVED
    record = (await staff.get(page(introduction))).text
    assert "MARKED-NOTE" in record
    assert "Given back to everybody" in record
    async with browsing(app, "triage-worker", organisation="slam") as triage:
        assert "MARKED-NOTE" not in (await triage.get(page(introduction))).text
    assert (await staff.send_form(page(introduction, "release"))).status_code == 409


async def test_an_attempt_by_a_way_that_is_not_safe_is_refused_and_the_status_page_is_always_safe(
    app: FastAPI, staff: Browser, door: FrontDoor
) -> None:
    introduction = await received(door, person=UNSAFE)
    path = page(introduction, "contact-attempts")
    assert "Do not use: phone." in (await staff.get(path)).text
    refused = await staff.send_form(path, channel="call", outcome="no-answer")
    assert refused.status_code == 409
    assert "not known to be safe" in refused.text
    assert (await staff.send_form(path, channel="status-page", outcome="left-message")).status_code == 409
    left = {"channel": "status-page", "outcome": "left-message", "message": "MARKED-MESSAGE"}
    assert (await staff.send_form(path, **left)).status_code == 303
    assert "MARKED-MESSAGE" in await status_page(app, introduction)
    assert "MARKED-MESSAGE" not in str(door.said)


async def test_an_introduction_is_found_by_its_reference_and_the_address_does_not_say_it(
    staff: Browser, door: FrontDoor
) -> None:
    introduction = await received(door)
    found = await staff.send_form("/introductions/find", reference=introduction.reference.lower())
    assert (found.status_code, found.headers["location"]) == (303, page(introduction))
    nothing = await staff.send_form("/introductions/find", reference="LW-2222-23")
    assert nothing.status_code == 409
    assert "Check it for a slip." in nothing.text
    assert (await staff.send_form("/introductions/find")).status_code == 422


async def test_a_duplicate_is_named_by_its_reference_and_both_pages_lead_to_one_another(
    staff: Browser, door: FrontDoor
) -> None:
    one, other = await received(door), await received(door)
    path = page(one, "close")
    wrong = await staff.send_form(path, ending="duplicate", duplicate_of="LW-2222-23")
    assert "There is no introduction with that reference." in wrong.text
    assert "Say which other" in (await staff.send_form(path, ending="duplicate")).text
    assert (await staff.send_form(path, ending="duplicate", duplicate_of=other.reference)).status_code == 303
    with as_staff(mark="reaction:note_duplicate:x"):
        await door.given["introductions"].change(
            other.id, lambda it: it.note_duplicate(one.id, at=door.clock.now(), promise=door.given["promise"])
        )
    assert other.reference in (await staff.get(page(one))).text
    assert one.reference in (await staff.get(page(other))).text


async def test_another_area_has_the_person_only_when_it_says_so(app: FastAPI, staff: Browser, door: FrontDoor) -> None:
    introduction = await received(door)
    handed = {"area": "Southwark", "service": "made-up service"}
    assert (await staff.send_form(page(introduction, "hand-over"), **handed)).status_code == 303
    assert "has not confirmed yet" in (await staff.get("/introductions")).text
    confirm = page(introduction, "confirm-hand-over")
    assert (await staff.send_form(confirm)).status_code == 422
    assert (await staff.send_form(confirm, confirmed_by="Somebody made up")).status_code == 303
    kept = await door.given["introductions"].get(introduction.id)
    assert (kept.state, kept.ending) == (State.CLOSED, Ending.OUT_OF_AREA)
    told = await status_page(app, introduction)
    assert "with the service for where you live" in told
    assert "Southwark" not in told


async def test_a_closed_introduction_is_opened_again_and_the_person_is_told(
    app: FastAPI, staff: Browser, door: FrontDoor
) -> None:
    introduction = await received(door)
    await staff.send_form(page(introduction, "close"), ending="signposted", elsewhere="gp", note="MARKED-ENDING")
    assert "MARKED-ENDING" in (await staff.get(page(introduction))).text
    assert (await staff.send_form(page(introduction, "reopen"))).status_code == 422
    assert (await staff.send_form(page(introduction, "reopen"), reason_code="person-came-back")).status_code == 303
    assert "introduction-reopened.v1" in door.types_said()
    record = (await staff.get(page(introduction))).text
    assert "Opened again" in record
    assert "MARKED-ENDING" in record, "history stays"
    assert "We have opened your introduction again." in await status_page(app, introduction)


async def test_an_introduction_of_somebody_erased_is_not_opened_again(staff: Browser, door: FrontDoor) -> None:
    introduction = await received(door)
    await staff.send_form(page(introduction, "close"), ending="signposted", elsewhere="gp")
    with as_staff():
        await door.given["known"].erase(introduction.person_id, at=door.clock.now())
    refused = await staff.send_form(page(introduction, "reopen"), reason_code="person-came-back")
    assert refused.status_code == 409
    assert "This person has been erased." in refused.text
    assert "introduction-reopened.v1" not in door.types_said()
