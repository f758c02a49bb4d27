"""A chart is a picture, a sentence and a table that say the same, and holds nothing that a strict page refuses."""

import re
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

import pytest

from alliance.web.charts import Chart, bar_chart, control_chart, line_chart, plain
from alliance.web.drawing import Kind, round_ticks
from alliance.web.pages.templating import environment

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = [f"month {number}" for number in range(1, 21)]


@dataclass(frozen=True)
class Found:
    mean: float = 10
    lower: float = 4
    upper: float = 16


def drawing(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(str(chart.svg))


def shapes(chart: Chart, kind: str) -> int:
    return sum(kind in element.get("class", "").split() for element in drawing(chart).iter())


USUAL: list[Kind] = ["common"] * 19

ALL = {
    "line": line_chart(
        "Waits", MONTHS, {"SLaM": [float(n) for n in range(20)], "Certitude": [None] + [3.0] * 19}, target=6
    ),
    "bar": bar_chart("Homes", [("Lambeth & Sons", 3), ("Brixton", 12), ("None", 0)]),
    "control": control_chart("Conversations", MONTHS, [10.0] * 19 + [17.0], limits=Found(), kinds=[*USUAL, "concern"]),
    "run": control_chart("Conversations", MONTHS[:3], [1.0, 2.0, 3.0], limits=None),
}


@pytest.mark.parametrize("name", ALL)
def test_a_picture_has_a_name_and_says_what_its_sentence_says(name: str) -> None:
    chart = ALL[name]
    root = drawing(chart)
    named = root.get("aria-labelledby", "").split()
    texts = {element.get("id"): element.text for element in root}
    assert root.get("role") == "img"
    assert [texts[each] for each in named] == [chart.caption, chart.sentence]


@pytest.mark.parametrize("name", ALL)
def test_a_picture_holds_neither_style_nor_script(name: str) -> None:
    for element in drawing(ALL[name]).iter():
        assert element.tag.rpartition("}")[2] not in ("style", "script", "foreignObject", "a", "image")
        assert not {key for key in element.attrib if key == "style" or key.startswith("on") or "href" in key}


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_drawn_outside_the_paper(name: str) -> None:
    root = drawing(ALL[name])
    _, _, width, height = (float(each) for each in root.get("viewBox", "").split())
    for element in root.iter():
        for key, most in (("x", width), ("x1", width), ("x2", width), ("cx", width), ("y", height), ("cy", height)):
            assert 0 <= float(element.get(key, "0")) <= most


def test_two_charts_of_a_page_have_different_ids() -> None:
    first, second = ALL["control"], ALL["run"]
    assert drawing(first).get("aria-labelledby") != drawing(second).get("aria-labelledby")


def test_what_people_called_something_is_escaped() -> None:
    chart = bar_chart('<script>alert("1")</script>', [("<b>bold</b>", 1)])
    assert "<script>" not in chart.svg
    assert "<b>" not in chart.svg
    assert "&lt;b&gt;" in chart.svg


def test_a_line_is_broken_where_a_value_is_missing() -> None:
    chart = line_chart("Waits", MONTHS[:4], {"Days": [1.0, None, 3.0, 4.0]})
    (line,) = [element for element in drawing(chart).iter() if element.get("class") == "line series-1"]
    assert re.findall(r"[ML]", line.get("d", "")) == ["M", "M", "L"]
    assert chart.rows[1] == ("month 2", "")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([1.0, 2.0], "Up from 1 in month 1 to 2 in month 2."),
        ([2.0, 1.0], "Down from 2 in month 1 to 1 in month 2."),
        ([2.0, 2.0], "2 in month 1 and again in month 2."),
        ([None, 1500.0], "1,500 in month 2."),
        ([None, None], "There is nothing to show yet."),
    ],
)
def test_a_line_chart_says_where_it_went(values: list[float | None], sentence: str) -> None:
    assert line_chart("Waits", MONTHS[:2], {"Days": values}).sentence == sentence


def test_several_lines_are_each_said_where_they_went() -> None:
    chart = line_chart("Waits", MONTHS[:2], {"Urgent": [2.0, 1.0], "Routine": [None, None]})
    assert chart.sentence == "Urgent: down from 2 in month 1 to 1 in month 2. Routine: there is nothing to show yet."


def test_a_chart_of_nothing_says_so_and_draws_nothing() -> None:
    for chart in (line_chart("A", [], {"a": []}), bar_chart("B", []), control_chart("C", [], [], limits=None)):
        assert (chart.svg, chart.rows, chart.sentence) == ("", (), "There is nothing to show yet.")


def test_where_no_bar_would_be_seen_there_is_a_sentence_and_a_table_and_no_picture() -> None:
    chart = bar_chart("Declined", [("By the person", 0), ("By the provider", 0)])
    assert (chart.svg, chart.sentence) == ("", "All 2 are 0.")
    assert chart.rows == (("By the person", "0"), ("By the provider", "0"))


def test_labels_and_values_go_together() -> None:
    with pytest.raises(ValueError, match="one value"):
        line_chart("Waits", MONTHS, {"Days": [1.0]})
    with pytest.raises(ValueError, match="one to four"):
        line_chart("Waits", [], {str(number): [] for number in range(5)})


