"""What triage's API takes about plans, goals, risks and measures."""

from typing import Annotated

from pydantic import Field

from alliance.web import Body, Day, Instant, Line, Passage
from triage.domain.codes import CorrectionReason, FilledInBy, Goal, HelpArea, MeasureTool, Strength
from triage.domain.plan import Connection, CrisisPlan, Need, Proposal, Step, Strengths
from triage.domain.risk import Particulars
from triage.domain.talk_codes import ConnectionKind, CopyGiven, DoneBy, GoalState, NeedLevel, RiskKind


class StrengthsBody(Body):
    strengths: list[Strength] = Field(default_factory=list, max_length=12)
    words: Passage | None = None
    interests: Passage | None = None

    def told(self) -> Strengths:
        return Strengths(strengths=tuple(self.strengths), words=self.words or "", interests=self.interests or "")


class ConnectionBody(Body):
    kind: ConnectionKind
    name: Line
    words: Passage | None = None

    def connection(self, id_: str) -> Connection:
        return Connection(id=id_, kind=self.kind, name=self.name, words=self.words or "")


class NeedBody(Body):
    area: HelpArea
    level: NeedLevel
    words: Passage | None = None


class NeedsBody(Body):
    """All that is known now; an area that is left out was not talked about."""

    needs: list[NeedBody] = Field(max_length=8)

    def told(self) -> list[Need]:
        return [Need(area=need.area, level=need.level, words=need.words or "") for need in self.needs]


class StepBody(Body):
    who: DoneBy
    what: Line


class PlanBody(Body):
    """`not_agreed_because` is needed when the person does not agree. Left out, `at` is now."""

    agreed: bool
    not_agreed_because: Passage | None = None
    at: Instant | None = None
    summary: Passage | None = None
    steps: list[StepBody] = Field(default_factory=list, max_length=30)
    signs: Passage | None = None
    helps: Passage | None = None
    call: Passage | None = None
    goal_ids: list[str] = Field(default_factory=list, max_length=20)
    who_was_there: Line | None = None
    copy_given: CopyGiven = CopyGiven.NOT_YET
    review_on: Day | None = None

    def proposal(self, goals: dict[str, tuple[str, Goal]]) -> Proposal:
        """`goals`: words and tag by id, of the goals of the case; others are left out."""
        known = [goals[id_] for id_ in self.goal_ids if id_ in goals]
        return Proposal(
            summary=self.summary or "",
            steps=tuple(Step(who=step.who, what=step.what) for step in self.steps),
            crisis=CrisisPlan(signs=self.signs or "", helps=self.helps or "", call=self.call or ""),
            goals=tuple(words for words, _ in known),
            goal_tags=tuple(dict.fromkeys(tag for _, tag in known)),
            who_was_there=self.who_was_there or "",
            copy_given=self.copy_given,
            review_on=self.review_on,
        )


class CopyBody(Body):
    copy_given: CopyGiven


class GoalBody(Body):
    words: Passage
    tag: Goal
    how_we_know: Passage | None = None


class ProgressBody(Body):
    words: Passage
    state: GoalState = GoalState.WORKING


class RiskBody(Body):
    kind: RiskKind
    who: Line
    what: Passage
    when: Line | None = None
    helps: Passage | None = None
    look_again_on: Day | None = None

    def particulars(self) -> Particulars:
        return Particulars(
            kind=self.kind,
            who=self.who,
            what=self.what,
            when=self.when or "",
            helps=self.helps or "",
            look_again_on=self.look_again_on,
        )


class LookBody(RiskBody):
    """`words`: how it stands now."""

    words: Passage
    close: bool = False


class AnswersBody(Body):
    """Answers in the order of the form, null where nothing was said; `wants_help`: numbers of items (DIALOG+)."""

    answers: list[Annotated[int, Field(ge=0, le=10)] | None] = Field(min_length=1, max_length=11)
    wants_help: list[Annotated[int, Field(ge=1, le=11)]] = Field(default_factory=list, max_length=11)
    measured_on: Day
    filled_in_by: FilledInBy


class MeasureBody(AnswersBody):
    tool: MeasureTool
    goal_id: str | None = None


class CorrectionBody(AnswersBody):
    reason: CorrectionReason


class TakeBackBody(Body):
    reason: CorrectionReason
