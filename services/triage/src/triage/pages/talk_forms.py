"""What triage's pages ask about strengths, connections, needs, goals, risks and the plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from alliance.web.fields import Line
from alliance.web.pages import (
    ChoiceQuestion,
    ChoicesQuestion,
    DayQuestion,
    Form,
    HiddenField,
    LineQuestion,
    PassageQuestion,
    SelectQuestion,
)
from triage.domain.codes import Goal, HelpArea, Strength
from triage.domain.personal_goal import PersonalGoal
from triage.domain.plan import Connection, CrisisPlan, Need, Plan, Proposal, Step, Strengths
from triage.domain.risk import Particulars
from triage.domain.talk_codes import ConnectionKind, CopyGiven, DoneBy, GoalState, NeedLevel, RiskKind
from triage.pages.forms import HappenedForm
from triage.pages.talk_words import AREAS, GOAL_STATES, NEED_LEVELS
from triage.pages.words import label, options

NOT_TALKED_ABOUT = "not-talked-about"


class StrengthsForm(Form):
    strengths = ChoicesQuestion("What are they good at, and what can they lean on?", Strength, optional=True)
    words = PassageQuestion("In their own words", optional=True)
    interests = PassageQuestion("What do they like, and what would they like to do?", optional=True)

    def told(self) -> Strengths:
        return Strengths(
            strengths=self.strengths.data, words=self.words.data or "", interests=self.interests.data or ""
        )


class ConnectionForm(Form):
    kind = ChoiceQuestion("Who or what is it?", ConnectionKind, missing="Select who or what it is", inline=True)
    name = LineQuestion("What is it called?", hint="A first name is enough.", missing="Enter what it is called")
    words = PassageQuestion("Why does it matter to them?", optional=True)

    def connection(self, id_: str) -> Connection:
        return Connection(id=id_, kind=ConnectionKind(self.kind.data), name=self.name.data, words=self.words.data or "")


class RemoveForm(Form):
    """Nothing to fill in."""


class NeedsForm(Form):
    """Two questions for each area of life: how it goes, and the person's words."""

    @classmethod
    def known(cls, needs: Sequence[Need], version: int) -> "NeedsForm":
        answers: dict[str, Any] = {}
        for need in needs:
            answers |= {level_of(need.area): need.level.value, words_of(need.area): need.words or None}
        return cls.fresh(version=version, **answers)

    def told(self) -> list[Need]:
        found = []
        for area in HelpArea:
            level = self[level_of(area)].data
            if level and level != NOT_TALKED_ABOUT:
                words = self[words_of(area)].data or ""
                found.append(Need(area=area, level=NeedLevel(level), words=words))
        return found


def level_of(area: HelpArea) -> str:
    return f"level_{area.name.lower()}"


def words_of(area: HelpArea) -> str:
    return f"words_{area.name.lower()}"


_LEVELS = {**{level.value: words for level, words in NEED_LEVELS.items()}, NOT_TALKED_ABOUT: "We did not talk about it"}
for _area, _called in AREAS.items():
    setattr(NeedsForm, level_of(_area), ChoiceQuestion(_called, _LEVELS, missing=f"Select how it goes: {_called}"))
    setattr(
        NeedsForm,
        words_of(_area),
        LineQuestion(f"{_called}: in their own words", of=Line, optional=True),
    )


class GoalForm(Form):
    words = PassageQuestion(
        "What do they want, in their own words?", missing="Enter the goal in the person’s own words"
    )
    tag = ChoiceQuestion("Which of the three big outcomes is it part of?", options(Goal), missing="Select an outcome")
    how_we_know = PassageQuestion("How will they know that it is reached?", optional=True)


class ProgressForm(Form):
    words = PassageQuestion("How does it go?", missing="Enter how it goes")
    state = ChoiceQuestion(
        "And the goal?",
        {state.value: words for state, words in GOAL_STATES.items()},
        missing="Select how the goal stands",
    )

    @property
    def told_state(self) -> GoalState:
        return GoalState(self.state.data)


class RiskForm(Form):
    kind = SelectQuestion("What is it about?", options(RiskKind), missing="Select what it is about")
    who = LineQuestion("Who may come to harm?", missing="Enter who may come to harm")
    what = PassageQuestion("What may happen?", missing="Enter what may happen")
    when = LineQuestion("When, or in which situations?", optional=True)
    helps = PassageQuestion("What helps, and what has been agreed?", optional=True)
    look_again_on = DayQuestion("When to look at it again", optional=True)

    def particulars(self) -> Particulars:
        return Particulars(
            kind=RiskKind(self.kind.data),
            who=self.who.data,
            what=self.what.data,
            when=self.when.data or "",
            helps=self.helps.data or "",
            look_again_on=self.look_again_on.data,
        )


