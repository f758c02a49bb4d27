"""What a trend means, in one sentence, one word and one chart."""

from dataclasses import dataclass, replace

from alliance.web.charts import Chart, control_chart
from alliance.web.drawing import Kind
from reporting.application.trends import Trend, Value
from reporting.domain.control_chart import FEWEST_POINTS, Limits
from reporting.domain.figures import Unit
from reporting.domain.signals import Direction
from reporting.pages.sparkline import sparkline
from reporting.pages.words import in_unit, label, month_in_short, month_in_words, on_axis

COLOURS = {"improvement": "blue", "concern": "orange", "neither": "grey", "common": "grey", "early": "white"}
"""NHS England, Making Data Count: blue for improvement, orange for concern, grey for what is usual."""

_WORDS = {
    "improvement": "Improvement",
    "concern": "Concern",
    "neither": "Change",
    "common": "Usual variation",
    "early": "Too early to say",
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of the scorecard."""

    name: str
    title: str
    number: str
    month: str
    so_far: str | None
    tag: str
    colour: str
    sentence: str
    """All that can be said of it."""
    brief: str
    """The same without the value."""
    picture: str
    definition: str
    source: str


def told(trend: Trend) -> Told:
    number = in_unit(trend.score.unit)
    kind = kind_of(trend, trend.latest)
    return Told(
        name=trend.score.name,
        title=label(trend.score.name),
        number=number(trend.latest.value) if trend.latest else "–",
        month=f"in {month_in_words(trend.latest.month)}" if trend.latest else "Nothing yet",
        so_far=f"{number(trend.so_far[1])} so far in {month_in_words(trend.so_far[0])}" if trend.so_far else None,
        tag=_WORDS[kind],
        colour=COLOURS[kind],
        sentence=conclusion(trend),
        brief=_begun(_moved_and_means(trend)) if trend.latest else conclusion(trend),
        picture=sparkline([value.value for value in trend.values], kinds_of(trend), usual_of(trend)),
        definition=trend.score.definition,
        source=trend.score.source,
    )


def conclusion(trend: Trend) -> str:
    """`14 in October 2026, up from 12 the month before. That is usual variation: by itself it goes from 8 to 16.`"""
    latest = trend.latest
    if latest is None:
        return "Nothing was counted for this in a month that is over."
    number = in_unit(trend.score.unit)
    return f"{number(latest.value)} in {month_in_words(latest.month)}, {_moved_and_means(trend)}"


def _moved_and_means(trend: Trend) -> str:
    latest, before = trend.values[-1], trend.before
    if before is None:
        moved = "the first month that is over"
    elif latest.value == before.value:
        moved = "the same as the month before"
    else:
        way = "up" if latest.value > before.value else "down"
        moved = f"{way} from {in_unit(trend.score.unit)(before.value)} the month before"
    return f"{moved}. {_meaning(trend, latest)}{_against_target(trend, latest)}"


def _begun(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _meaning(trend: Trend, latest: Value) -> str:
    usual = usual_of(trend)
    if usual is None:
        final = sum(value.closed for value in trend.values)
        return f"What is usual can be said from {FEWEST_POINTS} final months on; there {_are(final)}."
    if usual.lower == usual.upper:
        return "It has been the same all the time."
    number = in_unit(trend.score.unit)
    span = f"{number(usual.lower)} to {number(usual.upper)}"
    if latest.departs is None:
        return f"That is usual variation: by itself it goes from {span}."
    since = month_in_words(since_when(trend).month)
    word = {"improvement": "an improvement", "concern": "a concern"}.get(kind_of(trend, latest), "a change")
    way = "Higher" if latest.departs is Direction.HIGH else "Lower"
    return f"{way} than usual since {since}, and not by chance: {word}. Usual is {span}."


def usual_of(trend: Trend) -> Limits | None:
    """The limits as they are shown: what is counted does not go below nothing, and no share above the whole."""
    usual, unit = trend.limits, trend.score.unit
    if usual is None or unit is Unit.PENCE:
        return usual
    upper = min(usual.upper, 100.0) if unit is Unit.PERCENT else usual.upper
    return replace(usual, lower=max(usual.lower, 0.0), upper=upper)


def _are(count: int) -> str:
    return "is one" if count == 1 else f"are {count or 'none'}"


def _against_target(trend: Trend, latest: Value) -> str:
    target = trend.score.target
    if target is None or trend.score.better is None:
        return ""
    met = latest.value >= target if trend.score.better is Direction.HIGH else latest.value <= target
    return f" The aim of {in_unit(trend.score.unit)(target)} is {'met' if met else 'not met'}."


def since_when(trend: Trend) -> Value:
    """The first month of the stretch that departs in the same way up to now."""
    first = trend.values[-1]
    for value in reversed(trend.values):
        if value.departs is not trend.values[-1].departs:
            break
        first = value
    return first


def kind_of(trend: Trend, value: Value | None) -> str:
    if value is None or trend.limits is None:
        return "early"
    if value.departs is None:
        return "common"
    better = trend.is_better(value.departs)
    return "neither" if better is None else "improvement" if better else "concern"


def meaning_of(trend: Trend, value: Value) -> tuple[str, str]:
    """Words and colour."""
    kind = kind_of(trend, value)
    return _WORDS[kind], COLOURS[kind]


def kinds_of(trend: Trend) -> list[Kind]:
    return [_drawn(kind_of(trend, value)) for value in trend.values]


def chart_of(trend: Trend) -> Chart:
    return control_chart(
        f"{label(trend.score.name)}, month by month",
        [month_in_short(value.month) for value in trend.values],
        [value.value for value in trend.values],
        limits=usual_of(trend),
        kinds=kinds_of(trend),
        sentence=conclusion(trend),
        target=trend.score.target,
        number=on_axis(trend.score.unit),
        of=("Month", label(trend.score.unit)),
    )


def _drawn(kind: str) -> Kind:
    drawn: dict[str, Kind] = {"improvement": "improvement", "concern": "concern", "neither": "neither"}
    return drawn.get(kind, "common")
