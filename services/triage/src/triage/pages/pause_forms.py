"""What the pages about pauses and reopening ask."""

from datetime import UTC, datetime, time

from alliance.kernel import LONDON, WorkingDays
from alliance.web.pages import ChoiceQuestion, DayQuestion, Form
from triage.domain.codes import Priority
from triage.domain.wait_codes import PauseChange, WaitPauseReason
from triage.pages.words import PAUSE_HINTS, PROMISES, REOPEN_REASONS, options


class PauseForm(Form):
    """From a day until a day: `start` is now if it is today, `until` the beginning of the day."""

    reason = ChoiceQuestion(
        "Why do the clocks stand still?", options(WaitPauseReason), hints=PAUSE_HINTS, missing="Select why"
    )
    begins = DayQuestion("From which day?", missing="Enter the day from which the clocks stand still")
    ends = DayQuestion(
        "Until which day?",
        hint="On the morning of this day the clocks run again by themselves. At most 28 days after the first day.",
        missing="Enter the day on which the clocks run again",
    )
    known = ChoiceQuestion(
        "Is that day certain?",
        {"yes": "Yes, the person is back then", "no": "No, we look again on that day"},
        hint="If you look again, choose a working day. A day on which nobody is here becomes the one before it.",
        missing="Select whether that day is certain",
    )

    def starts_at(self, now: datetime, earliest: datetime | None) -> datetime:
        """The beginning of the first day, but not before the introduction came in; now, if it is today."""
        if self.begins.data == now.astimezone(LONDON).date():
            return now
        morning = _morning(self.begins.data)
        return max(morning, earliest) if earliest and earliest.date() == self.begins.data else morning

    def until(self, working_days: WorkingDays) -> datetime:
        day = self.ends.data
        return _morning(working_days.on_or_before(day) if self.review else day)

    @property
    def review(self) -> bool:
        return bool(self.known.data == "no")


class ResumeForm(Form):
    """Nothing to fill in."""


class CorrectPauseForm(Form):
    change = ChoiceQuestion(
        "What is to be put right?",
        {
            PauseChange.EXTENDED.value: "The pause lasts longer",
            PauseChange.WRONG_TIME.value: "The days are wrong",
            PauseChange.NEVER_WAS.value: "There was no pause: the clocks ran all the time",
        },
        missing="Select what is to be put right",
    )
    begins = DayQuestion("From which day?", optional=True, hint="Leave it empty if the first day was right.")
    ends = DayQuestion("Until which day?", optional=True, hint="Leave it empty if the last day was right.")

    def starts_at(self, before: datetime) -> datetime:
        same = self.begins.data is None or self.begins.data == before.astimezone(LONDON).date()
        return before if same else _morning(self.begins.data)

    def until(self, before: datetime) -> datetime:
        same = self.ends.data is None or self.ends.data == before.astimezone(LONDON).date()
        return before if same else _morning(self.ends.data)


class ReopenForm(Form):
    reason = ChoiceQuestion("Why is the case opened again?", REOPEN_REASONS, missing="Select why")
    priority = ChoiceQuestion(
        "How pressing is it now?",
        options(Priority),
        hints={priority.value: promise for priority, promise in PROMISES.items()},
        missing="Select how pressing it is",
    )


def _morning(day: object) -> datetime:
    """The first moment of a day in London."""
    return datetime.combine(day, time(), tzinfo=LONDON).astimezone(UTC)  # type: ignore[arg-type]
