"""A file of introductions, from choosing it to its end, as staff go through it."""

import asyncio
from dataclasses import replace

import pytest

from alliance.kernel import FixedClock
from alliance.testing import as_staff
from alliance.testing.rooms import Browser
from intake.domain.imported import PART_ROWS
from intake.pages.import_words import told

from ..builders import FrontDoor
from ..files import a_file, parts_of, somebody, uploaded, worked_off
from ..following import let_follow, let_hear
from .records import received


@pytest.fixture(autouse=True)
def at_full_speed(door: FrontDoor) -> None:
    door.given["working_off"].rest = 0


async def test_a_file_is_checked_started_watched_and_finished(staff: Browser, door: FrontDoor) -> None:
    bad = somebody(3, way_in="pigeon", nhs_number="999 054 8600")
    place = await uploaded(staff, a_file(somebody(1), somebody(2, safety_concern="self-harm"), bad))
    assert not await door.states()
    text = (await staff.get(place)).text
    assert "1: these are left out" in text
    assert "passed over" not in text
    assert "nhs_number" in text
    assert "999 054 8600" not in text
    assert (await staff.send_form(f"{place}/start")).status_code == 303
    await worked_off(door)
    text = (await staff.get(place)).text
    assert "2 introductions are imported." in text
    assert "The file is deleted" in text
    queue = (await door.given["introductions"].page("queue")).items
    assert [bool(each.concerns) for each in queue] == [True, False]
    assert queue[0].way_in == "phone"


async def test_nothing_of_the_file_is_left_but_row_numbers_and_reasons(staff: Browser, door: FrontDoor) -> None:
    bad = somebody(2, date_of_birth="1975-02-30")
    place = await uploaded(staff, a_file(somebody(1, going_on="MARKED-STORY"), bad))
    await staff.send_form(f"{place}/start")
    await worked_off(door)
    left = str(await door.database.collection("import_parts").find_many({}))
    assert "MARKED-STORY" not in left
    assert "Testa" not in left
    assert "1975" not in left
    errors = (await staff.get(f"{place}/errors.csv")).text
    assert "3,date_of_birth," in errors


async def test_the_same_file_or_its_corrected_version_doubles_nothing(staff: Browser, door: FrontDoor) -> None:
    wrong, right = somebody(2, phone="no phone"), somebody(2)
    for token, second in (("first", wrong), ("again", wrong), ("corrected", right)):
        place = await uploaded(staff, a_file(somebody(1), second), token)
        await staff.send_form(f"{place}/start")
        await worked_off(door)
    assert len((await door.given["introductions"].page("queue")).items) == 2
    assert door.types_said().count("introduction-received.v1") == 2
    text = (await staff.get(place)).text
    assert "1: these are passed over, nothing is doubled" in text
    assert "1 row had been imported before." in text
    assert "Imported before,LW-" in (await staff.get(f"{place}/to-look-at.csv")).text


async def test_the_page_sent_twice_makes_one_import(staff: Browser, door: FrontDoor) -> None:
    content = a_file(somebody(1))
    assert await uploaded(staff, content) == await uploaded(staff, content)
    assert len(await parts_of(door)) == 1


async def test_an_import_is_cancelled_and_what_is_imported_stays(staff: Browser, door: FrontDoor) -> None:
    place = await uploaded(staff, a_file(*(somebody(number) for number in range(PART_ROWS + 30))))
    await staff.send_form(f"{place}/start")
    await door.given["working_off"].step()
    assert "cannot" not in (await staff.get(f"{place}/cancel")).text
    assert (await staff.send_form(f"{place}/cancel")).status_code == 303
    await worked_off(door)
    text = (await staff.get(place)).text
    assert f"{PART_ROWS} introductions are imported." in text
    assert "what is imported stays" in text
    assert all(not part.rows for part in await parts_of(door))
    assert (await staff.send_form(f"{place}/start")).status_code == 409


