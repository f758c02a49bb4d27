"""The columns that a file of introductions may have, what each is for, and how one cell is read."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from alliance.kernel import LONDON
from alliance.web import Day, Line, NhsNumber, Passage, Phone, Text, refuse
from alliance.web.emails import Email
from intake.domain.codes import HelpArea, NhsNumberStatus, SafetyKind, SourceCode, WayIn
from intake.domain.facts import ContactPoint
from intake.domain.person import Details
from intake.domain.records import Story

_SHAPES = ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")
_TRUE, _FALSE = ("yes", "y", "true", "1"), ("no", "n", "false", "0")


def _moment(text: Any) -> Any:
    """A day, or a day and a time, of London; a day alone means its noon."""
    for shape in _SHAPES:
        try:
            found = datetime.strptime(text, shape)  # noqa: DTZ007 - the zone is London's, set below
        except (TypeError, ValueError):
            continue
        return found.replace(hour=found.hour if "%H" in shape else 12, tzinfo=LONDON)
    raise refuse("Write the day as 2026-11-02 or 02/11/2026, with a time after it if you know it: 14:30.")


def _day(text: Any) -> date:
    found: datetime = _moment(text)
    if found.date() > datetime.now(LONDON).date():
        raise refuse("This date is in the future.")
    return found.date()


def _past(text: Any) -> datetime:
    found: datetime = _moment(text)
    now = datetime.now(LONDON)
    if found.date() > now.date():
        raise refuse("This date is in the future.")
    if found.year < 1990:
        raise refuse("This date is too far in the past.")
    return min(found, now)


def _truth(text: Any) -> bool:
    if text.casefold() in _TRUE:
        return True
    if text.casefold() in _FALSE:
        return False
    raise refuse("Write yes or no.")


def _coded(text: Any) -> Any:
    return text.strip().replace(" ", "-").replace("_", "-")


def _lower(text: Any) -> Any:
    return _coded(text).lower()


def _upper(text: Any) -> Any:
    return _coded(text).upper()


def _several(text: Any) -> list[str]:
    for mark in (";", ",", "\n"):
        text = text.replace(mark, "|")
    return list(dict.fromkeys(_lower(each) for each in text.split("|") if each.strip()))


def _danger(text: Any) -> Any:
    said = _lower(text)
    return None if said in _FALSE else "not-said" if said in _TRUE else said


Truth = Annotated[bool, BeforeValidator(_truth)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]


def _codes(kind: type[Enum]) -> str:
    return ", ".join(str(each.value) for each in kind)


class RowCells(BaseModel):
    """The cells of one row that are not empty. Descriptions are what the template file explains."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    received_on: Annotated[datetime, BeforeValidator(_past)] = Field(
        description="needed: when you received it, as 2026-11-02 or 02/11/2026, with a time if known"
    )
    way_in: Annotated[WayIn, BeforeValidator(_lower)] = Field(description=f"needed: one of {_codes(WayIn)}")
    source_code: Annotated[SourceCode, BeforeValidator(_upper)] = Field(
        description=f"needed: who introduces, one of {_codes(SourceCode)} (B1 the person themselves, A1 GP)"
    )
    reference: Annotated[str, Text(64)] | None = Field(
        default=None, description="your own number for this introduction, unlike any other of yours"
    )
    safety_concern: Annotated[SafetyKind | None, BeforeValidator(_danger)] = Field(
        default=None, description=f"if somebody may be in danger now: yes, or one of {_codes(SafetyKind)}"
    )
    full_name: Line | None = Field(default=None, description="as in official papers")
    call_me: Annotated[str, Text(100)] | None = Field(default=None, description="what to call them")
    date_of_birth: Annotated[Day, BeforeValidator(_day)] | None = Field(default=None, description="as 1980-03-31")
    nhs_number: NhsNumber | None = Field(default=None, description="ten digits; in a spreadsheet format it as text")
    phone: Phone | None = Field(default=None, description="with the area or country code")
    phone_safe: Truth = Field(default=False, description="yes if nobody else sees or hears what arrives there")
    voicemail_ok: Truth = Field(default=False, description="yes if a voicemail is fine")
    email: Email | None = Field(default=None, description="email address")
    email_safe: Truth = Field(default=False, description="yes if nobody else reads it")
    address: Annotated[str, Text(320, lines=True)] | None = Field(default=None, description="for letters")
    address_safe: Truth = Field(default=False, description="yes if nobody else opens their letters")
    interpreter_language: Code | None = Field(default=None, description="language code such as bfi, pt or so")
    adjustments: Annotated[tuple[Code, ...], BeforeValidator(_several), Field(max_length=20)] = Field(
        default=(), description="what makes it easier, several with | between"
    )
    going_on: Passage | None = Field(default=None, description="what is going on, in their own words")
    matters_to_me: Passage | None = Field(default=None, description="what matters to them")
    good_at: Passage | None = Field(default=None, description="what they are good at")
    would_help: Passage | None = Field(default=None, description="what would help")
    help_areas: Annotated[tuple[HelpArea, ...], BeforeValidator(_several)] = Field(
        default=(), description=f"several with | between, of {_codes(HelpArea)}"
    )
    keep_out: Annotated[tuple[Code, ...], BeforeValidator(_several), Field(max_length=50)] = Field(
        default=(), description="organisations that may not hold the details, several with | between"
    )

    def details(self) -> Details:
        said = (
            ("phone", self.phone, self.phone_safe),
            ("email", self.email, self.email_safe),
            ("address", self.address, self.address_safe),
        )
        return Details(
            full_name=self.full_name,
            call_me=self.call_me,
            date_of_birth=self.date_of_birth,
            nhs_number=self.nhs_number,
            nhs_number_status=NhsNumberStatus.NOT_TRACED if self.nhs_number else None,
            contact_points=tuple(
                ContactPoint(kind=kind, value=value, safe=safe, voicemail_ok=kind == "phone" and self.voicemail_ok)
                for kind, value, safe in said
                if value
            ),
            interpreter_language=self.interpreter_language,
            adjustments=self.adjustments,
        )

    def story(self) -> Story:
        return Story(**{name: getattr(self, name) or "" for name in Story.__dataclass_fields__})

    def plain(self) -> dict[str, str]:
        """What has one form only, however it was typed."""
        found = {"received_on": self.received_on.date().isoformat(), "source_code": self.source_code.value}
        if self.phone:
            found["phone"] = "".join(letter for letter in self.phone if letter.isdigit())
        if self.nhs_number:
            found["nhs_number"] = self.nhs_number
        if self.date_of_birth:
            found["date_of_birth"] = self.date_of_birth.isoformat()
        return found

    @classmethod
    def read(cls, cells: dict[str, str]) -> Self:
        """Raises pydantic's `ValidationError`."""
        return cls.model_validate({name: text for name, text in cells.items() if text})


COLUMNS = {name: str(field.description) for name, field in RowCells.model_fields.items()}
NEEDED = tuple(name for name, field in RowCells.model_fields.items() if field.is_required())
