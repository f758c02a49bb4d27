"""Scores over time in a sentence, a picture and a table: what changed, and whether by more than the tool's noise."""

from dataclasses import replace

from alliance.web.charts import Chart, line_chart, plain
from alliance.web.pages.templating import day
from triage.application.talk_queries import Series
from triage.domain.codes import ReliableChange
from triage.domain.measures import Scale
from triage.domain.pairing import Pair, Score
from triage.pages.talk_words import RELIABLE, called


def number(score: float) -> str:
    """Means have two decimals, all else none."""
    return plain(score) if float(score).is_integer() else f"{score:.2f}"


def sentence_of(series: Series) -> str:
    """`PHQ-9 fell from 18 to 9: a reliable improvement, and out of the clinical range.`"""
    name, pair = called(series.latest.tool, series.latest.scale), series.pair
    if pair is None:
        return f"{name} was {number(series.latest.score)} on {day(series.latest.on)}. {_meaning(series.latest)}".strip()
    return f"{name} {_moved(pair)}{_reliably(pair)}. {_meaning(pair.follow_up)}".strip()


def series_chart(series: Series, *, csv: str | None = None) -> Chart:
    """One score over time, with the edge of the clinical range where the tool has one."""
    scale, scores = series.latest.meaning, series.scores
    name = called(series.latest.tool, series.latest.scale)
    chart = line_chart(
        name,
        [day(score.on) for score in scores],
        {name: [score.score for score in scores]},
        sentence=sentence_of(series),
        target=None if scale.cut_off is None else float(scale.cut_off),
        target_name="Clinical range below" if scale.higher_is_better else "Clinical range from",
        number=number,
        of="Day",
        days=[score.on for score in scores],
        csv=csv,
    )
    rows = tuple((*row, band_of(scale, score.score)) for row, score in zip(chart.rows, scores, strict=True))
    return replace(chart, headings=(*chart.headings, "Meaning"), rows=rows)


def band_of(scale: Scale, score: float) -> str:
    """What a score is called: its band, else whether it lies in the clinical range."""
    clinical = scale.clinical(score)
    if band := scale.band(score):
        return band.capitalize()
    return "" if clinical is None else "In the clinical range" if clinical else "Not in the clinical range"


def direction_of(scale: Scale) -> str:
    return "Higher is better." if scale.higher_is_better else "Lower is better."


def _moved(pair: Pair) -> str:
    before, now = number(pair.baseline.score), number(pair.follow_up.score)
    if pair.change == 0:
        return f"is {now}, as it was at first"
    return f"{'rose' if pair.change > 0 else 'fell'} from {before} to {now}"


def _reliably(pair: Pair) -> str:
    if pair.reliable is None:
        return ""
    told = f": {RELIABLE[pair.reliable]}"
    if pair.recovered:
        return f"{told}, and out of the clinical range"
    scale = pair.baseline.meaning
    out = scale.clinical(pair.baseline.score) and not scale.clinical(pair.follow_up.score)
    if out and pair.reliable is ReliableChange.NO_RELIABLE_CHANGE:
        return f"{told}, though it is out of the clinical range"
    return told


def _meaning(score: Score) -> str:
    scale = score.meaning
    told = band_of(scale, score.score)
    clinical = scale.clinical(score.score)
    if scale.band(score.score) and clinical is not None:
        told += ", in the clinical range" if clinical else ", not in the clinical range"
    return f"Now: {told[:1].lower()}{told[1:]}. {direction_of(scale)}" if told else direction_of(scale)
