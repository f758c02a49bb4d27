"""What reporting's figures and pages are called in plain English, and how their values are written."""

from calendar import month_abbr, month_name
from collections.abc import Callable

from alliance.web.charts import plain
from alliance.web.pages import Item
from alliance.web.pages.templating import labelling, pounds
from reporting.domain.figures import Unit

MENU = (
    Item(text="Scorecard", href="/", action="home.see"),
    Item(text="Everything counted", href="/figures", action="scorecard.read"),
    Item(text="Outcomes", href="/outcomes", action="scorecard.read"),
    Item(text="Equality", href="/equality", action="equality.read"),
    Item(text="Months", href="/months", action="scorecard.read"),
)

LABELS = {
    "share-self-introduced": "Introduced by themselves",
    "self-introductions": "Introductions by themselves",
    "secondary-care-introductions": "Introduced to secondary care",
    "mean-wait-to-support": "Wait to support",
    "waits-missed": "Waits over their time",
    "moved-into-own-home": "Moved into a home of their own",
    "residential-discharges": "Left residential care or hospital",
    "committed": "Committed for homes and support",
    "saving": "Saved by moves",
    "ipsa-introductions": "Introduced to IPSA",
    "wait-days": "Days waited, all together",
    "committed-pence": "Committed",
    "saving-pence": "Saved",
    "support-offers-declined-by-person": "Declined by the person",
    "support-offers-declined-by-provider": "Declined by the provider",
    "support-offers-lapsed": "Not answered in time",
    "support-offers-withdrawn": "Taken back by us",
    "outcome-scores": "Scores of outcome measures",
    "improved": "Reliably better",
    "no-reliable-change": "No reliable change",
    "deteriorated": "Reliably worse",
    "dialog:quality-of-life": "DIALOG: quality of life",
    "dialog:treatment-satisfaction": "DIALOG: satisfaction with treatment",
    "reqol-10:total": "ReQoL-10",
    "gbo:goal": "Goal-based outcomes",
    "phq-9:total": "PHQ-9",
    "gad-7:total": "GAD-7",
}

label = labelling(LABELS)


def starred(number: int | None) -> str:
    """What is too small to be shown is a star."""
    return "*" if number is None else f"{number}"


_TOGETHER = "\u2060"
"""Keeps a minus on the line of its amount."""


def month_in_words(month: str) -> str:
    """`2026-11` → `November 2026`."""
    year, number = month.split("-")
    return f"{month_name[int(number)]} {year}"


def month_in_short(month: str) -> str:
    """`2026-11` → `Nov 26`."""
    year, number = month.split("-")
    return f"{month_abbr[int(number)]} {year[2:]}"


def in_unit(unit: Unit) -> Callable[[float], str]:
    """How a value is written: `1,234`, `6.5 days`, `75 %`, `£1,234`."""
    match unit:
        case Unit.PENCE:
            return lambda value: pounds(round(value / 100) * 100).replace("−", f"−{_TOGETHER}")
        case Unit.PERCENT:
            return lambda value: f"{plain(value)} %"
        case Unit.DAYS:
            return lambda value: f"{plain(value)} {'day' if value == 1 else 'days'}"
        case _:
            return plain


def on_axis(unit: Unit) -> Callable[[float], str]:
    """Shorter, for the side of a chart: `£1.2m`, `£40k`."""
    if unit is Unit.PENCE:
        return _short_pounds
    return plain if unit is Unit.DAYS else in_unit(unit)


def _short_pounds(pence: float) -> str:
    sign, value = ("−" if pence < 0 else ""), abs(pence) / 100
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if value >= size:
            return f"{sign}£{value / size:.1f}".removesuffix(".0") + letter
    return f"{sign}£{value:.0f}"
