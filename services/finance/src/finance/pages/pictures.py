"""The year as figures and charts that one takes in at a glance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alliance.kernel import Pence
from alliance.web.charts import Chart, bar_chart
from alliance.web.pages.templating import day, pounds
from finance.domain.budget import THRESHOLDS, Budget
from finance.domain.year import AllianceYear


@dataclass(frozen=True, kw_only=True)
class Figure:
    number: str
    label: str
    note: str | None = None
    concern: bool = False


@dataclass(frozen=True, kw_only=True)
class Glance:
    figures: Sequence[Figure]
    part: Pence
    whole: Pence
    words: str
    """How full the pool is, and what the alliance wants to be told about."""


def glance(budget: Budget, year: AllianceYear) -> Glance:
    last = day(year.last_day)
    over = budget.remaining_pence < 0
    return Glance(
        figures=(
            Figure(number=short(budget.budget_pence), label="pooled for the year"),
            Figure(
                number=short(budget.committed_pence),
                label=f"committed to {last}",
                note="The forecast, if nobody else moves in or out.",
                concern=bool(budget.crossed),
            ),
            Figure(
                number=short(abs(budget.remaining_pence)),
                label="committed beyond the pool" if over else "not committed",
                concern=over,
            ),
            Figure(
                number=short(budget.saving_pence),
                label=f"saved by moves, to {last}",
                note=cheaper(budget.saving_pence, budget.committed_pence),
            ),
        ),
        part=budget.committed_pence,
        whole=budget.budget_pence,
        words=f"{share(budget.committed_pence, budget.budget_pence)} of the pool is committed. {_thresholds(budget)}",
    )


def year_chart(budget: Budget, year: AllianceYear, name_of: Callable[[str], str]) -> Chart:
    last = day(year.last_day)
    bars: list[tuple[str, float]] = [
        (f"Put in by {name_of(member)}", pence) for member, pence in sorted(budget.contributions.items())
    ]
    bars += [
        (f"Committed to {last}", budget.committed_pence),
        ("Not committed", budget.remaining_pence),
        (f"Saved by moves, to {last}", budget.saving_pence),
    ]
    sentence = (
        f"{share(budget.committed_pence, budget.budget_pence)} of {rounded(budget.budget_pence)} is committed; "
        f"moves save {rounded(budget.saving_pence)} in the year."
    )
    return bar_chart(
        f"The pool in {year.name}", bars, sentence=sentence, number=_pounds, of=("What", "Pounds"), csv=None
    )


def saving_chart(budgets: Sequence[Budget]) -> Chart:
    bars: list[tuple[str, float]] = [(budget.year, budget.saving_pence) for budget in budgets]
    saving = sum(budget.saving_pence for budget in budgets)
    committed = sum(budget.committed_pence for budget in budgets)
    sentence = f"{rounded(saving)} in all. {cheaper(saving, committed) or ''}".strip() if budgets else None
    return bar_chart("Saved, year by year", bars, sentence=sentence, number=_pounds, of=("Year", "Pounds"))


def rounded(pence: Pence) -> str:
    """Whole pounds: what one reads at a glance."""
    return pounds(round(pence / 100) * 100)


def short(pence: Pence) -> str:
    """`£64m`, `£6.4m`, `£133k`, `£6,164`: for large letters on a phone; the chart below has every pound."""
    sign, value = ("−" if pence < 0 else ""), abs(pence) / 100
    if value >= 1_000_000:
        return f"{sign}£{value / 1_000_000:.{0 if value >= 10_000_000 else 1}f}m"
    return f"{sign}£{value / 1_000:.0f}k" if value >= 10_000 else rounded(pence)


def share(part: Pence, whole: Pence) -> str:
    """`12.5 %`; `less than 0.1 %`, where rounding would make nothing of something."""
    if not whole:
        return "0 %"
    percent = 100 * part / whole
    if 0 < percent < 0.1:
        return "Less than 0.1 %"
    return f"{percent:.1f}".removesuffix(".0") + " %"


def cheaper(saving: Pence, committed: Pence) -> str | None:
    """How much less the stays cost than where people lived before."""
    before = saving + committed
    return f"{share(saving, before)} less than where people lived before." if saving > 0 and before > 0 else None


def _thresholds(budget: Budget) -> str:
    if budget.crossed:
        return f"{max(budget.crossed)} % was passed, and the alliance was told."
    return f"The alliance is told at {', '.join(str(each) for each in THRESHOLDS[:-1])} and {THRESHOLDS[-1]} %."


def _pounds(pence: float) -> str:
    return rounded(int(pence))
