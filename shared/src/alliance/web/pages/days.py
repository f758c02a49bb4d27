"""The question for a date: three inputs, and which of them is wrong."""

from datetime import date, datetime
from typing import Any

from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from alliance.kernel import LONDON
from alliance.web.fields import Day
from alliance.web.pages.fields import Question, adapter_of, checked


class DayQuestion(Question):
    """A date in three inputs; the summary links to the part that is wrong (GOV.UK and NHS date input)."""

    macro = "date-input"
    parts = ("day", "month", "year")

    def __init__(self, label: str, *, past: bool = False, birthday: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self._past, self._birthday = past, birthday
        self.bad: tuple[str, ...] = ()
        self._typed: dict[str, str] = {}

    @property
    def first_bad_id(self) -> str:
        return f"{self.id}-{self.bad[0] if self.bad else 'day'}"

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(formdata, data, extra_filters)
        if formdata is not None:
            self._typed = {part: self._sent(formdata, part) for part in self.parts}

    def _sent(self, formdata: Any, part: str) -> str:
        """The NHS macro names its inputs `born[day]`; `born-day` is the same."""
        return str(formdata.get(f"{self.name}[{part}]") or formdata.get(f"{self.name}-{part}") or "").strip()

    def pre_validate(self, form: Any) -> None:
        absent = tuple(part for part in self.parts if not self._typed.get(part))
        self.data = None
        if len(absent) == 3:
            if not self.optional:
                self.bad = ("day",)
                raise StopValidation(self.missing)
            return
        if absent:
            self.bad = absent
            raise StopValidation(f"{self.label.text} must include a {' and '.join(absent)}")
        try:
            day, month, year = (int(self._typed[part]) for part in self.parts)
            self.data = checked(adapter_of(Day), date(year, month, day))
        except (ValueError, OverflowError):
            self.bad = self.parts
            raise StopValidation(f"{self.label.text} must be a real date") from None
        if self._past and self.data > datetime.now(LONDON).date():
            self.bad = self.parts
            raise StopValidation(f"{self.label.text} must be today or in the past")

    def _part(self, part: str) -> str:
        if self._typed:
            return self._typed[part]
        return str(getattr(self.data, part)) if self.data else ""

    def params(self) -> dict[str, Any]:
        found = super().params()
        wide = {"day": 2, "month": 2, "year": 4}
        return {
            "id": self.id,
            "namePrefix": self.name,
            "fieldset": {"legend": {"text": found["label"]["text"], "classes": "nhsuk-fieldset__legend--s"}},
            "items": [
                {
                    "name": part,
                    "value": self._part(part),
                    "classes": f"nhsuk-input--width-{wide[part]}" + (" nhsuk-input--error" if part in self.bad else ""),
                    **({"autocomplete": f"bday-{part}"} if self._birthday else {}),
                }
                for part in self.parts
            ],
            **{key: found[key] for key in ("hint", "errorMessage") if key in found},
        }
