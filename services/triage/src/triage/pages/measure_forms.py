"""What triage's pages ask about measures: one form for each tool, which takes "not answered" too."""

from functools import cache
from typing import Any

from fastapi import Depends, Request

from alliance.web.pages import ChoiceQuestion, ChoicesQuestion, DayQuestion, Form
from triage.domain.codes import CorrectionReason, FilledInBy, MeasureTool
from triage.domain.measurement import FilledIn
from triage.domain.measures import TOOLS
from triage.pages.talk_words import FILLED_IN_BY, TOPICS
from triage.pages.words import options

NOT_SAID = "not-said"


class MeasureForm(Form):
    """The answers of one filled-in form; `form_of` adds the items of a tool."""

    tool: MeasureTool

    measured_on = DayQuestion("The day on which it was filled in", past=True, missing="Enter the day")
    filled_in_by = ChoiceQuestion("How was it filled in?", FILLED_IN_BY, missing="Select how it was filled in")

    @property
    def answers(self) -> tuple[int | None, ...]:
        given = (self[f"item_{item}"].data for item in range(1, TOOLS[self.tool].items + 1))
        return tuple(None if answer == NOT_SAID else int(answer) for answer in given)

    @property
    def help_with(self) -> tuple[int, ...]:
        return tuple(int(item) for item in self["wants_help"].data) if TOOLS[self.tool].asks_for_help else ()

    @property
    def how(self) -> FilledInBy:
        return FilledInBy(self.filled_in_by.data)


class CorrectionForm(MeasureForm):
    """The same with the reason, which comes last."""


@cache
def form_of(tool: MeasureTool, *, correcting: bool = False) -> type[MeasureForm]:
    """The form of a tool, its items numbered as on paper."""
    asked, base = TOOLS[tool], CorrectionForm if correcting else MeasureForm
    numbers = {str(number): str(number) for number in range(asked.lowest, asked.highest + 1)}
    answers = {**numbers, NOT_SAID: "Not answered"}
    fields: dict[str, Any] = {"tool": tool}
    for item, topic in enumerate(TOPICS[tool], 1):
        missing = f"Select the answer to item {item}, or that it was not answered"
        fields[f"item_{item}"] = ChoiceQuestion(f"{item}. {topic}", answers, missing=missing, inline=True)
    if asked.asks_for_help:
        topics = {str(item): topic for item, topic in enumerate(TOPICS[tool], 1)}
        fields["wants_help"] = ChoicesQuestion("With which of these do they want more help?", topics, optional=True)
    if correcting:
        fields["reason"] = ChoiceQuestion("Why is it corrected?", options(CorrectionReason), missing="Select why")
    return type(f"{tool.name.title()}Form", (base,), fields)


def correction_of(tool: MeasureTool, entry: FilledIn, version: int) -> MeasureForm:
    """The form with what was typed in before."""
    answers = {
        f"item_{item}": NOT_SAID if answer is None else str(answer) for item, answer in enumerate(entry.answers, 1)
    }
    not_said = {str(answer) for answer in TOOLS[tool].not_said}
    answers = {name: NOT_SAID if answer in not_said else answer for name, answer in answers.items()}
    return form_of(tool, correcting=True).fresh(
        version=version,
        measured_on=entry.measured_on,
        filled_in_by=entry.filled_in_by.value,
        wants_help=tuple(str(item) for item in entry.wants_help),
        **answers,
    )


def measure_sent() -> Any:
    """The form of the tool that the path names, as it was sent."""

    async def read(request: Request, tool: MeasureTool) -> MeasureForm:
        await request.body()
        return form_of(tool).read(await request.form())

    return Depends(read)


class TakeBackForm(Form):
    reason = ChoiceQuestion("Why does it not count?", options(CorrectionReason), missing="Select why")
