"""What triage's API answers about plans, goals, risks and measures."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict

from triage.application.talk_queries import Series, TalkRecord
from triage.domain.codes import (
    CorrectionReason,
    FilledInBy,
    Goal,
    HelpArea,
    MeasureFlag,
    MeasureScale,
    MeasureTool,
    ReliableChange,
    Strength,
)
from triage.domain.measurement import Measurement
from triage.domain.plan import Version
from triage.domain.talk_codes import ConnectionKind, CopyGiven, DoneBy, GoalState, NeedLevel, RiskKind


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class GoalId(_Answer):
    case_id: str
    goal_id: str


class RiskId(_Answer):
    case_id: str
    risk_id: str


class MeasurementId(_Answer):
    case_id: str
    measurement_id: str


class StrengthsAnswer(_Answer):
    strengths: tuple[Strength, ...]
    words: str
    interests: str


class ConnectionAnswer(_Answer):
    id: str
    kind: ConnectionKind
    name: str
    words: str


class NeedAnswer(_Answer):
    area: HelpArea
    level: NeedLevel
    words: str


class StepAnswer(_Answer):
    who: DoneBy
    what: str


class CrisisAnswer(_Answer):
    signs: str
    helps: str
    call: str


class VersionAnswer(_Answer):
    number: int
    agreed: bool
    not_agreed_because: str
    at: datetime
    by: str
    summary: str
    steps: tuple[StepAnswer, ...]
    crisis: CrisisAnswer
    goals: tuple[str, ...]
    goal_tags: tuple[Goal, ...]
    who_was_there: str
    copy_given: CopyGiven
    review_on: date | None
    needs: tuple[NeedAnswer, ...]

    @classmethod
    def of(cls, version: Version) -> Self:
        own = {name: getattr(version, name) for name in cls.model_fields if hasattr(version, name)}
        put = {name: getattr(version.proposal, name) for name in cls.model_fields if name not in own}
        return cls.model_validate({**own, **put}, from_attributes=True)


class ProgressAnswer(_Answer):
    words: str
    at: datetime
    by: str
    state: GoalState


class GoalAnswer(_Answer):
    id: str
    words: str
    tag: Goal
    how_we_know: str
    set_at: datetime
    set_by: str
    state: GoalState
    progress: list[ProgressAnswer]


class ParticularsAnswer(_Answer):
    kind: RiskKind
    who: str
    what: str
    when: str
    helps: str
    look_again_on: date | None


class LookAnswer(_Answer):
    words: str
    at: datetime
    by: str
    closed: bool
    before: ParticularsAnswer


class RiskAnswer(_Answer):
    id: str
    now: ParticularsAnswer
    found_at: datetime
    found_by: str
    closed: bool
    looked_at: datetime
    looks: list[LookAnswer]


class PlanAnswer(_Answer):
    """`version` of the plan is what `If-Match` compares, 0 while nothing is written."""

    version: int
    strengths: StrengthsAnswer
    connections: tuple[ConnectionAnswer, ...]
    needs: tuple[NeedAnswer, ...]
    agreed: VersionAnswer | None
    versions: list[VersionAnswer]
    goals: list[GoalAnswer]
    risks: list[RiskAnswer]

    @classmethod
    def of(cls, found: TalkRecord) -> Self:
        plan = found.plan
        apart = {
            "version": found.version,
            "agreed": VersionAnswer.of(plan.agreed) if plan.agreed else None,
            "versions": [VersionAnswer.of(version) for version in plan.versions],
            "goals": list(found.goals),
            "risks": list(found.risks),
        }
        own = {name: getattr(plan, name) for name in cls.model_fields if name not in apart}
        return cls.model_validate({**own, **apart}, from_attributes=True)


class FilledInAnswer(_Answer):
    answers: tuple[int | None, ...]
    wants_help: tuple[int, ...]
    measured_on: date
    filled_in_by: FilledInBy
    entered_by: str
    entered_at: datetime
    reason: CorrectionReason | None


class ScoreAnswer(_Answer):
    """`score` is null where an item is missing: see `missing` of the measure."""

    scale: MeasureScale
    concept: str | None
    score: float | None
    band: str | None
    clinical_range: bool | None
    flags: tuple[MeasureFlag, ...]


class MeasurementAnswer(_Answer):
    """`entries`: the last one counts, the others were corrected."""

    id: str
    tool: MeasureTool
    goal_id: str | None
    scores: list[ScoreAnswer]
    missing: list[int]
    taken_back: bool
    entries: list[FilledInAnswer]

    @classmethod
    def of(cls, measurement: Measurement) -> Self:
        asked, said = measurement.asked, measurement.said
        scores = []
        for scale in asked.scales:
            score = measurement.score(scale.scale)
            scores.append(
                ScoreAnswer(
                    scale=scale.scale,
                    concept=scale.concept,
                    score=score,
                    band=None if score is None else scale.band(score),
                    clinical_range=None if score is None else scale.clinical(score),
                    flags=() if measurement.taken_back else asked.flags(said, scale),
                )
            )
        return cls(
            id=measurement.id,
            tool=measurement.tool,
            goal_id=measurement.goal_id,
            scores=scores,
            missing=asked.missing(said),
            taken_back=measurement.taken_back is not None,
            entries=[FilledInAnswer.model_validate(entry) for entry in measurement.entries],
        )


class SeriesAnswer(_Answer):
    """Baseline and follow-up are the first and the latest later score; all null until there is a later one."""

    tool: MeasureTool
    scale: MeasureScale
    goal_id: str | None
    scores: list[tuple[date, float]]
    change: float | None
    reliable: ReliableChange | None
    recovered: bool | None

    @classmethod
    def of(cls, series: Series) -> Self:
        last, pair = series.latest, series.pair
        return cls(
            tool=last.tool,
            scale=last.scale,
            goal_id=last.goal_id,
            scores=[(score.on, score.score) for score in series.scores],
            change=pair.change if pair else None,
            reliable=pair.reliable if pair else None,
            recovered=pair.recovered if pair else None,
        )


class Measures(_Answer):
    measurements: list[MeasurementAnswer]
    series: list[SeriesAnswer]

    @classmethod
    def of(cls, measurements: Sequence[Measurement], series: Sequence[Series]) -> Self:
        return cls(
            measurements=[MeasurementAnswer.of(each) for each in measurements],
            series=[SeriesAnswer.of(each) for each in series],
        )
