"""Outcome measures: what each asks, in which range, how it is scored, and what its scores mean.

Ranges, SNOMED CT concepts, reliable change and cut-offs: NHS England, outcome tools reference list and the SQL of the
community mental health PROMs; for PHQ-9 and GAD-7 the Talking Therapies manual as cited there. The questions of the
tools are not kept here: their owners license them, and staff have them on paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from triage.domain import refusals
from triage.domain.codes import MeasureFlag, MeasureScale, MeasureTool, ReliableChange

Answers = Sequence[int | None]
"""One for each item, in the order of the form; None where nothing was said."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """One score of a tool: the sum or the mean of some of its items (numbered from 1)."""

    scale: MeasureScale
    items: range
    concept: str | None
    higher_is_better: bool
    lowest: int
    highest: int
    mean: bool = False
    reliable: int | None = None
    """The smallest change that is more than the tool's own noise; None where no source says it."""
    cut_off: int | None = None
    """Where the clinical range ends (higher is better) or begins (lower is better)."""
    bands: tuple[tuple[int, str], ...] = ()
    """From which score on it is called what."""

    def of(self, said: Answers) -> float | None:
        """The score; None if an item is missing: no source in use says how to fill one in.

        A mean has two decimals, rounded half up.
        """
        given = [said[item - 1] for item in self.items]
        known = [answer for answer in given if answer is not None]
        if len(known) < len(given):
            return None
        if not self.mean:
            return float(sum(known))
        mean = Fraction(sum(known), len(known))
        exact = Decimal(mean.numerator) / Decimal(mean.denominator)
        return float(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))

    def clinical(self, score: float) -> bool | None:
        """Whether a score lies in the clinical range; None where the tool has no cut-off."""
        if self.cut_off is None:
            return None
        return score < self.cut_off if self.higher_is_better else score >= self.cut_off

    def band(self, score: float) -> str | None:
        return next((name for least, name in reversed(self.bands) if score >= least), None)

    def changed(self, baseline: float, follow_up: float) -> ReliableChange | None:
        """By the same threshold either way, as a reliable change index is."""
        if self.reliable is None:
            return None
        gain = follow_up - baseline if self.higher_is_better else baseline - follow_up
        if gain >= self.reliable:
            return ReliableChange.IMPROVED
        return ReliableChange.DETERIORATED if gain <= -self.reliable else ReliableChange.NO_RELIABLE_CHANGE

    def recovered(self, baseline: float, follow_up: float) -> bool | None:
        """Out of the clinical range, and reliably so; None where it was not in it, or there is no such range."""
        if not self.clinical(baseline):
            return None
        improved = self.changed(baseline, follow_up) is ReliableChange.IMPROVED
        return improved and not self.clinical(follow_up)


@dataclass(frozen=True, kw_only=True)
class Tool:
    tool: MeasureTool
    items: int
    lowest: int
    highest: int
    scales: tuple[Scale, ...]
    not_said: tuple[int, ...] = ()
    """Answers that forms have for "cannot say": they are taken, and count as nothing."""
    item_concepts: tuple[str, ...] = ()
    item_reliable: int | None = None
    """The smallest reliable change of a single item, where items are looked at one by one."""
    asks_for_help: bool = False
    """Whether each item also asks if the person wants help with it (DIALOG+)."""
    self_harm_item: int | None = None
    """An answer above 0 to this item says that somebody may be in danger."""

    def checked(self, answers: Answers) -> tuple[int | None, ...]:
        """The answers as they count. Raises `WrongAnswers` for a number that the form does not have."""
        if len(answers) != self.items:
            raise refusals.WrongAnswers(f"There are {self.items} items, and {len(answers)} answers.")
        for item, answer in enumerate(answers, 1):
            if answer is not None and answer not in self.not_said and not self.lowest <= answer <= self.highest:
                raise refusals.WrongAnswers(f"Item {item} is answered from {self.lowest} to {self.highest}.")
        said = tuple(None if answer in self.not_said else answer for answer in answers)
        if all(answer is None for answer in said):
            raise refusals.WrongAnswers("Nothing has been answered yet.")
        return said

    def missing(self, said: Answers) -> list[int]:
        """Numbers of the items without an answer that counts."""
        return [item for item, answer in enumerate(said, 1) if answer is None]

    def unsafe(self, said: Answers) -> bool:
        return bool(self.self_harm_item and (said[self.self_harm_item - 1] or 0) > 0)

    def flags(self, said: Answers, scale: Scale) -> tuple[MeasureFlag, ...]:
        score = scale.of(said)
        found = [MeasureFlag.THOUGHTS_OF_SELF_HARM] if self.unsafe(said) else []
        return (*found, *([MeasureFlag.CLINICAL_RANGE] if score is not None and scale.clinical(score) else []))

    def scale(self, which: MeasureScale) -> Scale:
        return next(each for each in self.scales if each.scale is which)


