"""The smaller parts of pages: timelines, tasks, summaries, boards, print, the way out."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from alliance.web.pages.templating import environment
from alliance.web.pages.timeline import Moment

MORNING = Moment(datetime(2026, 7, 1, 8, 5, tzinfo=UTC), "Case opened", "Ann Worker")
EVENING = Moment(
    datetime(2026, 7, 1, 19, 0, tzinfo=UTC), "Moved in", detail="First line\n<b>second</b>", tag="Corrected", href="/x"
)


def shown(template: str, **context: Any) -> str:
    return environment().from_string(template).render(**context)


def timeline(*moments: Moment) -> str:
    return shown('{% from "alliance/timeline.html" import timeline %}{{ timeline(m) }}', m=list(moments))


def test_a_timeline_tells_the_newest_first_in_london_time() -> None:
    page = timeline(MORNING, EVENING)
    assert page.index("Moved in") < page.index("Case opened")
    assert re.findall(r'datetime="([^"]+)">([^<]+)<', page) == [
        ("2026-07-01T19:00:00+00:00", "1 July 2026 at 8:00pm"),
        ("2026-07-01T08:05:00+00:00", "1 July 2026 at 9:05am"),
    ]
    assert page.count("<li") == 2
    assert "<ol" in page


def test_a_timeline_says_who_where_somebody_did_it() -> None:
    assert "1 July 2026 at 9:05am</time>, Ann Worker" in timeline(MORNING)
    assert "</time></p>" in timeline(EVENING)


def test_a_timeline_shows_what_was_written_and_runs_none_of_it() -> None:
    page = timeline(EVENING)
    assert "First line\n&lt;b&gt;second&lt;/b&gt;" in page
    assert "Corrected" in page
    assert '<a class="nhsuk-link" href="/x">Moved in</a>' in page


def test_an_empty_timeline_says_so() -> None:
    assert "Nothing has happened yet." in timeline()


def test_a_task_that_cannot_start_yet_has_no_link() -> None:
    items = [
        {"text": "Talk", "href": "/talk", "status": "completed"},
        {"text": "Plan", "href": "/plan", "status": "incomplete", "hint": "Takes an hour"},
        {"text": "Move", "href": "/move", "status": "cannot-start"},
        {"text": "Pay", "href": "/pay", "status": "problem"},
    ]
    page = shown('{% from "alliance/tasks.html" import tasks %}{{ tasks(items) }}', items=items)
    assert re.findall(r'href="([^"]+)"', page) == ["/talk", "/plan", "/pay"]
    assert re.findall(r"nhsuk-tag--(\w+)", page) == ["blue", "red"]
    for words in ("Completed", "Incomplete", "Cannot start yet", "There is a problem", "Takes an hour"):
        assert words in page


def test_a_summary_says_what_is_not_known_and_where_to_change_what_is() -> None:
    rows = [
        ("Name", "Tess <x>", "/name"),
        ("Phone", ""),
        ("Needs", ["Money", "Sleep"]),
        ("Age", 0),
        ("Notes", None),
        ("Story", "One.\n\nTwo."),
    ]
    page = shown('{% from "alliance/tasks.html" import summary %}{{ summary(rows, "Details") }}', rows=rows)
    assert page.count("Not provided") == 2
    assert "Tess &lt;x&gt;" in page
    assert re.search(r'href="/name">\s*Change<span class="nhsuk-u-visually-hidden"> name', page)
    assert '<p class="nhsuk-body">Money</p><p class="nhsuk-body">Sleep</p>' in page
    assert '<p class="nhsuk-body">One.</p><p class="nhsuk-body">Two.</p>' in page
    assert page.count("<dd") == 7


def test_figures_and_boards_say_what_they_count() -> None:
    page = shown(
        '{% from "alliance/board.html" import figures, board, meter %}'
        "{{ figures(f) }}{{ board(b) }}{{ meter(3, 2, '3 of 2 beds') }}",
        f=[{"number": 3, "label": "Waiting", "href": "/w", "concern": True}],
        b=[
            {"heading": "New", "cards": [{"text": "<Tess>", "href": "/t", "lines": ["2 days"], "late": True}]},
            {"heading": "Done", "cards": [], "empty": "Nobody yet."},
        ],
    )
    assert "alliance-figure--concern" in page
    assert "&lt;Tess&gt;" in page
    assert "Nobody yet." in page
    assert 'width="100" height="12"/>\n</svg>' in page
    assert 'role="img" aria-label="3 of 2 beds"' in page


def test_the_way_out_is_a_link_that_needs_no_script() -> None:
    page = shown('{% from "alliance/exit.html" import exit_this_page %}{{ exit_this_page() }}')
    assert 'href="https://www.bbc.co.uk/weather"' in page
    assert "noreferrer" in page
    assert "data-exit" in page


@pytest.mark.parametrize(("viewer", "who"), [({"name": "Ann"}, " by Ann on 1 July"), (None, "Printed on 1 July")])
def test_paper_says_who_printed_it(viewer: dict[str, str] | None, who: str) -> None:
    page = shown(
        '{% from "alliance/print.html" import printed, print_button %}{{ printed(v, now) }}{{ print_button() }}',
        v=viewer,
        now=MORNING.at,
    )
    assert who in page
    assert "hidden" in page


@pytest.mark.parametrize("seen", [None, "a&b"])
def test_a_live_part_has_a_status_a_pause_and_a_way_without_script(seen: str | None) -> None:
    page = shown(
        '{% from "alliance/live.html" import live %}'
        '{% call live("/changes", "/rows", "queue", seen) %}<p>rows</p>{% endcall %}',
        seen=seen,
    )
    assert f'hx-sse:connect="/changes{"?seen=a%26b" if seen else ""}"' in page
    assert 'hx-get="/rows"' in page
    assert 'role="status"' in page
    assert "data-live-pause hidden" in page
    assert '<a class="nhsuk-link" href="" data-live-refresh>Refresh</a>' in page
    assert "aria-live" not in page
