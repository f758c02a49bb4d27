"""The questions a form may ask. Each knows its NHS macro, its parameters, and the one message for a bad answer."""

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any, ClassVar

from pydantic import TypeAdapter, ValidationError
from wtforms import Field
from wtforms.validators import StopValidation

from alliance.web.fields import Line, Passage

Options = Mapping[str, str] | type[Enum]


class Question(Field):
    """A field with a label, a hint and a message for when it is missing. `answer` turns what was sent into data."""

    macro: ClassVar[str] = "input"

    def __init__(
        self,
        label: str,
        *,
        hint: str | None = None,
        optional: bool = False,
        missing: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, name=options.pop("name", None), **_own(options))
        self.hint, self.optional = hint, optional
        self.missing = missing or f"Answer “{label}”"
        self.sent: list[str] = []

    @property
    def first_bad_id(self) -> str:
        return str(self.id)

    @property
    def error(self) -> dict[str, str] | None:
        return {"text": str(self.errors[0])} if self.errors else None

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.sent = [text.replace("\r\n", "\n") for text in valuelist if isinstance(text, str)]

    def pre_validate(self, form: Any) -> None:
        """Raises `StopValidation` with the message."""
        given = [text for text in self.sent if text.strip()]
        if not given:
            self.data = self.nothing
            if not self.optional:
                raise StopValidation(self.missing)
            return
        self.data = self.answer(given)

    nothing: Any = None

    def answer(self, given: Sequence[str]) -> Any:
        return given[0]

    def typed(self) -> str:
        """What stands in the input: what was typed, right or wrong, else what is known."""
        return self.sent[0] if self.sent else "" if self.data is None else str(self.data)

    def params(self) -> dict[str, Any]:
        """For the NHS macro."""
        optional = " (optional)" if self.optional else ""
        found: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "label": {"text": f"{self.label.text}{optional}"},
            "value": self.typed(),
        }
        if self.hint:
            found["hint"] = {"text": self.hint}
        if self.errors:
            found["errorMessage"] = self.error
        return found


class LineQuestion(Question):
    """One line of text, checked by a pydantic type."""

    def __init__(self, label: str, *, of: Any = Line, more: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(label, **options)
        self._of, self._more = adapter_of(of), dict(more or {})

    def answer(self, given: Sequence[str]) -> Any:
        return checked(self._of, given[0])

    def params(self) -> dict[str, Any]:
        return {**super().params(), **self._more}


class PassageQuestion(LineQuestion):
    macro = "textarea"

    def __init__(self, label: str, *, of: Any = Passage, **options: Any) -> None:
        super().__init__(label, of=of, **options)

    def params(self) -> dict[str, Any]:
        return {"rows": "5", **super().params()}


class MoneyQuestion(Question):
    """Pounds and pence on screen, pence as data."""

    def answer(self, given: Sequence[str]) -> int:
        text = given[0].replace(",", "").replace("£", "").strip()
        whole, _, part = text.partition(".")
        if not whole.isdecimal() or len(whole) > 10 or (part and not (part.isdecimal() and len(part) == 2)):
            raise StopValidation("Enter an amount in pounds, such as 250 or 250.50")
        return int(whole) * 100 + int(part or 0)

    def typed(self) -> str:
        if self.sent or self.data is None:
            return super().typed()
        return f"{self.data // 100}.{self.data % 100:02d}"

    def params(self) -> dict[str, Any]:
        return {**super().params(), "prefix": "£", "classes": "nhsuk-input--width-10", "inputmode": "decimal"}


class ChoiceQuestion(Question):
    """One of a few, as radio buttons."""

    macro = "radios"

    def __init__(self, label: str, options: Options, *, hints: Mapping[str, str] | None = None, **more: Any) -> None:
        self._inline = bool(more.pop("inline", False))
        super().__init__(label, **more)
        self._of = options if isinstance(options, type) else None
        self._options = options_of(options)
        self._hints = hints or {}

    def answer(self, given: Sequence[str]) -> Any:
        if given[0] not in self._options:
            raise StopValidation(self.missing)
        return self._of(given[0]) if self._of else given[0]

    def chosen(self) -> set[str]:
        if self.sent:
            return set(self.sent)
        known = self.data if isinstance(self.data, list | tuple | set | frozenset) else [self.data]
        return {str(each.value) if isinstance(each, Enum) else str(each) for each in known if each is not None}

    def items(self) -> list[dict[str, Any]]:
        chosen = self.chosen()
        return [
            {
                "value": value,
                "text": text,
                "checked": value in chosen,
                "id": self.id if place == 0 else f"{self.id}-{place + 1}",
                **({"hint": {"text": self._hints[value]}} if value in self._hints else {}),
            }
            for place, (value, text) in enumerate(self._options.items())
        ]

    def params(self) -> dict[str, Any]:
        found = super().params()
        return {
            "idPrefix": found["id"],
            "name": found["name"],
            "fieldset": {"legend": {"text": found["label"]["text"], "classes": "nhsuk-fieldset__legend--s"}},
            "items": self.items(),
            "inline": self._inline,
            **{key: found[key] for key in ("hint", "errorMessage") if key in found},
        }


class ChoicesQuestion(ChoiceQuestion):
    """Any of a few, as checkboxes; data is a tuple."""

    macro = "checkboxes"
    nothing = ()

    def answer(self, given: Sequence[str]) -> Any:
        if any(each not in self._options for each in given):
            raise StopValidation(self.missing)
        return tuple(self._of(each) if self._of else each for each in given)


class SelectQuestion(ChoiceQuestion):
    """One of many."""

    macro = "select"

    def params(self) -> dict[str, Any]:
        found = Question.params(self)
        found.pop("value")
        chosen = self.chosen()
        first = {"value": "", "text": "Choose one"}
        return {
            **found,
            "items": [first, *({"value": v, "text": t, "selected": v in chosen} for v, t in self._options.items())],
        }


@cache
def adapter_of(kind: Any) -> TypeAdapter[Any]:
    """One for each kind: to make one takes longer than all else that a form does."""
    return TypeAdapter(kind)


def checked(adapter: TypeAdapter[Any], given: Any) -> Any:
    """What the type makes of it, or its own message as the field's."""
    try:
        return adapter.validate_python(given)
    except ValidationError as error:
        first = error.errors()[0]
        context = first.get("ctx", {})
        if first["type"] == "string_too_long":
            raise StopValidation(f"Use {context['max_length']:,} characters or fewer") from None
        raise StopValidation(first["msg"]) from None


def options_of(options: Options) -> dict[str, str]:
    if isinstance(options, type):
        return {str(each.value): each.name.replace("_", " ").capitalize() for each in options}
    return dict(options)


def _own(options: dict[str, Any]) -> dict[str, Any]:
    return {
        name: options[name] for name in ("_form", "_prefix", "_translations", "_meta", "default") if name in options
    }
