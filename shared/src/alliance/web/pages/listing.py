"""Lists as pages show them: columns, rows, filters, an order, the next page, and the same as a CSV file."""

import csv
import io
import re
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from starlette.responses import StreamingResponse

Number = int | float | Decimal
Value = str | Number | date | datetime | None


@dataclass(frozen=True)
class Column:
    key: str
    heading: str
    numeric: bool = False
    sortable: bool = False


REFERENCE = re.compile(r"(?=.*\d)[A-Z0-9a-f-]{4,16}")
"""`LW-7K3M-92`, or the beginning of an id."""


@dataclass(frozen=True)
class Cell:
    text: str | Number | None
    href: str | None = None
    tag: str | None = None
    """A colour of the NHS tags: the text is shown as a tag."""
    visually_hidden: str | None = None
    """Goes on after the text for those who hear the page: "View" + "the case of Tess"."""
    lang: str | None = None
    """The language of the text where it is not the page's own (WCAG 3.1.2)."""
    value: Value = None
    """What the CSV file has where the text is made for reading: pounds, an instant."""

    @property
    def shown(self) -> str:
        return "" if self.text is None else f"{self.text:,}" if isinstance(self.text, Number) else self.text

    @property
    def whole(self) -> bool:
        """Whether it is a reference, which is never broken at a hyphen."""
        return REFERENCE.fullmatch(self.shown) is not None


Row = Sequence[Cell | str | Number | None]


@dataclass(frozen=True)
class Choice:
    """One filter: a question with a few answers. Never words about a person: they would end up in the address."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    """(value, words), the first being for all: `("", "Everybody")`."""
    value: str = ""


@dataclass(frozen=True)
class Filters:
    choices: Sequence[Choice]
    submit: str = "Show"

    @property
    def chosen(self) -> list[tuple[str, str]]:
        return [(each.name, each.value) for each in self.choices if each.value]


@dataclass(frozen=True)
class Listing:
    """What `listing(…)` of `alliance/listing.html` shows. The first cell of a row is its header."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    next: str | None = None
    """The `after` of the next page."""
    filters: Filters | None = None
    sort: str | None = None
    """Key of the column it is sorted by, with `-` before it for descending: as in the address."""
    empty: str = "There is nothing here."
    csv: str | None = None
    """Address of the same list as a file; filters and order are added."""
    after: str | None = None
    """Where this page began; it then links to the first one."""
    caption_hidden: bool = False
    """Where a heading just above says the same."""

    @property
    def cells(self) -> list[list[Cell]]:
        return [[each if isinstance(each, Cell) else Cell(each) for each in row] for row in self.rows]

    @property
    def sortable(self) -> bool:
        return any(column.sortable for column in self.columns)

    @property
    def filtered(self) -> bool:
        return bool(self.filters and self.filters.chosen)

    def direction(self, column: Column) -> str:
        """As `aria-sort` says it."""
        if self.sort == column.key:
            return "ascending"
        return "descending" if self.sort == f"-{column.key}" else "none"

    def sorted_by(self, column: Column) -> str:
        """The same list by this column; a second time the other way round."""
        return self._address(sort=f"-{column.key}" if self.sort == column.key else column.key)

    @property
    def next_page(self) -> str | None:
        return self._address(sort=self.sort, after=self.next) if self.next else None

    @property
    def first_page(self) -> str | None:
        return self._address(sort=self.sort) if self.after else None

    @property
    def unfiltered(self) -> str:
        return "?" + urlencode([("sort", self.sort)] if self.sort else [])

    @property
    def file(self) -> str | None:
        query = self._address(sort=self.sort)
        return None if self.csv is None else self.csv + (query if query != "?" else "")

    def _address(self, **more: str | None) -> str:
        chosen = self.filters.chosen if self.filters else []
        return "?" + urlencode([*chosen, *((name, value) for name, value in more.items() if value)])


def csv_of(listing: Listing, filename: str, rows: AsyncIterable[Row] | None = None) -> StreamingResponse:
    """The list as a file for spreadsheets. `rows` where all pages are to be in it, not only this one."""
    name = re.sub(r"[^a-z0-9-]+", "-", filename.lower().removesuffix(".csv")).strip("-") or "list"
    return StreamingResponse(
        _lines(listing, rows),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}.csv"'},
    )


async def _lines(listing: Listing, rows: AsyncIterable[Row] | None) -> AsyncIterator[str]:
    """With a byte order mark: without it spreadsheets take UTF-8 for something else."""
    yield "\ufeff" + _line(column.heading for column in listing.columns)
    if rows is None:
        for row in listing.rows:
            yield _line(_value(each) for each in row)
    else:
        async for row in rows:
            yield _line(_value(each) for each in row)


def _line(values: Iterable[Value]) -> str:
    file = io.StringIO()
    csv.writer(file).writerow([harmless(value) for value in values])
    return file.getvalue()


def _value(cell: Cell | str | Number | None) -> Value:
    if not isinstance(cell, Cell):
        return cell
    return cell.text if cell.value is None else cell.value


_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: Value) -> str:
    """Text that no spreadsheet runs as a formula (OWASP: CSV injection); what is a number stays one."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = value if isinstance(value, str) else f"{value}"
    if not isinstance(value, str) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text.lstrip(" ").startswith(_DANGEROUS) else text
