"""What can be read of a file of introductions, and how each mistake is told."""

import csv
from pathlib import Path

import pytest

from intake.api.import_file import MOST_ROWS, check_file
from intake.domain.refusals import FileUnreadable

from ..files import GOOD, a_file, keys, somebody

with (Path(__file__).parent / "file_rows.csv").open(newline="") as _file:
    TABLE = list(csv.DictReader(_file))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['sentence']} [{row['cell']}]")
async def test_a_cell_is_read_or_told_why_not(row: dict[str, str]) -> None:
    checked = await check_file(a_file({**GOOD, row["column"]: row["cell"]}), keys())
    assert len(checked.rows) == (row["reads"] == "yes"), checked.troubles
    for trouble in checked.troubles:
        assert (trouble.row, trouble.column) == (2, row["column"])
        assert row["why"] in trouble.why
        assert row["cell"] not in trouble.why or not row["cell"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
async def test_what_spreadsheets_write_is_read(encoding: str, delimiter: str) -> None:
    text = a_file(somebody(1, full_name="Zoë Exämple–Person"), delimiter=delimiter).decode()
    checked = await check_file(text.encode(encoding), keys())
    assert checked.rows[0].details.full_name == "Zoë Exämple–Person"


async def test_every_mistake_of_a_row_is_told_and_the_rows_count_as_in_a_spreadsheet() -> None:
    content = a_file(somebody(1, going_on="two\nlines"), {}, somebody(2, way_in="x", phone="y"), somebody(3))
    checked = await check_file(content, keys())
    assert [row.number for row in checked.rows] == [2, 5]
    assert {(trouble.row, trouble.column) for trouble in checked.troubles} == {(4, "way_in"), (4, "phone")}
    assert checked.bad == 1


async def test_headings_may_be_written_as_people_write_them() -> None:
    content = b"Received on,WAY-IN,Source code\n2026-10-01,phone,B1\n"
    assert len((await check_file(content, keys())).rows) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"way_in,source_code\nphone,B1\n", "“received_on” is missing"),
        (b"received_on,way_in,source_code,way_in\n", "“way_in” is there twice"),
        (b"received_on,way_in,source_code,surname\n", "column 4"),
        (b"received_on,way_in,source_code,fullname\n", "is it “full_name”"),
        (b"2026-10-01,phone,B1,Testa Example\n", "column 4"),
        (b"\xff\xfer\x00", "not a CSV file"),
        (b"received_on,way_in,source_code\n\x81\x8d\n", "cannot be read"),
    ],
)
async def test_a_file_that_is_wrong_as_a_whole_is_told_how(content: bytes, why: str) -> None:
    with pytest.raises(FileUnreadable, match=why) as refused:
        await check_file(content, keys())
    assert "Testa" not in str(refused.value)


async def test_more_rows_than_one_import_takes_are_refused() -> None:
    content = a_file(GOOD) + b"2026-10-01,phone,B1\n" * MOST_ROWS
    with pytest.raises(FileUnreadable, match="10,000 rows"):
        await check_file(content, keys())


async def test_a_row_with_more_cells_than_headings_is_not_guessed_at() -> None:
    checked = await check_file(b"received_on,way_in,source_code\n2026-10-01,phone,B1,Testa\n", keys())
    assert "more cells" in checked.troubles[0].why


async def test_the_same_introduction_twice_in_a_file_is_told() -> None:
    checked = await check_file(a_file(somebody(1), somebody(1, going_on="more")), keys())
    assert [row.number for row in checked.rows] == [2]
    assert "the same introduction as row 2" in checked.troubles[0].why


async def test_people_who_gave_no_name_stay_several() -> None:
    checked = await check_file(a_file(GOOD, GOOD, {**GOOD, "way_in": "walk-in"}), keys())
    assert len({row.introduction_id for row in checked.rows}) == 3


async def test_a_file_read_again_has_the_same_ids_and_a_correction_of_what_is_told_keeps_them() -> None:
    first = await check_file(a_file(somebody(1), somebody(2, reference="R-7"), GOOD), keys())
    again = await check_file(a_file(somebody(1), somebody(2, reference="R-7"), GOOD), keys())
    better = await check_file(
        a_file(
            somebody(1, received_on="01/10/2026", phone="07700900123", going_on="more"),
            somebody(2, reference="R-7", full_name="Testa Corrected"),
        ),
        keys(),
    )
    ids = [row.introduction_id for row in first.rows]
    assert ids == [row.introduction_id for row in again.rows]
    assert ids[:2] == [row.introduction_id for row in better.rows]


async def test_nobody_without_the_secret_can_tell_from_an_id_who_it_was() -> None:
    from intake.application.row_keys import RowKeys

    content = a_file(somebody(1))
    ours, theirs = await check_file(content, keys()), await check_file(content, RowKeys(b"a guess"))
    assert ours.rows[0].introduction_id != theirs.rows[0].introduction_id