def test_the_points_of_a_control_chart_have_shapes_for_what_they_mean() -> None:
    kinds = ["common"] * 17 + ["improvement", "concern", "neither"]
    chart = control_chart("Waits", MONTHS, [10.0] * 20, limits=Found(), kinds=kinds)  # type: ignore[arg-type]
    assert [shapes(chart, kind) for kind in ("common", "improvement", "concern", "neither")] == [17, 1, 1, 1]
    assert [row[2] for row in chart.rows[-3:]] == ["Improvement", "Concern", "Change, neither good nor bad"]
    assert [each.text for each in chart.key][:2] == ["Usual variation", "Improvement"]


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([], "Usual variation lies between 4 and 16; no point is a signal of change."),
        (
            ["common"] * 19 + ["concern"],
            "Usual variation lies between 4 and 16; 1 of 20 points is more than that. "
            "The latest point, month 20, is a concern.",
        ),
        (
            ["improvement"] * 2 + ["common"] * 18,
            "Usual variation lies between 4 and 16; 2 of 20 points are more than that, the last of them in month 2.",
        ),
    ],
)
def test_a_control_chart_says_what_it_shows(kinds: list[str], sentence: str) -> None:
    chart = control_chart("Waits", MONTHS, [10.0] * 20, limits=Found(), kinds=kinds)  # type: ignore[arg-type]
    assert chart.sentence == sentence


def test_without_limits_it_is_a_run_chart_and_says_so() -> None:
    chart = ALL["run"]
    assert chart.sentence == "This is a run chart: limits of usual variation need 15 points, and there are 3."
    assert (shapes(chart, "limit"), shapes(chart, "mean"), chart.key) == (0, 0, ())
    assert chart.headings == ("Month", "Number")


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (3, 20, (0, 5, 10, 15, 20)),
        (-3.06, 10, (-5, 0, 5, 10)),
        (96, 99, (96, 97, 98, 99)),
        (0, 0, (0, 1)),
        (7, 7, (0, 2, 4, 6, 8)),
        (0, 2, (0, 1, 2)),
        (0.2, 0.9, (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        (-4, -1, (-4, -3, -2, -1, 0)),
        (1_000_000, 4_500_000, (0, 1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000)),
    ],
)
def test_the_axis_has_round_numbers_that_hold_everything(low: float, high: float, ticks: tuple[float, ...]) -> None:
    assert round_ticks(low, high) == ticks


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (-0.01, "0"), (1234, "1,234"), (-3.06, "−3.1"), (12.5, "12.5"), (12.0, "12")]
)
def test_numbers_are_written_plainly(value: float, text: str) -> None:
    assert plain(value) == text


@pytest.mark.parametrize("name", ALL)
def test_the_page_has_the_table_and_the_sentence_beside_the_picture(name: str) -> None:
    made = environment().from_string('{% from "alliance/charts.html" import chart %}{{ chart(c) }}').render(c=ALL[name])
    text = re.sub(r"<svg.*?</svg>", "", made, flags=re.DOTALL)
    assert str(ALL[name].svg) in made
    assert made.count(' scope="row"') == len(ALL[name].rows)
    for words in (*ALL[name].headings, *(cell for row in ALL[name].rows for cell in row)):
        assert words.replace("&", "&amp;") in text


DAYS = [date(2026, 1, 1), date(2026, 1, 11), date(2026, 4, 11)]


def over_time(days: list[date]) -> ElementTree.Element:
    labels = [f"day {day}" for day in days]
    return drawing(line_chart("PHQ-9", labels, {"PHQ-9": [float(n) for n in range(len(days))]}, days=days))


def test_points_lie_as_far_apart_as_their_days() -> None:
    points = [float(each.get("cx", "")) for each in over_time(DAYS).iter("circle")]
    assert (points[2] - points[1]) / (points[1] - points[0]) == pytest.approx(9, rel=0.02)


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (date(2026, 1, 1), ["1 Jan 2026"]),
        (date(2026, 1, 2), ["1 Jan 2026", "2 Jan 2026"]),
        (date(2026, 4, 11), ["1 Jan 2026", "26 Jan 2026", "20 Feb 2026", "17 Mar 2026", "11 Apr 2026"]),
    ],
)
def test_an_axis_of_time_names_a_few_days_equally_far_apart(last: date, said: list[str]) -> None:
    texts = over_time([date(2026, 1, 1), last]).iter("text")
    assert [each.text for each in texts if "2026" in (each.text or "")] == said


@pytest.mark.parametrize("width", [10, 14])
def test_no_label_comes_to_the_edge_of_the_paper(width: int) -> None:
    """Whether a letter is drawn for a desk or for a phone."""
    for root in (over_time(DAYS), over_time(DAYS[:2]), *(drawing(ALL[name]) for name in ("line", "control", "run"))):
        for each in root.iter("text"):
            x, long = float(each.get("x", "")), width * len(each.text or "")
            start = x - {"end": long, "middle": long / 2}.get(each.get("class", "").split()[1], 0)
            assert start >= 8, each.text
            assert start + long <= 712, each.text
