"""Lists: links that keep filters and order, pages by `after`, files that no spreadsheet runs."""

import csv
import io
import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from alliance.web.pages.listing import Cell, Choice, Column, Filters, Listing, Row, csv_of, harmless
from alliance.web.pages.templating import environment

COLUMNS = [Column("name", "Name", sortable=True), Column("days", "Days waiting", numeric=True, sortable=True)]
ROWS: list[Row] = [[Cell("Tess & Co", href="/cases/1", visually_hidden="open case"), 1200], [Cell("Ann", tag="red"), 3]]
WHOSE = Choice("whose", "Whose cases", [("", "Everybody's"), ("mine", "Mine")], "mine")


def shown(listing: Listing) -> str:
    page = environment().from_string('{% from "alliance/listing.html" import listing %}{{ listing(l) }}')
    return page.render(l=listing)


async def read(answer: object) -> str:
    return "".join([str(part) async for part in answer.body_iterator])  # type: ignore[attr-defined]


async def sheet(listing: Listing, rows: AsyncIterator[Row] | None = None) -> list[list[str]]:
    text = await read(csv_of(listing, "cases", rows))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_list_is_a_table_with_a_caption_and_headers_both_ways() -> None:
    page = shown(Listing("Waiting", COLUMNS, ROWS))
    assert "<caption" in page
    assert page.count('scope="col"') == 2
    assert page.count('scope="row"') == 2
    assert '<a class="nhsuk-link" href="/cases/1">Tess &amp; Co<span class="nhsuk-u-visually-hidden"> open case' in page
    assert "nhsuk-tag--red" in page
    assert "1,200" in page


def test_what_people_wrote_is_shown_as_they_wrote_it() -> None:
    page = shown(Listing("Waiting", COLUMNS, [["<script>x</script>", 1], [Cell("<b>", tag="red"), 2]]))
    assert "<script>" not in page
    assert "<b>" not in page
    assert page.count("&lt;script&gt;x&lt;/script&gt;") == 1


@pytest.mark.parametrize(
    ("sort", "said", "link"),
    [
        (None, None, "?whose=mine&amp;sort=days"),
        ("days", "ascending", "?whose=mine&amp;sort=-days"),
        ("-days", "descending", "?whose=mine&amp;sort=days"),
    ],
)
def test_a_heading_sorts_and_says_how_it_is_sorted(sort: str | None, said: str | None, link: str) -> None:
    page = shown(Listing("Waiting", COLUMNS, ROWS, filters=Filters([WHOSE]), sort=sort))
    assert f'href="{link}"' in page
    assert page.count("aria-sort") == (1 if said else 0)
    if said:
        assert f'aria-sort="{said}"' in page


def test_a_heading_that_cannot_be_sorted_by_is_no_link() -> None:
    assert "?sort=" not in shown(Listing("Waiting", [Column("a", "A"), Column("b", "B")], [["1", "2"]]))


def test_the_next_page_begins_after_this_one_and_keeps_filters_and_order() -> None:
    listing = Listing("Waiting", COLUMNS, ROWS, next="a/b=", filters=Filters([WHOSE]), sort="-days", csv="/cases.csv")
    assert listing.next_page == "?whose=mine&sort=-days&after=a%2Fb%3D"
    assert listing.file == "/cases.csv?whose=mine&sort=-days"
    page = shown(listing)
    assert 'aria-label="Pages of Waiting"' in page
    assert 'rel="next"' in page
    assert 'rel="prev"' not in page


def test_a_later_page_leads_back_to_the_first() -> None:
    listing = Listing("Waiting", COLUMNS, ROWS, after="x", sort="days")
    assert listing.first_page == "?sort=days"
    assert 'rel="prev"' in shown(listing)


def test_a_single_page_has_no_pages_to_go_to() -> None:
    assert "nhsuk-pagination" not in shown(Listing("Waiting", COLUMNS, ROWS))


def test_the_filters_remember_what_was_chosen_and_can_be_cleared() -> None:
    page = shown(Listing("Waiting", COLUMNS, ROWS, filters=Filters([WHOSE]), sort="days"))
    assert '<option value="mine" selected>Mine</option>' in page
    assert '<input type="hidden" name="sort" value="days">' in page
    assert '<a class="nhsuk-link" href="?sort=days">Clear</a>' in page
    assert "Clear" not in shown(Listing("W", COLUMNS, ROWS, filters=Filters([Choice("a", "A", [("", "All")])])))


def test_an_empty_list_says_so_in_a_sentence() -> None:
    page = shown(Listing("Waiting", COLUMNS, [], empty="Nobody is waiting.", csv="/cases.csv"))
    assert "Nobody is waiting." in page
    assert "<table" not in page
    assert "CSV" not in page


def test_many_filters_fold_and_are_open_where_one_is_chosen() -> None:
    many = [Choice(name, name.upper(), [("", "All"), ("x", "X")]) for name in "abcd"]
    assert "<details" not in shown(Listing("Waiting", COLUMNS, ROWS, filters=Filters(many[:3])))
    folded = shown(Listing("Waiting", COLUMNS, ROWS, filters=Filters(many)))
    assert '<details class="nhsuk-details alliance-fold">' in folded
    assert "Filter this list" in folded
    chosen = [*many[:3], Choice("d", "D", [("", "All"), ("x", "X")], "x")]
    assert '<details class="nhsuk-details alliance-fold" open>' in shown(
        Listing("Waiting", COLUMNS, ROWS, filters=Filters(chosen))
    )


