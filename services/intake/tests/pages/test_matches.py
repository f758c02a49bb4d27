"""Possible duplicates as staff see them: why, side by side, decided, undone; and what is not for them is not there."""

from dataclasses import replace

from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.rooms import Browser, browsing
from intake.domain.match import Answer, match_id
from intake.domain.person import Person

from ..builders import NHS_NUMBER, FrontDoor, some_details
from ..following import introduced, let_follow


async def a_pair(door: FrontDoor, clock: FixedClock) -> tuple[str, str]:
    older = await introduced(door, some_details(), new_id())
    clock.advance(minutes=1)
    newer = await introduced(door, replace(some_details(), nhs_number=NHS_NUMBER), new_id())
    return older.person_id, newer.person_id


async def restricted(door: FrontDoor, person_id: str, clock: FixedClock) -> None:
    with as_staff(mark="command:restrict:x"):
        await door.given["guards"].restrict(person_id, restricted=True, at=clock.now())


async def test_nobody_is_like_anybody_says_so(staff: Browser) -> None:
    assert "No two records here look like one person." in (await staff.get("/matches")).text


async def test_two_records_are_shown_with_the_reasons_and_side_by_side(
    staff: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    older, newer = await a_pair(door, clock)
    listed = (await staff.get("/matches")).text
    assert "The full name is the same. The date of birth is the same." in listed
    text = (await staff.get(f"/matches/{match_id(older, newer)}")).text
    for shown in ("Testa Example-Person", "28 February 1975", "999 054 8609", "Likely", "Are they the same person?"):
        assert shown in text
    for page in (f"/people/{older}", f"/people/{newer}"):
        assert f"/matches/{match_id(older, newer)}" in (await staff.get(page)).text


async def test_the_same_person_is_merged_and_the_pages_of_both_say_so(
    staff: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    older, newer = await a_pair(door, clock)
    answer = await staff.send_form(f"/matches/{match_id(older, newer)}", answer="same")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/people/{older}")
    await let_follow(door)
    survivor, merged = (await staff.get(f"/people/{older}")).text, (await staff.get(f"/people/{newer}")).text
    assert "Records that are part of this one" in survivor
    assert survivor.count("/introductions/") >= 2
    assert "This record is part of an older one now." in merged
    assert "No two records here look like one person." in (await staff.get("/matches")).text


async def test_a_merge_is_undone_after_a_warning(staff: Browser, door: FrontDoor, clock: FixedClock) -> None:
    older, newer = await a_pair(door, clock)
    await staff.send_form(f"/matches/{match_id(older, newer)}", answer="same")
    await let_follow(door)
    person: Person = await door.given["people"].get(older)
    undo = f"/people/{older}/merges/{person.ties[0].merge_id}"
    assert "not offered as duplicates again" in (await staff.get(undo)).text
    assert (await staff.send_form(undo)).status_code == 303
    await let_follow(door)
    assert (await door.given["people"].get(newer)).merged_into is None
    assert (await staff.get(undo)).status_code == 404


async def test_not_the_same_and_later_put_the_two_aside(staff: Browser, door: FrontDoor, clock: FixedClock) -> None:
    older, newer = await a_pair(door, clock)
    page = f"/matches/{match_id(older, newer)}"
    assert "Select whether they are the same person" in (await staff.send_form(page)).text
    await staff.send_form(page, answer="later")
    assert "Somebody has to find out first." in (await staff.get(page)).text
    await staff.send_form(page, answer="different")
    match = await door.given["matches"].get(match_id(older, newer))
    assert match.answer is Answer.DIFFERENT
    text = (await staff.get(page)).text
    assert "They are not the same person." in text
    assert "Testina Staff" in text


async def test_a_restricted_person_is_in_no_list_search_or_comparison_of_who_may_not_see_them(
    staff: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    older, newer = await a_pair(door, clock)
    match = match_id(older, newer)
    for hidden in (newer, older):
        await restricted(door, hidden, clock)
        assert match not in (await staff.get("/matches")).text
        assert (await staff.get(f"/matches/{match}")).status_code in (403, 404)
        assert (await staff.send_form(f"/matches/{match}", answer="different")).status_code in (403, 404)
    found = await staff.send_form("/people/search", name="Testa Example-Person")
    assert "Nobody is found whom you may see." in found.text
    assert (await door.given["matches"].get(match)).is_open


async def test_another_organisations_worker_finds_only_whom_theirs_may_hold(
    app: FastAPI, door: FrontDoor, clock: FixedClock
) -> None:
    held = await introduced(door, some_details(), new_id(), may_hold_details=["slam"])
    kept = await introduced(door, some_details(), new_id(), may_hold_details=["thames-reach"])
    async with browsing(app, "triage-worker", organisation="slam") as browser:
        text = (await browser.send_form("/people/search", name="Testa Example-Person")).text
    assert held.person_id in text
    assert kept.person_id not in text


async def test_search_finds_by_whatever_is_known_and_shows_the_surviving_record(
    staff: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    older, newer = await a_pair(door, clock)
    await staff.send_form(f"/matches/{match_id(older, newer)}", answer="same")
    await let_follow(door)
    born = {"date_of_birth-day": "28", "date_of_birth-month": "2", "date_of_birth-year": "1975"}
    for wanted in (
        {"nhs_number": "999 054 8609"},
        {"phone": "+44 7700 900123"},
        {"name": "Testa Exampel-Person"},
        born,
    ):
        text = (await staff.send_form("/people/search", **wanted)).text
        assert f"/people/{older}" in text, wanted
        assert f"/people/{newer}" not in text
    assert "Nobody is found" in (await staff.send_form("/people/search", name="Unreala Fiction")).text
    assert "Nobody is found" in (await staff.send_form("/people/search")).text


async def test_the_status_of_an_nhs_number_is_noted_with_a_reason(
    staff: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    older, newer = await a_pair(door, clock)
    page = f"/people/{newer}/nhs-number-status"
    assert "Select why you note it" in (await staff.send_form(page, status="01")).text
    assert (await staff.send_form(page, status="01", reason="traced")).status_code == 303
    text = (await staff.get(f"/people/{newer}")).text
    assert "Verified. It was traced." in text
    assert (await staff.send_form(page, status="07", reason="not-needed")).status_code == 409
    assert (
        await staff.send_form(f"/people/{older}/nhs-number-status", status="01", reason="traced")
    ).status_code == 409


async def test_staff_who_take_a_second_call_see_at_once_that_the_person_may_be_known(
    staff: Browser, door: FrontDoor
) -> None:
    said = {"danger": "no", "way_in": "phone", "source_code": "B1", "full_name": "Pretend 1a2b3c4d"}
    said |= {"phone": "07700 900123"}
    born = {"date_of_birth-day": "28", "date_of_birth-month": "2", "date_of_birth-year": "1975"}
    await staff.send_form("/introductions/new", **said, **born)
    second = await staff.send_form("/introductions/new", **said)
    assert "This may be somebody whom we know already." in (await staff.get(second.headers["location"])).text
