"""Reads a file of introductions: what can be imported, and for every other row which column is wrong, and why."""

import asyncio
import csv
import difflib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from alliance.web.complaints import complaints
from intake.api.import_columns import COLUMNS, NEEDED, RowCells
from intake.application.row_keys import RowKeys
from intake.domain.imported import Row, Trouble
from intake.domain.refusals import FileUnreadable

MOST_ROWS = 10_000
MOST_BYTES = 8 * 1024 * 1024
AT_ONCE = 20
"""Rows read before others have their turn: pages go on meanwhile."""


@dataclass(frozen=True)
class CheckedFile:
    rows: list[Row] = field(default_factory=list, repr=False)
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def bad(self) -> int:
        return len({trouble.row for trouble in self.troubles})


async def check_file(content: bytes, keys: RowKeys) -> CheckedFile:
    """Raises `FileUnreadable` for what is wrong with the file as a whole."""
    records = _records(content)
    headings = _headings(next(records, []))
    checked = CheckedFile()
    for number, cells in enumerate(records, 2):
        if number - 1 > MOST_ROWS:
            raise FileUnreadable(f"The file has more than {MOST_ROWS:,} rows. Split it into several files.")
        if any(cell.strip() for cell in cells):
            _check_row(number, headings, cells, keys, checked)
        if number % AT_ONCE == 0:
            await asyncio.sleep(0)
    if not checked.rows and not checked.troubles:
        raise FileUnreadable("The file has headings but no rows.")
    return checked


def template() -> str:
    """A file to fill in: the headings, and what each column is for. Rows that begin with # are passed over."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerow(f"# {text}" for text in COLUMNS.values())
    return "\ufeff" + file.getvalue()


def _check_row(number: int, headings: Sequence[str], cells: Sequence[str], keys: RowKeys, checked: CheckedFile) -> None:
    if cells[0].startswith("#"):
        return
    if any(cell.strip() for cell in cells[len(headings) :]):
        checked.troubles.append(Trouble(row=number, column="", why="This row has more cells than there are headings."))
        return
    told = {name: _cleaned(cell) for name, cell in zip(headings, cells, strict=False)}
    try:
        read = RowCells.read(told)
    except ValidationError as error:
        errors = [{**each, "loc": ("row", *each["loc"])} for each in error.errors()]
        found = {problem.field.partition(".")[0]: problem.why for problem in complaints(errors)}
        checked.troubles.extend(Trouble(row=number, column=column, why=why) for column, why in found.items())
        return
    id_, earlier = keys.of({**told, **read.plain()}, number)
    if earlier is not None:
        why = f"This is the same introduction as row {earlier}."
        checked.troubles.append(Trouble(row=number, column="", why=why))
        return
    checked.rows.append(
        Row(
            number=number,
            introduction_id=id_,
            received_at=read.received_on,
            way_in=read.way_in,
            source_code=read.source_code,
            details=read.details(),
            story=read.story(),
            help_areas=read.help_areas,
            danger=read.safety_concern,
            keep_out=read.keep_out,
        )
    )


def _records(content: bytes) -> Iterator[list[str]]:
    text = _text(content)
    first = text.partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise FileUnreadable("The file cannot be read as CSV. Save it again as CSV, with quotes around text.") from None


def _text(content: bytes) -> str:
    """UTF-8 with or without its mark, else what spreadsheets on Windows write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04")) or b"\x00" in content:
        raise FileUnreadable("This is not a CSV file. In your spreadsheet choose “Save as”, then “CSV UTF-8”.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable("The file has characters that cannot be read. Save it as “CSV UTF-8”.")


def _headings(cells: Sequence[str]) -> list[str]:
    found = ["_".join(cell.strip().casefold().replace("-", " ").replace("_", " ").split()) for cell in cells]
    while found and not found[-1]:
        found.pop()
    wrong = [_unknown(name, place) for place, name in enumerate(found, 1) if name not in COLUMNS]
    wrong += [f"The column “{name}” is there twice." for name in COLUMNS if found.count(name) > 1]
    wrong += [f"The column “{name}” is missing." for name in NEEDED if name not in found]
    if wrong:
        raise FileUnreadable(" ".join(wrong[:5]) + (" And there is more like this." if len(wrong) > 5 else ""))
    return found


def _unknown(name: str, place: int) -> str:
    """By its place: where the headings are missing, the first row is about somebody, and is not repeated."""
    near = difflib.get_close_matches(name, COLUMNS, n=1)
    return f"The heading of column {place} is not in the template" + (f": is it “{near[0]}”?" if near else ".")


def _cleaned(cell: str) -> str:
    """Without the apostrophe that keeps spreadsheets from running text as a formula: our own files have it."""
    text = cell.strip().replace("\r\n", "\n").replace("\r", "\n")
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text