DIALOG = Tool(
    tool=MeasureTool.DIALOG,
    items=11,
    lowest=1,
    highest=7,
    not_said=(0, 8),
    item_concepts=tuple(
        f"1037{number}"
        for number in (
            "651000000100",
            "661000000102",
            "671000000109",
            "681000000106",
            "691000000108",
            "701000000108",
            "711000000105",
            "721000000104",
            "731000000102",
            "741000000106",
            "751000000109",
        )
    ),
    item_reliable=1,
    asks_for_help=True,
    scales=(
        Scale(
            scale=MeasureScale.QUALITY_OF_LIFE,
            items=range(1, 9),
            concept=None,
            higher_is_better=True,
            lowest=1,
            highest=7,
            mean=True,
        ),
        Scale(
            scale=MeasureScale.TREATMENT_SATISFACTION,
            items=range(9, 12),
            concept=None,
            higher_is_better=True,
            lowest=1,
            highest=7,
            mean=True,
        ),
    ),
)
"""Rated 1 to 7, 4 being neither; the list has a concept for each item and none for the two means."""

REQOL_10 = Tool(
    tool=MeasureTool.REQOL_10,
    items=10,
    lowest=0,
    highest=4,
    scales=(
        Scale(
            scale=MeasureScale.TOTAL,
            items=range(1, 11),
            concept="1091071000000100",
            higher_is_better=True,
            lowest=0,
            highest=40,
            reliable=5,
            cut_off=25,
        ),
    ),
)
"""Each item is entered as the number printed beside the box, where 4 is always the better end."""

GBO = Tool(
    tool=MeasureTool.GBO,
    items=1,
    lowest=0,
    highest=10,
    scales=(
        Scale(
            scale=MeasureScale.GOAL,
            items=range(1, 2),
            concept="959951000000108",
            higher_is_better=True,
            lowest=0,
            highest=10,
            reliable=3,
        ),
    ),
)
"""0 is not begun, 10 is reached. The concept is that of a goal score: the list has none for adults alone."""

PHQ_9 = Tool(
    tool=MeasureTool.PHQ_9,
    items=9,
    lowest=0,
    highest=3,
    self_harm_item=9,
    scales=(
        Scale(
            scale=MeasureScale.TOTAL,
            items=range(1, 10),
            concept="720433000",
            higher_is_better=False,
            lowest=0,
            highest=27,
            reliable=6,
            cut_off=10,
            bands=((0, "none or minimal"), (5, "mild"), (10, "moderate"), (15, "moderately severe"), (20, "severe")),
        ),
    ),
)

GAD_7 = Tool(
    tool=MeasureTool.GAD_7,
    items=7,
    lowest=0,
    highest=3,
    scales=(
        Scale(
            scale=MeasureScale.TOTAL,
            items=range(1, 8),
            concept="445455005",
            higher_is_better=False,
            lowest=0,
            highest=21,
            reliable=4,
            cut_off=8,
        ),
    ),
)

TOOLS = {each.tool: each for each in (DIALOG, REQOL_10, PHQ_9, GAD_7, GBO)}
"""SWEMWBS is not among them: its raw total counts only after a conversion by a table that nobody here has checked."""