async def test_a_file_that_nobody_starts_is_deleted_after_a_day(
    staff: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    place = await uploaded(staff, a_file(somebody(1)))
    imports = door.given["imports"]
    clock.advance(hours=25)
    with as_staff():
        for id_ in await imports.due(clock.now()):
            await imports.change(id_, lambda found: found.on_due(clock.now()))
    await worked_off(door)
    found = await imports.get(place.rpartition("/")[2])
    assert "Nobody started it within a day" in told(found).sentences[0]
    assert [part.rows for part in await parts_of(door)] == [[]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is missing"),
        (b"PK\x03\x04rest", "This is not a CSV file"),
        (b"received_on;way_in;source_code;surename\n", "column 4"),
        (b"received_on,way_in,source_code\n", "no rows"),
        (b"x" * (9 * 1024 * 1024), "The file must be smaller than 8 MB"),
    ],
    ids=["empty", "workbook", "wrong heading", "no rows", "too large"],
)
async def test_a_file_that_cannot_be_read_is_told_why(staff: Browser, content: bytes, said: str) -> None:
    origin = {"Sec-Fetch-Site": "same-origin", "Origin": str(staff.base_url).rstrip("/")}
    files = {"file": ("made-up.csv", content or b" ", "text/csv")}
    answer = await staff.post("/imports/new", data={"form_token": "t"}, files=files, headers=origin)
    assert answer.status_code in (409, 422)
    assert said in answer.text


async def test_a_form_without_a_file_asks_for_one(staff: Browser) -> None:
    answer = await staff.send_form("/imports/new")
    assert answer.status_code == 422
    assert "Choose a file" in answer.text
    assert 'enctype="multipart/form-data"' in answer.text


async def test_anything_larger_is_turned_away_before_it_is_read(staff: Browser) -> None:
    answer = await staff.send_form("/imports/new", file="x" * (11 * 1024 * 1024))
    assert answer.status_code == 413
    assert "a smaller file" in answer.text
    assert (await staff.send_form("/introductions/new", going_on="x" * 100_000)).status_code == 413


async def test_the_template_can_be_filled_in_and_sent_back(staff: Browser, door: FrontDoor) -> None:
    file = (await staff.get("/imports/template.csv")).content
    headings = file.decode("utf-8-sig").splitlines()[0].split(",")
    row = a_file(somebody(1), headings=headings).splitlines()[1]
    place = await uploaded(staff, file.rstrip() + b"\r\n" + row + b"\r\n")
    assert "Can be imported" in (await staff.get(place)).text
    ((part,),) = [await parts_of(door)]
    assert [each.number for each in part.rows] == [3]


async def test_the_progress_is_a_part_of_the_page_that_keeps_itself_fresh(staff: Browser, door: FrontDoor) -> None:
    place = await uploaded(staff, a_file(*(somebody(number) for number in range(PART_ROWS + 20))))
    await staff.send_form(f"{place}/start")
    seen = await door.given["live"].seen("imports")
    await door.given["working_off"].step()
    assert await door.given["live"].seen("imports") != seen
    part = (await staff.get(f"{place}/rows")).text
    assert "<html" not in part
    assert f'<progress max="{PART_ROWS + 20}" value="{PART_ROWS}"' in part
    assert f"{PART_ROWS} of {PART_ROWS + 20} rows worked off." in part
    assert f"{place}/cancel" in part
    await worked_off(door)
    assert f"{place}/cancel" not in (await staff.get(f"{place}/rows")).text


async def test_rows_about_somebody_known_are_told_whether_by_this_file_or_from_before(
    staff: Browser, door: FrontDoor
) -> None:
    known = await received(door)
    again = somebody(1, full_name="Testa Example-Person", phone="07700 900999")
    place = await uploaded(staff, a_file(again, somebody(2), {**somebody(2), "received_on": "2026-10-02"}))
    await staff.send_form(f"{place}/start")
    await worked_off(door)
    await let_hear(door)
    assert "still to be compared with everybody known" in (await staff.get(place)).text
    seen = await door.given["live"].seen("imports")
    await let_follow(door)
    assert await door.given["live"].seen("imports") != seen, "the page hears when everybody has been compared"
    assert "Everybody has been compared." in (await staff.get(f"{place}/rows")).text
    file = (await staff.get(f"{place}/to-look-at.csv")).text
    assert known.person_id in file
    assert file.count("May be somebody known") == 3
    assert "Testa" not in file


async def test_two_processes_share_the_work_and_double_nothing(staff: Browser, door: FrontDoor) -> None:
    place = await uploaded(staff, a_file(*(somebody(number) for number in range(PART_ROWS + 20))))
    await staff.send_form(f"{place}/start")
    one, other = door.given["working_off"], replace(door.given["working_off"], holder="the-other-one")
    assert tuple(await asyncio.gather(one.step(), other.step())) == (True, False)
    await worked_off(door)
    assert door.types_said().count("introduction-received.v1") == PART_ROWS + 20


async def test_a_file_is_chosen_by_the_browsers_own_button(staff: Browser) -> None:
    page = (await staff.get("/imports/new")).text
    assert 'type="file"' in page
    assert 'data-module="nhsuk-file-upload"' not in page, "the script's button is not named by the words it shows"
