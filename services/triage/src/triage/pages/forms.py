"""What triage's pages ask."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Annotated

from pydantic import BeforeValidator

from alliance.kernel import LONDON
from alliance.web import refuse
from alliance.web.pages import (
    ChoiceQuestion,
    ChoicesQuestion,
    DayQuestion,
    Form,
    HiddenField,
    LineQuestion,
    MoneyQuestion,
    PassageQuestion,
)
from triage.domain.codes import (
    CaseOutcome,
    DeclinedBy,
    Goal,
    HelpArea,
    OfferWithdrawal,
    Priority,
    Setting,
    Strength,
    Support,
    SupportEnding,
    SupportLevel,
    TeamType,
)
from triage.domain.unfinished import Notes
from triage.pages.words import (
    CLOSE_REASONS,
    DECLINE_HINTS,
    DECLINE_REASONS,
    OUTCOME_HINTS,
    PROMISES,
    REASONS,
    SUPPORT_HINTS,
    options,
)

_TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?(am|pm)?")


def _time_of_day(text: str) -> time:
    """`14:30`, `2.30pm`, `9am`."""
    found = _TIME.fullmatch(text.strip().lower().replace(" ", ""))
    if found and (found[2] or found[3]):
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise refuse("Enter a time of day, such as 14:30")


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]


class HappenedForm(Form):
    """Asks when something happened: `on` a day, `at_time` if somebody knows it."""

    on = DayQuestion("The day it happened", past=True, missing="Enter the day")
    at_time = LineQuestion(
        "At what time?",
        of=TimeOfDay,
        hint="For example 14:30. Leave it empty if it was just now.",
        optional=True,
        more={"classes": "nhsuk-input--width-5"},
    )

    def happened_at(self, now: datetime) -> datetime:
        """Without a time: just now if it was today, else noon."""
        today = now.astimezone(LONDON).date()
        if self.at_time.data is None and self.on.data == today:
            return now
        return datetime.combine(self.on.data, self.at_time.data or time(12), tzinfo=LONDON)


class ConversationForm(HappenedForm):
    """`later` came from the button that saves it to go on later."""

    later = HiddenField()
    strengths = ChoicesQuestion("What is the person good at, and what can they lean on?", Strength, optional=True)
    goals = ChoicesQuestion("What do they want to reach?", options(Goal), optional=True)
    needs = ChoicesQuestion("What do they need help with?", HelpArea, optional=True)
    notes = PassageQuestion(
        "Notes",
        hint="They stay in this case and go to no other service. Write what the person may read.",
        optional=True,
    )

    def kept(self) -> Notes:
        """What is written so far."""
        return Notes(
            on=self.on.data,
            at_time=self.at_time.data.isoformat() if self.at_time.data else "",
            strengths=self.strengths.data,
            goals=tuple(Goal(goal) for goal in self.goals.data),
            needs=self.needs.data,
            notes=self.notes.data or "",
        )


class PriorityForm(Form):
    priority = ChoiceQuestion(
        "How pressing is it?",
        options(Priority),
        hints={priority.value: promise for priority, promise in PROMISES.items()},
        missing="Select how pressing it is",
    )
    reason = ChoiceQuestion("Why?", REASONS, missing="Select why")


class ProviderQuestion(ChoiceQuestion):
    """One of the members of the alliance that give support, who are known only when the service runs."""

    def among(self, providers: Mapping[str, str]) -> None:
        self._options = dict(providers)


class OfferForm(Form):
    kind = ChoiceQuestion("What do you offer?", options(Support), hints=SUPPORT_HINTS, missing="Select what you offer")
    provider = ProviderQuestion("Who gives it?", {}, missing="Select who gives it")


class AcceptForm(Form):
    """Nothing to fill in."""


class DeclineForm(Form):
    by = ChoiceQuestion(
        "Who says no?",
        {DeclinedBy.PERSON.value: "The person", DeclinedBy.PROVIDER.value: "The provider"},
        missing="Select who",
    )
    reason = ChoiceQuestion("Why?", DECLINE_REASONS, hints=DECLINE_HINTS, missing="Select why")
    note = PassageQuestion(
        "Anything that colleagues should know?",
        hint="It stays in this case. Write what the person may read.",
        optional=True,
    )


class StartForm(HappenedForm):
    """When support began."""


class EndForm(Form):
    reason = ChoiceQuestion(
        "Why has it ended?",
        options(SupportEnding, without=(SupportEnding.CASE_CLOSED,)),
        missing="Select why it has ended",
    )


class WithdrawForm(Form):
    reason = ChoiceQuestion(
        "Why do you take it back?",
        options(OfferWithdrawal, without=(OfferWithdrawal.CASE_CLOSED,)),
        missing="Select why you take it back",
    )


class SeeToForm(Form):
    """Nothing to fill in."""


class SecondaryCareForm(Form):
    team = ChoiceQuestion("To which team?", options(TeamType), missing="Select the team")


class IpsaForm(Form):
    setting = ChoiceQuestion("Where does the person live now?", Setting, missing="Select where the person lives now")
    weekly_cost = MoneyQuestion(
        "What does that cost a week?",
        hint="In pounds, such as 1,538 or 250.50. Everything that is paid for the place and the support in it.",
        missing="Enter what it costs a week",
    )
    support_level = ChoiceQuestion(
        "How much support does the person need at home?",
        SupportLevel,
        hints={
            "floating": "Somebody comes by now and then",
            "low": "A few hours a week",
            "medium": "Every day",
            "high": "Somebody is there day and night",
        },
        missing="Select how much support the person needs",
    )
    section_117 = ChoiceQuestion(
        "Does the person have a right to aftercare under section 117?",
        {"yes": "Yes", "no": "No"},
        hint="Mental Health Act 1983: after a stay in hospital under section 3, 37, 45A, 47 or 48.",
        inline=True,
        missing="Select yes if the person has a right to aftercare under section 117",
    )


class CloseForm(Form):
    outcome = ChoiceQuestion(
        "How did it end?",
        options(CaseOutcome, without=(CaseOutcome.INTRODUCTION_ENDED,)),
        hints=OUTCOME_HINTS,
        missing="Select how it ended",
    )
    reason = ChoiceQuestion("What led to it?", CLOSE_REASONS, optional=True, hint="You can leave this out.")
