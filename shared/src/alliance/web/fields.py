"""Field types for request bodies: bounded text, NHS number, phone, real dates and instants, ids, pence."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Path
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from alliance.web.complaints import refuse

UUID_PATTERN = r"^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$"
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)

_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
"""Control characters, and the marks that make text read backwards."""
_BREAKS = "\t\n\r\u2028\u2029"


@dataclass(frozen=True)
class Text:
    """`Annotated[str, Text(200)]`: 1 to `most` characters, not blank, without control characters, ends trimmed."""

    most: int
    lines: bool = False
    """Whether it may have more than one line."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            self._checked, core_schema.str_schema(strict=True, min_length=1, max_length=self.most)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "pattern": self.pattern}

    @property
    def unwanted(self) -> frozenset[int]:
        """Code points that it may not have."""
        return _code_points(_FORBIDDEN if self.lines else _FORBIDDEN + _BREAKS)

    @property
    def pattern(self) -> str:
        """The same for the OpenAPI document."""
        unwanted = (_FORBIDDEN if self.lines else _FORBIDDEN + _BREAKS).encode("unicode_escape").decode("ascii")
        unwanted = unwanted.replace("\\t", "\\x09").replace("\\n", "\\x0a").replace("\\r", "\\x0d")
        return f"^[^{unwanted}]*[^\\s{unwanted}][^{unwanted}]*$"

    def _checked(self, text: str) -> str:
        unwanted = self.unwanted
        if any(ord(letter) in unwanted for letter in text):
            raise refuse("This has characters that cannot be used here.")
        if not (trimmed := text.strip()):
            raise refuse("This is blank.")
        return trimmed


def _code_points(characters: str) -> frozenset[int]:
    """The members of a character class such as `a-cx`."""
    points: set[int] = set()
    rest = list(characters)
    while rest:
        first = ord(rest.pop(0))
        last = ord(rest.pop(1)) if len(rest) > 1 and rest[0] == "-" else first
        if last != first:
            rest.pop(0)
        points.update(range(first, last + 1))
    return frozenset(points)


def _nhs_number(text: Any) -> str:
    """NHS Data Dictionary: ten digits, the last a modulus 11 check digit."""
    from nhs_number.validate import is_valid

    digits = text.replace(" ", "").replace("-", "") if isinstance(text, str) and len(text) <= 20 else ""
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit():
        raise refuse("An NHS number has ten digits.")
    if not is_valid(digits):
        raise refuse("This is not a valid NHS number: check the digits.")
    return digits


def _phone(text: Any) -> str:
    """Kept as typed: people write a number the way in which they can read it back."""
    import phonenumbers

    if not isinstance(text, str) or not 3 <= len(text) <= 40:
        raise refuse("This must be a phone number.")
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        raise refuse("This must be a phone number.") from None
    possible = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    if not possible or not text.isprintable():
        raise refuse("This must be a phone number, with the area or country code.")
    return text.strip()


def _day(found: date) -> date:
    if not FIRST_DAY <= found <= LAST_DAY:
        raise refuse("This date is too far away: use a year from 1900 to 2199.")
    return found


def _instant(found: datetime) -> datetime:
    _day(found.date())
    return found


NhsNumber = Annotated[
    str, BeforeValidator(_nhs_number), WithJsonSchema({"type": "string", "format": "nhs-number", "maxLength": 20})
]
"""Ten digits, spaces and dashes taken out, modulus 11 checked."""

Phone = Annotated[
    str, BeforeValidator(_phone), WithJsonSchema({"type": "string", "format": "phone", "minLength": 3, "maxLength": 40})
]
"""A possible phone number, United Kingdom unless it says otherwise, kept as typed."""

Day = Annotated[date, AfterValidator(_day)]
Instant = Annotated[AwareDatetime, AfterValidator(_instant)]
Id = Annotated[str, Field(pattern=UUID_PATTERN)]
"""A UUID in lower-case text, in a body."""
PathId = Annotated[str, Path(pattern=UUID_PATTERN)]
"""A UUID in a path; anything else is answered by 404."""
Pence = Annotated[int, Field(ge=0, le=1_000_000_000_00)]
Line = Annotated[str, Text(200)]
Passage = Annotated[str, Text(4000, lines=True)]
