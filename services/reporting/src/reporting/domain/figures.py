"""The figures of the scorecard: what each one counts, in which unit, and where its definition comes from."""

from dataclasses import dataclass
from enum import StrEnum

from reporting.domain.signals import Direction


class Figure(StrEnum):
    """What is counted month by month; the values add up, and a correction is a count in the other direction."""

    INTRODUCTIONS = "introductions"
    SELF_INTRODUCTIONS = "self-introductions"
    INTRODUCTIONS_ACCEPTED = "introductions-accepted"
    INTRODUCTIONS_CLOSED = "introductions-closed"
    INTRODUCTIONS_WITHDRAWN = "introductions-withdrawn"
    INTRODUCTIONS_REOPENED = "introductions-reopened"
    CASES_OPENED = "cases-opened"
    CASES_CLOSED = "cases-closed"
    PRIORITIES_CHANGED = "priorities-changed"
    WAITS_MISSED = "waits-missed"
    CONVERSATIONS = "conversations"
    SUPPORT_OFFERS = "support-offers"
    SUPPORT_OFFERS_DECLINED = "support-offers-declined"
    SUPPORT_OFFERS_DECLINED_BY_PERSON = "support-offers-declined-by-person"
    SUPPORT_OFFERS_DECLINED_BY_PROVIDER = "support-offers-declined-by-provider"
    SUPPORT_OFFERS_LAPSED = "support-offers-lapsed"
    SUPPORT_OFFERS_WITHDRAWN = "support-offers-withdrawn"
    SUPPORT_STARTS = "support-starts"
    SUPPORT_ENDS = "support-ends"
    WAIT_DAYS = "wait-days"
    SECONDARY_CARE_INTRODUCTIONS = "secondary-care-introductions"
    IPSA_INTRODUCTIONS = "ipsa-introductions"
    HOMES_OFFERED = "homes-offered"
    HOME_OFFERS_DECLINED = "home-offers-declined"
    HOME_OFFERS_ACCEPTED = "home-offers-accepted"
    HOME_OFFERS_LAPSED = "home-offers-lapsed"
    MOVED_IN = "moved-into-own-home"
    MOVED_ON = "moved-on"
    RESIDENTIAL_DISCHARGES = "residential-discharges"
    SCORES = "outcome-scores"
    COMMITMENTS = "commitments"
    COMMITTED_PENCE = "committed-pence"
    SAVING_PENCE = "saving-pence"
    BUDGET_THRESHOLDS = "budget-thresholds-crossed"
    ALERTS_RAISED = "alerts-raised"
    ALERTS_ESCALATED = "alerts-escalated"
    ALERTS_ACKNOWLEDGED = "alerts-acknowledged"


class Unit(StrEnum):
    COUNT = "count"
    DAYS = "days"
    PENCE = "pence"
    PERCENT = "percent"


@dataclass(frozen=True, kw_only=True)
class Score:
    """One line of the scorecard: the sum of `counts`, or that as a share of `per`."""

    name: str
    definition: str
    unit: Unit
    source: str
    counts: Figure
    per: Figure | None = None
    better: Direction | None = None
    """Which way is an improvement; None where neither is."""
    target: float | None = None
    """For one month."""

    def value(self, month: dict[str, int]) -> float | None:
        """Of one month's figures; None where there is nothing to divide by."""
        amount = month.get(self.counts, 0)
        if self.per is None:
            return amount
        if (whole := month.get(self.per, 0)) <= 0:
            return None
        return round(amount * (100 if self.unit is Unit.PERCENT else 1) / whole, 1)


_LWN = "Lambeth Living Well Network, published outcomes"
_IPSA = "Integrated Personalised Support Alliance, Lambeth, published outcomes"
_OURS = "This alliance's agreement"

SCORECARD = (
    Score(
        name="introductions",
        definition="Introductions received at the open front door, by the day they arrived",
        unit=Unit.COUNT,
        source=f"{_LWN}: about 400 a month",
        counts=Figure.INTRODUCTIONS,
    ),
    Score(
        name="share-self-introduced",
        definition="Introductions that people made themselves (source code B1), of all introductions of the month",
        unit=Unit.PERCENT,
        source="NHS Data Dictionary, SOURCE OF REFERRAL FOR MENTAL HEALTH",
        counts=Figure.SELF_INTRODUCTIONS,
        per=Figure.INTRODUCTIONS,
        better=Direction.HIGH,
    ),
    Score(
        name="secondary-care-introductions",
        definition="People introduced to a secondary-care team, by the day of the introduction",
        unit=Unit.COUNT,
        source=f"{_LWN}: from 100 to 20 a month; another source says 43 % fewer",
        counts=Figure.SECONDARY_CARE_INTRODUCTIONS,
        better=Direction.LOW,
        target=20,
    ),
    Score(
        name="mean-wait-to-support",
        definition="Whole days from introduction to the start of support, mean of those that started in the month",
        unit=Unit.DAYS,
        source=f"{_LWN}: from a month to a week",
        counts=Figure.WAIT_DAYS,
        per=Figure.SUPPORT_STARTS,
        better=Direction.LOW,
        target=7,
    ),
    Score(
        name="waits-missed",
        definition="Promises about waiting that were not kept, by the day they fell due, less those corrected",
        unit=Unit.COUNT,
        source="NHS England, clinically-led review of standards 2021; the alliance's own seven days",
        counts=Figure.WAITS_MISSED,
        better=Direction.LOW,
    ),
    Score(
        name="moved-into-own-home",
        definition="People who moved into a home of their own, by the day they moved, as last corrected",
        unit=Unit.COUNT,
        source=f"{_IPSA}: 75 people",
        counts=Figure.MOVED_IN,
        better=Direction.HIGH,
    ),
    Score(
        name="residential-discharges",
        definition="People who left residential or nursing care, a ward or hospital for a home of their own",
        unit=Unit.COUNT,
        source=f"{_IPSA}: 30 % more discharges",
        counts=Figure.RESIDENTIAL_DISCHARGES,
        better=Direction.HIGH,
    ),
    Score(
        name="committed",
        definition="Committed for homes and support to the end of the year, booked in the month of the start; "
        "what an earlier end releases is booked in the month of the end",
        unit=Unit.PENCE,
        source=_OURS,
        counts=Figure.COMMITTED_PENCE,
    ),
    Score(
        name="saving",
        definition="Weekly cost before less weekly cost now, over the days committed; booked as the commitment is",
        unit=Unit.PENCE,
        source=f"{_IPSA}: running cost 20 % lower, 23 % in another source",
        counts=Figure.SAVING_PENCE,
        better=Direction.HIGH,
    ),
    Score(
        name="alerts-raised",
        definition="Alerts raised to the duty worker",
        unit=Unit.COUNT,
        source=_OURS,
        counts=Figure.ALERTS_RAISED,
    ),
    Score(
        name="alerts-acknowledged",
        definition="Alerts that somebody took on, by the day they did",
        unit=Unit.COUNT,
        source=_OURS,
        counts=Figure.ALERTS_ACKNOWLEDGED,
    ),
)


def score_called(name: str) -> Score | None:
    """A line of the scorecard, or a figure by itself; None for a name that is neither."""
    found = next((score for score in SCORECARD if score.name == name), None)
    if found or name not in set(Figure):
        return found
    figure = Figure(name)
    return Score(
        name=name,
        definition="Counted as the events tell it, in the month in which it happened",
        unit=Unit.PENCE if name.endswith("-pence") else Unit.COUNT,
        source=_OURS,
        counts=figure,
    )
