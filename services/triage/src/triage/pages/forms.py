"""What triage's pages ask."""

from alliance.web.pages import (
    ChoiceQuestion,
    ChoicesQuestion,
    DayQuestion,
    Form,
    PassageQuestion,
)
from triage.domain.codes import CaseOutcome, Goal, HelpArea, Strength


class ConversationForm(Form):
    held_on = DayQuestion("When did you talk?", past=True, missing="Enter the day on which you talked")
    strengths = ChoicesQuestion("What is the person good at, and what can they lean on?", Strength, optional=True)
    goals = ChoicesQuestion("What do they want to reach?", Goal, optional=True)
    needs = ChoicesQuestion("What do they need help with?", HelpArea, optional=True)
    notes = PassageQuestion("Notes", hint="Stays in this case. Nobody outside triage reads it.", optional=True)


class CloseForm(Form):
    outcome = ChoiceQuestion("How did it end?", CaseOutcome, missing="Select how it ended")


class TakeOnForm(Form):
    """Nothing to fill in."""