class LookForm(RiskForm):
    words = PassageQuestion("How does it stand now?", missing="Enter how it stands now")
    still = ChoiceQuestion(
        "Is it still a risk?",
        {"yes": "Yes", "no": "No, close it"},
        inline=True,
        missing="Select yes if it is still a risk",
    )


class GoalsQuestion(ChoicesQuestion):
    """Which of the goals being worked on the plan is for; they are known only when the page is shown."""

    def among(self, goals: Sequence[PersonalGoal]) -> None:
        self._options = {goal.id: goal.words for goal in goals}


class PlanForm(HappenedForm):
    """The next version of the plan. `later` came from the button that saves it to go on later."""

    later = HiddenField()
    goals = GoalsQuestion("Which goals is this plan for?", {}, optional=True)
    summary = PassageQuestion("What is most important to the person?", optional=True)
    person_does = PassageQuestion("What will the person do?", hint="One step on each line.", optional=True)
    team_does = PassageQuestion("What will we do?", hint="One step on each line.", optional=True)
    others_do = PassageQuestion("What will others do?", hint="One step on each line: who, and what.", optional=True)
    signs = PassageQuestion("If things get worse: how will they and others notice?", optional=True)
    helps = PassageQuestion("If things get worse: what helps them?", optional=True)
    call = PassageQuestion("If things get worse: whom will they call, and where can they go?", optional=True)
    who_was_there = LineQuestion("Who was there when you went through it?", optional=True)
    agreed = ChoiceQuestion(
        "Does the person agree with this plan?",
        {"yes": "Yes, they agree", "no": "No"},
        missing="Select whether the person agrees",
    )
    because = PassageQuestion("If they do not agree, why not?", optional=True)
    copy_given = ChoiceQuestion(
        "Do they have their own copy?", options(CopyGiven), missing="Select whether they have a copy"
    )
    review_on = DayQuestion("When will you look at the plan together again?", missing="Enter when you look at it again")

    @classmethod
    def known(cls, proposal: Proposal | None, goals: Sequence[PersonalGoal], **answers: Any) -> "PlanForm":
        """With what was saved or agreed last; a new plan is for all goals that are being worked on."""
        put = proposal or Proposal(goals=tuple(goal.words for goal in goals))
        written = {who: "\n".join(step.what for step in put.steps if step.who is who) for who in DoneBy}
        form = cls.fresh(
            goals=tuple(goal.id for goal in goals if goal.words in put.goals),
            summary=put.summary,
            person_does=written[DoneBy.PERSON],
            team_does=written[DoneBy.TEAM],
            others_do=written[DoneBy.OTHERS],
            signs=put.crisis.signs,
            helps=put.crisis.helps,
            call=put.crisis.call,
            who_was_there=put.who_was_there,
            **answers,
        )
        form.goals.among(goals)
        return form

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """What is saved for later may have gaps."""
        if self.later.data:
            for question in self.asked:
                question.optional = True
        return bool(super().validate(extra_validators))

    def proposal(self, goals: Sequence[PersonalGoal]) -> Proposal:
        chosen = [goal for goal in goals if goal.id in self.goals.data]
        written = {
            DoneBy.PERSON: self.person_does.data,
            DoneBy.TEAM: self.team_does.data,
            DoneBy.OTHERS: self.others_do.data,
        }
        lines = [(who, line.strip()) for who, text in written.items() for line in (text or "").splitlines()]
        return Proposal(
            summary=self.summary.data or "",
            steps=tuple(Step(who=who, what=line) for who, line in lines if line),
            crisis=CrisisPlan(signs=self.signs.data or "", helps=self.helps.data or "", call=self.call.data or ""),
            goals=tuple(goal.words for goal in chosen),
            goal_tags=tuple(dict.fromkeys(goal.tag for goal in chosen)),
            who_was_there=self.who_was_there.data or "",
            copy_given=CopyGiven(self.copy_given.data) if self.copy_given.data else CopyGiven.NOT_YET,
            review_on=self.review_on.data,
        )


class CopyForm(Form):
    copy_given = ChoiceQuestion(
        "How do they have it?",
        {each.value: label(each) for each in CopyGiven if each is not CopyGiven.NOT_YET},
        missing="Select how they have it",
    )


def strengths_known(plan: Plan, version: int) -> StrengthsForm:
    told = plan.strengths
    return StrengthsForm.fresh(
        version=version, strengths=told.strengths, words=told.words or None, interests=told.interests or None
    )


def risk_known(particulars: Particulars, version: int) -> LookForm:
    return LookForm.fresh(
        version=version,
        kind=particulars.kind.value,
        who=particulars.who,
        what=particulars.what,
        when=particulars.when or None,
        helps=particulars.helps or None,
        look_again_on=particulars.look_again_on,
    )
