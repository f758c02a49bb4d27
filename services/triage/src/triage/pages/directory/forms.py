"""What the directory's pages ask of whoever writes an entry."""

import re
from datetime import datetime, time
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from alliance.web import Text, refuse
from alliance.web.pages import ChoiceQuestion, ChoicesQuestion, DayQuestion, Form, LineQuestion, PassageQuestion
from alliance.web.pages.people import ADJUSTMENTS, LANGUAGES
from triage.domain.codes import DeclinedBy, EntryStatus, HelpArea, PauseReason, Support, Weekday
from triage.domain.declining import SAID_BY
from triage.domain.entry import Entry, Pause, Room
from triage.domain.particulars import Hours, Particulars, Phone, Where
from triage.pages.words import DECLINE_HINTS, DECLINE_REASONS, SUPPORT_HINTS, options

SHORT = {day.name[:3].lower(): day for day in Weekday}
_HOURS = re.compile(r"([a-z ,-]+?)\s+(\d{1,2})[:.](\d{2})\s*(?:-|–|to)\s*(\d{1,2})[:.](\d{2})")
_DAYS = re.compile(r"([a-z]{3})[a-z]*(?:\s*-\s*([a-z]{3})[a-z]*)?")


def _days(text: str) -> tuple[Weekday, ...]:
    """`mon-wed, fri` → the four days."""
    found: list[Weekday] = []
    for part in text.split(","):
        span = _DAYS.fullmatch(part.strip())
        if not span or span[1] not in SHORT or (span[2] and span[2] not in SHORT):
            raise refuse("Write the days as Mon-Fri, or as Mon, Wed")
        week, first = list(Weekday), SHORT[span[1]]
        last = SHORT[span[2]] if span[2] else first
        found += week[week.index(first) : week.index(last) + 1]
    return tuple(dict.fromkeys(found))


def _hours(text: str) -> tuple[Hours, ...]:
    """One line for each: `Mon-Fri 09:00-17:00`."""
    found = []
    for line in filter(None, (each.strip().lower() for each in text.splitlines())):
        told = _HOURS.fullmatch(line)
        if not told or int(told[2]) > 23 or int(told[4]) > 23 or int(told[3]) > 59 or int(told[5]) > 59:
            raise refuse("Write opening times as Mon-Fri 09:00-17:00, one line each")
        opens, closes = time(int(told[2]), int(told[3])), time(int(told[4]), int(told[5]))
        found.append(Hours(days=_days(told[1]), opens_at=opens, closes_at=closes))
    return tuple(found)


def _lines(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(each.strip() for each in text.splitlines() if each.strip()))
    if any(len(each) > 60 for each in found) or len(found) > 60:
        raise refuse("Write short lines, one for each")
    return found


def _age(text: str) -> int:
    if not text.strip().isdecimal() or int(text) > 130:
        raise refuse("Enter an age in years, such as 18")
    return int(text)


def _count(text: str) -> int:
    if not text.strip().isdecimal() or int(text) > 1_000:
        raise refuse("Enter a number from 0 to 1,000")
    return int(text)


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]{1,200}", text.strip()):
        raise refuse("Enter a web address that begins with https://")
    return text.strip()


def _email(text: str) -> str:
    if not re.fullmatch(r"[^\s@<>\"]{1,100}@[^\s@<>\"]{1,100}", text.strip()):
        raise refuse("Enter an email address, such as hello@example.org")
    return text.strip()


OpeningTimes = Annotated[tuple[Hours, ...], BeforeValidator(_hours)]
Lines = Annotated[tuple[str, ...], BeforeValidator(_lines)]
PROVIDERS_REASONS = {
    reason.value: DECLINE_REASONS[reason] for reason, sides in SAID_BY.items() if DeclinedBy.PROVIDER in sides
}
Short = {"classes": "nhsuk-input--width-3", "inputmode": "numeric"}
Postcode = Annotated[str, StringConstraints(max_length=10), AfterValidator(str.strip)]


