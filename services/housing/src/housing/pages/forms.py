"""What housing's pages ask."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, TypeAdapter

from alliance.access.caller import SUBJECT
from alliance.web.complaints import refuse
from alliance.web.fields import UUID_PATTERN, Line
from alliance.web.pages import (
    ChoiceQuestion,
    ChoicesQuestion,
    DayQuestion,
    Form,
    LineQuestion,
    MoneyQuestion,
    SelectQuestion,
)
from alliance.web.pages.fields import checked
from housing.api.giving import AREA_PATTERN, MEMBER_PATTERN
from housing.domain.codes import (
    AccessFeature,
    ClosingReason,
    CorrectionReason,
    DeclineReason,
    Destination,
    MoveOnReason,
    Setting,
    SupportLevel,
)
from housing.pages.words import label

HOMES_OF_ONES_OWN = {setting.value: label(setting) for setting in Setting if not setting.is_institution}
REASONS_TO_CORRECT = {
    CorrectionReason.TYPING_ERROR.value: "It was typed wrongly",
    CorrectionReason.LATE_INFORMATION.value: "We were told later",
    CorrectionReason.DISPUTED.value: "It was disputed",
}


def _matching(pattern: str, otherwise: str) -> Any:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise refuse(otherwise)
        return text

    return AfterValidator(check)


def _outward(text: str) -> str:
    return text.replace(" ", "").upper()


Area = Annotated[
    Line, AfterValidator(_outward), _matching(AREA_PATTERN, "Enter the first half of a postcode, such as SW9")
]
MemberCode = Annotated[
    Line,
    _matching(MEMBER_PATTERN, "Use small letters, digits and dashes, such as thames-reach"),
]
StaffId = Annotated[Line, _matching(SUBJECT.pattern, "Enter the staff identifier as it stands in their account")]

HOME_ID: TypeAdapter[str] = TypeAdapter(Annotated[Line, _matching(UUID_PATTERN, "Select a home")])


class HomeForm(Form):
    provider = LineQuestion(
        "Who gives the support?",
        of=MemberCode,
        hint="The organisation's short name, such as thames-reach",
        missing="Enter who gives the support",
    )
    landlord = LineQuestion(
        "Who is the landlord?",
        of=MemberCode,
        hint="A short name, such as example-homes",
        missing="Enter who the landlord is",
    )
    setting = ChoiceQuestion("What kind of home is it?", HOMES_OF_ONES_OWN, missing="Select the kind of home")
    support_level = ChoiceQuestion("How much support comes with it?", SupportLevel, missing="Select how much support")
    address = LineQuestion(
        "Address", hint="Shown in the record of the home only, never in a list", missing="Enter the address"
    )
    area_code = LineQuestion(
        "First half of the postcode", of=Area, hint="For example, SW9", missing="Enter the first half of the postcode"
    )
    confidential = ChoiceQuestion(
        "Is the address confidential?",
        {"no": "No, housing staff may know it", "yes": "Yes, only housing managers may know it"},
        missing="Select whether the address is confidential",
    )
    access_features = ChoicesQuestion("What makes it easier to live there?", AccessFeature, optional=True)
    rent = MoneyQuestion("Rent a week", missing="Enter the rent a week")
    support = MoneyQuestion("Support a week", missing="Enter what the support costs a week")
    void_since = DayQuestion("Empty since", past=True, missing="Enter the day since when it is empty")


class HomeQuestion(ChoiceQuestion):
    """One of the vacancies that the page shows; whether it may still be had, only the home knows."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, {}, **options)

    def show(self, homes: Mapping[str, str], hints: Mapping[str, str]) -> None:
        self._options, self._hints = dict(homes), hints

    def answer(self, given: Sequence[str]) -> str:
        return str(checked(HOME_ID, given[0]))


class OfferForm(Form):
    home_id = HomeQuestion("Which home?", missing="Select a home")


class AcceptForm(Form):
    """Nothing to fill in."""


class DeclineForm(Form):
    by = ChoiceQuestion(
        "Who declines?",
        {"person": "The person", "provider": "The provider of the home"},
        missing="Select who declines",
    )
    reason = ChoiceQuestion("Why?", DeclineReason, missing="Select why")


class MoveInForm(Form):
    moved_in_on = DayQuestion("When did they move in?", past=True, missing="Enter the day on which they moved in")


class CorrectionForm(Form):
    moved_in_on = DayQuestion(
        "When did they really move in?", past=True, missing="Enter the day on which they moved in"
    )
    reason = ChoiceQuestion("Why is it corrected?", REASONS_TO_CORRECT, missing="Select why it is corrected")


class LeavingForm(Form):
    moved_on_on = DayQuestion("When did they move on?", past=True, missing="Enter the day on which they moved on")
    destination = SelectQuestion("Where to?", Destination, missing="Select where they moved to")
    reason = ChoiceQuestion("Why?", MoveOnReason, missing="Select why they moved on")


class CloseForm(Form):
    reason = ChoiceQuestion("Why does the search end?", ClosingReason, missing="Select why the search ends")


class TakeOnForm(Form):
    """Nothing to fill in."""


class StepBackForm(Form):
    """Nothing to fill in."""


class NameWorkerForm(Form):
    subject = LineQuestion(
        "Their staff identifier",
        of=StaffId,
        hint="As it stands in their account, such as slam-key-1. They can then open this placement.",
        missing="Enter their staff identifier",
    )
