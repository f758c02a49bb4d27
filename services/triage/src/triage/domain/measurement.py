"""One filled-in measure of one person: its answers, its scores, and every correction of what was typed in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from alliance.kernel import LONDON, Aggregate, Fact, to_text
from triage.domain import facts, refusals
from triage.domain.codes import (
    CorrectionReason,
    FilledInBy,
    Goal,
    MeasureScale,
    MeasureTool,
    SafetyKind,
)
from triage.domain.measures import TOOLS, Scale, Tool
from triage.domain.pairing import Score, baseline_of


@dataclass(frozen=True, kw_only=True)
class FilledIn:
    """What was typed in, by whom and when; `reason` says why it took the place of the entry before it."""

    answers: tuple[int | None, ...]
    measured_on: date
    filled_in_by: FilledInBy
    entered_by: str
    entered_at: datetime
    wants_help: tuple[int, ...] = ()
    """Numbers of the items with which the person wants help (DIALOG+)."""
    reason: CorrectionReason | None = None


@dataclass(frozen=True, kw_only=True)
class TakenBack:
    reason: CorrectionReason
    by: str
    at: datetime


@dataclass(kw_only=True)
class Measurement(Aggregate):
    """The last entry counts, and none is ever lost; what was taken back counts no more."""

    indexed: ClassVar[tuple[str, ...]] = ("history", "person_id")

    case_id: str
    person_id: str
    tool: MeasureTool
    goal_id: str | None = None
    goal_tag: Goal | None = None
    entries: list[FilledIn] = field(default_factory=list)
    taken_back: TakenBack | None = None

    @property
    def history(self) -> str | None:
        """The list of a case's measurements, by the day on which they were filled in."""
        if not self.entries:
            return None
        return f"{self.case_id} {self.entry.measured_on.isoformat()} {to_text(self.entries[0].entered_at)} {self.id}"

    @property
    def entry(self) -> FilledIn:
        return self.entries[-1]

    @property
    def asked(self) -> Tool:
        return TOOLS[self.tool]

    @property
    def said(self) -> tuple[int | None, ...]:
        return self.asked.checked(self.entry.answers)

    @property
    def unsafe(self) -> bool:
        return self.taken_back is None and self.asked.unsafe(self.said)

    def score(self, which: MeasureScale) -> float | None:
        """None where it could not be scored, or does not count any more."""
        return None if self.taken_back else self.asked.scale(which).of(self.said)

    @property
    def scores(self) -> list[Score]:
        """Those that count."""
        found = ((scale, self.score(scale.scale)) for scale in self.asked.scales)
        return [self._as_score(scale, score) for scale, score in found if score is not None]

    def enter(self, entry: FilledIn, *, earlier: list[Score]) -> None:
        """`earlier`: the scores of the case so far, of which the first of the same kind is the baseline."""
        self._check(entry)
        self.entries.append(entry)
        for scale in self.asked.scales:
            if (score := scale.of(self.said)) is not None:
                self._say_measured(scale, score, earlier)
        self._flag(entry, was_unsafe=False)

    def correct(self, entry: FilledIn) -> None:
        """What was typed in was wrong: the new entry counts, and the old one stays to be seen."""
        if self.taken_back:
            raise refusals.TakenBackAlready("This measure was taken back: enter it again instead.")
        before = self.entry
        same = ("answers", "measured_on", "filled_in_by", "wants_help")
        if all(getattr(entry, name) == getattr(before, name) for name in same):
            return
        self._check(entry)
        was_unsafe, scores_before = self.unsafe, {scale.scale: self.score(scale.scale) for scale in self.asked.scales}
        self.entries.append(entry)
        for scale in self.asked.scales:
            self._say_corrected(scale, scores_before[scale.scale], self.score(scale.scale), before, entry)
        self._flag(entry, was_unsafe=was_unsafe)

    def take_back(self, reason: CorrectionReason, *, by: str, at: datetime) -> None:
        """It should never have been here, as when it is another person's."""
        if self.taken_back:
            return
        before = {scale.scale: self.score(scale.scale) for scale in self.asked.scales}
        self.taken_back = TakenBack(reason=reason, by=by, at=at)
        for scale, score in before.items():
            if score is not None:
                self._say(
                    facts.OutcomeCorrected,
                    scale=scale,
                    goal_id=self.goal_id,
                    score_before=score,
                    score=None,
                    measured_on_before=self.entry.measured_on,
                    measured_on=self.entry.measured_on,
                    reason_code=reason,
                    at=at,
                )

    def _check(self, entry: FilledIn) -> None:
        said = self.asked.checked(entry.answers)
        if entry.measured_on > entry.entered_at.astimezone(LONDON).date():
            raise refusals.InTheFuture("A measure that was filled in cannot be dated in the future.")
        if entry.wants_help and not self.asked.asks_for_help:
            raise refusals.WrongAnswers("This measure does not ask whether help is wanted.")
        if any(not 1 <= item <= len(said) for item in entry.wants_help):
            raise refusals.WrongAnswers(f"There are {len(said)} items.")

    def _flag(self, entry: FilledIn, *, was_unsafe: bool) -> None:
        if self.unsafe and not was_unsafe:
            self._say(facts.RiskFlagged, kind=SafetyKind.SUICIDAL_THOUGHTS, at=entry.entered_at)

    def _say_measured(self, scale: Scale, score: float, earlier: list[Score]) -> None:
        own = self._as_score(scale, score)
        first = baseline_of(own, earlier)
        self._say(
            facts.OutcomeMeasured,
            scale=scale.scale,
            concept=scale.concept,
            goal_id=self.goal_id,
            goal_tag=self.goal_tag,
            score=score,
            measured_on=self.entry.measured_on,
            filled_in_by=self.entry.filled_in_by,
            change=round(score - first.score, 2) if first else None,
            reliable=scale.changed(first.score, score) if first else None,
            recovered=scale.recovered(first.score, score) if first else None,
            flags=self.asked.flags(self.said, scale),
        )

    def _say_corrected(
        self, scale: Scale, score_before: float | None, score: float | None, before: FilledIn, entry: FilledIn
    ) -> None:
        if (score_before, before.measured_on) == (score, entry.measured_on) or score_before is score is None:
            return
        self._say(
            facts.OutcomeCorrected,
            scale=scale.scale,
            goal_id=self.goal_id,
            score_before=score_before,
            score=score,
            measured_on_before=before.measured_on,
            measured_on=entry.measured_on,
            reason_code=entry.reason or CorrectionReason.TYPING_ERROR,
            at=entry.entered_at,
        )

    def _as_score(self, scale: Scale, score: float) -> Score:
        return Score(
            measurement_id=self.id,
            tool=self.tool,
            scale=scale.scale,
            goal_id=self.goal_id,
            on=self.entry.measured_on,
            entered_at=self.entries[0].entered_at,
            score=score,
        )

    def _say(self, fact: Callable[..., Fact], **particulars: object) -> None:
        own = {"case_id": self.case_id, "person_id": self.person_id, "measurement_id": self.id, "tool": self.tool}
        self.record(fact(**own, **particulars))