TEXTS = (
    "name",
    "description",
    "alert",
    "url",
    "email",
    "confidential_contact",
    "eligibility",
    "fees",
    "wait_time",
    "application_process",
    "interpretation",
)
SAME = ("kind", "status", "helps_with", "languages", "accessibility", "minimum_age", "maximum_age")
"""Asked as the entry has them."""


class EntryForm(Form):
    name = LineQuestion("What is the service called?", missing="Enter what the service is called")
    kind = ChoiceQuestion(
        "What kind of support is it?",
        options(Support),
        hints=SUPPORT_HINTS,
        missing="Select what kind of support it is",
    )
    status = ChoiceQuestion("Is it there?", options(EntryStatus), missing="Select whether it is there")
    description = PassageQuestion("What happens there?", missing="Say what happens there")
    helps_with = ChoicesQuestion("What does it help with?", options(HelpArea), optional=True)
    alert = LineQuestion(
        "Is there anything that people must know now?", hint="For example, closed on a day", optional=True
    )
    url = LineQuestion("Web address", of=Annotated[str, BeforeValidator(_address)], optional=True)
    email = LineQuestion("Email address for anybody", of=Annotated[str, BeforeValidator(_email)], optional=True)
    phones = PassageQuestion("Phone numbers for anybody", hint="One line each", of=Lines, optional=True)
    staff_phones = PassageQuestion(
        "Phone numbers for staff alone", hint="One line each. They are never published.", of=Lines, optional=True
    )
    confidential_contact = PassageQuestion(
        "Whom staff may ask, and how", hint="Never published.", of=Annotated[str, Text(4000, lines=True)], optional=True
    )
    eligibility = PassageQuestion(
        "Who is it for?",
        hint="Information that helps people to choose. It never shuts anybody out.",
        optional=True,
    )
    minimum_age = LineQuestion("Youngest age", of=Annotated[int, BeforeValidator(_age)], optional=True, more=Short)
    maximum_age = LineQuestion("Oldest age", of=Annotated[int, BeforeValidator(_age)], optional=True, more=Short)
    fees = LineQuestion("What does it cost?", optional=True)
    wait_time = LineQuestion(
        "How long do people wait?", hint="As you see it; what we measure stands beside it.", optional=True
    )
    application_process = PassageQuestion("How does somebody come to it?", optional=True)
    interpretation = LineQuestion("Interpretation", hint="For example, by phone for any language", optional=True)
    languages = ChoicesQuestion("Which languages are spoken there, besides English?", LANGUAGES, optional=True)
    accessibility = ChoicesQuestion("What makes it easier for people?", ADJUSTMENTS, optional=True)
    hours = PassageQuestion(
        "When is it open?", hint="One line each, for example Mon-Fri 09:00-17:00", of=OpeningTimes, optional=True
    )
    address = LineQuestion("Address", hint="Leave it empty if people do not go there", optional=True)
    postcode = LineQuestion("Postcode", of=Postcode, optional=True, more={"classes": "nhsuk-input--width-10"})
    address_is = ChoiceQuestion(
        "May anybody know the address?",
        {"open": "Yes", "confidential": "No, staff alone: it is a safe place"},
        hint="Only where you wrote one",
        missing="Select whether anybody may know the address",
        optional=True,
    )
    areas = PassageQuestion(
        "For people of which areas?", hint="One line each. Empty means everybody.", of=Lines, optional=True
    )
    terms = PassageQuestion(
        "Codes of other directories", hint="One line each, as esdServiceTypes:1234", of=Lines, optional=True
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """A place is never published by oversight."""
        super().validate(extra_validators)
        if self.address.data and not self.address_is.data:
            self.address_is.errors = [self.address_is.missing]
        return not self.errors

    @classmethod
    def about(cls, entry: Entry, version: int) -> "EntryForm":
        """With what the entry says now."""
        says = entry.says
        return cls.fresh(
            version=version,
            **{name: getattr(says, name) for name in (*TEXTS, *SAME)},
            phones="\n".join(each.number for each in says.phones if not each.confidential),
            staff_phones="\n".join(each.number for each in says.phones if each.confidential),
            hours="\n".join(written(each) for each in says.hours),
            address=says.where.address if says.where else "",
            postcode=says.where.postcode if says.where else "",
            address_is="confidential" if says.where and says.where.confidential else "open",
            areas="\n".join(says.areas),
            terms="\n".join(says.terms),
        )

    def particulars(self) -> Particulars:
        plain: dict[str, Any] = {name: getattr(self, name).data or "" for name in TEXTS}
        lists: dict[str, Any] = {name: getattr(self, name).data or () for name in ("hours", "areas", "terms")}
        where = Where(
            address=self.address.data or "",
            postcode=self.postcode.data or "",
            confidential=self.address_is.data == "confidential",
        )
        open_ = [Phone(number=number) for number in self.phones.data or ()]
        own = [Phone(number=number, confidential=True) for number in self.staff_phones.data or ()]
        return Particulars(
            **plain,
            **lists,
            kind=Support(self.kind.data),
            status=EntryStatus(self.status.data),
            helps_with=tuple(HelpArea(each) for each in self.helps_with.data),
            languages=tuple(self.languages.data),
            accessibility=tuple(self.accessibility.data),
            minimum_age=self.minimum_age.data,
            maximum_age=self.maximum_age.data,
            phones=(*open_, *own),
            where=where if where.address else None,
        )


def written(hours: Hours) -> str:
    """As the form reads it again: `Mon, Tue 09:00-17:30`."""
    days = ", ".join(each.name.capitalize()[:3] for each in hours.days)
    return f"{days} {hours.opens_at:%H:%M}-{hours.closes_at:%H:%M}"


class RoomForm(Form):
    places = LineQuestion(
        "How many places are there for people of the alliance?",
        of=Annotated[int, BeforeValidator(_count)],
        hint="All of them, taken or free. Leave it empty if nobody counts places.",
        optional=True,
        more=Short,
    )
    free_expected_on = DayQuestion("When do you expect a place to be free?", optional=True)
    taking = ChoiceQuestion(
        "Do you take people on now?", {"yes": "Yes", "no": "No, not now"}, missing="Select whether you take people on"
    )
    reason = ChoiceQuestion("If not, why?", options(PauseReason), optional=True)
    until = DayQuestion("If not, until when?", optional=True)

    @classmethod
    def about(cls, entry: Entry, version: int) -> "RoomForm":
        room, pause = entry.room, entry.room.pause
        return cls.fresh(
            version=version,
            places=room.places,
            free_expected_on=room.free_expected_on,
            taking="no" if pause else "yes",
            reason=pause.reason if pause else None,
            until=pause.until if pause else None,
        )

    def room(self, now: datetime) -> Room:
        pause = None
        if self.taking.data == "no":
            reason = PauseReason(self.reason.data or PauseReason.FULL)
            pause = Pause(reason=reason, since=now, until=self.until.data)
        return Room(places=self.places.data, free_expected_on=self.free_expected_on.data, pause=pause)


class AssureForm(Form):
    """Nothing to fill in."""


class AcceptForm(Form):
    """Nothing to fill in."""


class ProviderDeclineForm(Form):
    reason = ChoiceQuestion("Why?", PROVIDERS_REASONS, hints=DECLINE_HINTS, missing="Select why")
    note = PassageQuestion(
        "Anything that the person's worker should know?",
        hint="It stays in the case. Write what the person may read.",
        optional=True,
    )


class WordsForm(Form):
    words = LineQuestion("Words to look for", of=Annotated[str, Text(100)], missing="Enter a word to look for")


class OfferEntryForm(Form):
    confirm = ChoicesQuestion("To be sure", {"yes": "I offer it all the same"}, optional=True)
