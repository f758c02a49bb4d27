"""What triage's pages ask about who works with a person: key workers, transfers, reviews, teams."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from alliance.web import refuse
from alliance.web.pages import (
    ChoiceQuestion,
    ChoicesQuestion,
    DayQuestion,
    Form,
    LineQuestion,
    PassageQuestion,
    SelectQuestion,
)
from alliance.web.pages.people import LANGUAGES
from triage.domain.codes import HelpArea, ReviewOutcome, TeamType
from triage.domain.transfer import HandedOver, Override, ReturnReason, RevokeReason, TransferReason
from triage.pages.words import options


class Among:
    """A question whose answers are known only when the service runs."""

    def among(self, choices: Mapping[str, str], hints: Mapping[str, str] | None = None) -> None:
        self._options: dict[str, str] = dict(choices)
        self._hints: Mapping[str, str] = hints or {}


class ChoiceAmong(Among, ChoiceQuestion):
    pass


class ChoicesAmong(Among, ChoicesQuestion):
    pass


class SelectAmong(Among, SelectQuestion):
    pass


def _points(text: str) -> int:
    if text.strip().isdecimal() and int(text) <= 200:
        return int(text)
    raise refuse("Enter a whole number from 0 to 200")


Points = Annotated[int, BeforeValidator(_points)]
StaffSubject = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9:._-]*$"), Field(max_length=64)
]
SHORT: Mapping[str, Any] = {"classes": "nhsuk-input--width-5", "inputmode": "numeric"}


class NothingForm(Form):
    """Nothing to fill in."""


class NameKeyWorkerForm(Form):
    who = ChoiceAmong(
        "Who shall be key worker?",
        {},
        hint="The best fit comes first. You decide: nothing here happens by itself.",
        missing="Select who shall be key worker",
    )


class AskTransferForm(Form):
    to = SelectAmong("To which organisation?", {}, missing="Select the organisation")
    team = SelectAmong("To which of their teams?", {}, hint="Leave it open if they shall decide that.", optional=True)
    reason = ChoiceQuestion("Why?", options(TransferReason), missing="Select why")
    handed_over = ChoicesQuestion("What do you hand over?", options(HandedOver), optional=True)
    note = PassageQuestion(
        "What do they need to know to decide?",
        hint="Only those who decide about it read this. Leave out what is not needed for that.",
        optional=True,
    )
    agreed = ChoiceQuestion(
        "Does the person agree that the other organisation takes over?",
        {"yes": "Yes, they have said so", "no": "No, or we could not ask"},
        missing="Select whether the person agrees",
    )
    override = SelectQuestion(
        "If not, on what does it rest?",
        options(Override),
        hint="Only where you answer no. Not every role may go on without the person's agreement.",
        optional=True,
    )


OUR_REASONS = {
    ReturnReason.NO_ROOM.value: "We have no room now",
    ReturnReason.MORE_TO_KNOW.value: "We have to know more first",
}
"""As those say it who return a case; the sender reads "they"."""


class AcceptTransferForm(Form):
    key_worker = SelectAmong(
        "Who becomes key worker?",
        {},
        hint="Leave it open if nobody is chosen yet: the case then waits on your board.",
        optional=True,
    )


class ReturnForm(Form):
    reason = ChoiceQuestion("Why?", {**options(ReturnReason), **OUR_REASONS}, missing="Select why")


class RevokeForm(Form):
    reason = ChoiceQuestion("Why?", options(RevokeReason, without=(RevokeReason.CASE_CLOSED,)), missing="Select why")


class PlanReviewForm(Form):
    on = DayQuestion("When do you meet?", missing="Enter the day of the review")
    attendees = ChoicesAmong("Who comes?", {}, hint="The named workers, and those who lead the team.", optional=True)


class HoldReviewForm(Form):
    on = DayQuestion("When did you meet?", past=True, missing="Enter the day on which you met")
    outcome = ChoiceQuestion("What did it come to?", options(ReviewOutcome), missing="Select what it came to")
    next_on = DayQuestion("When do you meet next?", optional=True)


class TeamForm(Form):
    name = LineQuestion("What is the team called?", missing="Enter the name of the team")
    organisation = SelectAmong("Which organisation is it of?", {}, missing="Select the organisation")
    team_type = SelectQuestion("What kind of team is it?", options(TeamType), missing="Select the kind of team")
    areas = ChoicesQuestion("What does it mostly help with?", HelpArea, optional=True)


class TeamDescriptionForm(Form):
    name = LineQuestion("What is the team called?", missing="Enter the name of the team")
    team_type = SelectQuestion("What kind of team is it?", options(TeamType), missing="Select the kind of team")
    areas = ChoicesQuestion("What does it mostly help with?", HelpArea, optional=True)


class MemberForm(Form):
    subject = LineQuestion(
        "Staff id",
        of=StaffSubject,
        hint="As their own organisation calls them when they sign in, such as staff-kit.",
        missing="Enter the staff id",
    )
    capacity = LineQuestion(
        "How much room do they have?",
        of=Points,
        hint="In points: a routine case is 1, an urgent one 2, a very urgent one 3, an emergency 4.",
        more=SHORT,
        missing="Enter how much room they have",
    )
    languages = ChoicesQuestion("What do they speak besides English?", LANGUAGES, optional=True)
    lead = ChoiceQuestion(
        "Do they lead the team?", {"yes": "Yes", "no": "No"}, inline=True, missing="Select whether they lead the team"
    )
    away_until = DayQuestion("Are they away? The day on which they are back", optional=True)


class HandOnForm(Form):
    cases = ChoicesAmong("Which cases?", {}, missing="Select at least one case")
    to = ChoiceAmong("To whom?", {}, missing="Select a colleague")