def test_a_list_that_the_filters_emptied_says_that() -> None:
    page = shown(Listing("Waiting", COLUMNS, [], empty="Nobody is waiting.", filters=Filters([WHOSE])))
    assert "Nothing matches what you chose." in page
    assert "Nobody is waiting." not in page


async def test_the_file_has_what_the_page_has() -> None:
    assert await sheet(Listing("Waiting", COLUMNS, ROWS)) == [
        ["Name", "Days waiting"],
        ["Tess & Co", "1200"],
        ["Ann", "3"],
    ]


async def test_the_file_has_numbers_and_dates_where_the_page_has_words() -> None:
    at = datetime(2026, 11, 22, 14, 40, tzinfo=UTC)
    row = [Cell("£1,200.50", value=Decimal("1200.50")), Cell("today", value=at), Cell("-", value=date(2026, 11, 22))]
    found = await sheet(Listing("Budget", [Column(key, key) for key in "abc"], [row]))
    assert found[1] == ["1200.50", "2026-11-22T14:40:00+00:00", "2026-11-22"]


async def test_a_file_may_hold_more_than_a_page() -> None:
    async def all_of_them() -> AsyncIterator[Row]:
        for number in range(500):
            yield [f"person {number}", number]

    assert len(await sheet(Listing("Waiting", COLUMNS, []), all_of_them())) == 501


@pytest.mark.parametrize(
    ("filename", "sent"),
    [
        ("cases", "cases.csv"),
        ("Wait times.csv", "wait-times.csv"),
        ('x"; y=../../etc\r\n', "x-y-etc.csv"),
        ("…", "list.csv"),
    ],
)
def test_a_file_is_saved_under_a_plain_name(filename: str, sent: str) -> None:
    answer = csv_of(Listing("Waiting", COLUMNS, []), filename)
    assert answer.headers["content-disposition"] == f'attachment; filename="{sent}"'
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+447700900123", "'+447700900123"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("-", "'-"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("1=1", "1=1"),
        (-5, "-5"),
        (Decimal("-0.5"), "-0.5"),
        ("O'Brien", "O'Brien"),
        (None, ""),
        ("", ""),
    ],
)
def test_no_spreadsheet_runs_what_somebody_typed(value: str | int | Decimal | None, written: str) -> None:
    assert harmless(value) == written


async def test_separators_and_lines_in_a_text_stay_in_their_cell() -> None:
    found = await sheet(Listing("Waiting", COLUMNS, [['He said "no", then\nleft', 1]]))
    assert found[1][0] == 'He said "no", then\nleft'


def by_the_nhs(listing: Listing) -> str:
    """The same table as the macro of the NHS design system writes it."""
    page = environment().from_string(
        """{% from "nhsuk/components/tables/macro.jinja" import table %}
{% from "nhsuk/components/tag/macro.jinja" import tag %}
{% set head = [] %}{% for column in l.columns %}
{% set heading = {"text": column.heading, "format": "numeric" if column.numeric else undefined} %}
{% if column.sortable %}
{{ heading.update({"href": l.sorted_by(column), "sort": l.direction(column)}) or "" }}{% endif %}
{{ head.append(heading) or "" }}{% endfor %}
{% set rows = [] %}{% for cells in l.cells %}{% set row = [] %}{% for cell in cells %}{{ row.append({
"text": cell.shown if not cell.tag else undefined,
"html": tag({"text": cell.shown, "colour": cell.tag}) if cell.tag else undefined,
"href": cell.href, "visuallyHiddenText": cell.visually_hidden}) or "" }}{% endfor %}
{{ rows.append(row) or "" }}{% endfor %}
{{ table({"caption": {"text": l.caption, "size": "m", "classes": "nhsuk-u-visually-hidden" if l.caption_hidden else ""},
"responsive": true, "firstCellIsHeader": true, "head": head, "rows": rows}) }}"""
    )
    return page.render(l=listing)


def plain(page: str) -> str:
    table = page[page.index("<table") : page.index("</table>")]
    return re.sub(r"\s+", " ", re.sub(r"\s*([<>])\s*", r"\1", table)).replace(' data-sort="true"', " data-sort")


@pytest.mark.parametrize("sort", [None, "days", "-days"])
@pytest.mark.parametrize("hidden", [True, False])
def test_the_table_is_written_as_the_nhs_macro_writes_it(sort: str | None, hidden: bool) -> None:
    columns = [Column("who", "Who"), Column("days", "Days", numeric=True, sortable=True), Column("state", "State")]
    rows: list[Row] = [
        (Cell("Case 1", href="/cases/1", visually_hidden="of <Tess>"), 1200, Cell("Urgent", tag="red")),
        (Cell("Case 2", href="/cases/2?a=1&b=2"), 3, Cell("Open", href="/open", tag="blue")),
        ("Case <3>", None, "Closed"),
    ]
    listing = Listing("Waiting & more", columns, rows, sort=sort, caption_hidden=hidden)
    assert plain(shown(listing)) == plain(by_the_nhs(listing))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("LW-7K3M-92", True),
        ("470bacf1", True),
        ("Testa Example-Person", False),
        ("Example-Person", False),
        ("470bacf1-8807-5cfb-a46e-a38687d634b6", False),
    ],
)
def test_a_reference_is_not_broken_at_a_hyphen_and_a_name_or_a_long_id_may_be(text: str, whole: bool) -> None:
    page = shown(Listing("Made up", COLUMNS, [[Cell(text, href="/a"), 1]]))
    assert ('class="nhsuk-link alliance-whole"' in page) is whole
