"""A service as another directory publishes it (HSDS 3.0), read into what we hold; what is left out is told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from uuid import UUID

from triage.application.held import not_held
from triage.domain.codes import EntryStatus, HelpArea, Support, Weekday
from triage.domain.particulars import Hours, Particulars, Phone, Where
from triage.domain.vocabulary import HELP, SUPPORT, standard_id

Json = Mapping[str, Any]
LINES = {
    "alert": "alert",
    "fees": "fees",
    "fees_description": "fees",
    "wait_time": "wait_time",
    "interpretation_services": "interpretation",
}
PASSAGES = {
    "description": "description",
    "eligibility_description": "eligibility",
    "application_process": "application_process",
}
"""Field of HSDS → ours."""
URL = re.compile(r"https?://[^\s<>\"]{1,200}")
EMAIL = re.compile(r"[^\s@<>\"]{1,100}@[^\s@<>\"]{1,100}")
TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")
FEATURE = re.compile(r"[a-z][a-z-]{0,39}")


class Unreadable(Exception):
    """Why a service cannot be taken in, for whoever chose the file."""


@dataclass(frozen=True, kw_only=True)
class Harvested:
    """`kind_said`: the file says what kind of support it is. `left_out`: what we cannot hold, in plain words."""

    id: str
    organisation_id: str
    organisation_name: str
    says: Particulars
    kind_said: bool
    assured_on: date | None
    left_out: tuple[str, ...]


@dataclass
class Reading:
    """One service while it is being read. `members`: id → name."""

    service: Json
    members: Mapping[str, str]
    kind: Support
    """Where the service does not say."""
    today: date
    left_out: dict[str, None] = field(default_factory=dict)

    def read(self) -> Harvested:
        """Raises `Unreadable`."""
        for what in not_held(self.service):
            self._leave(what)
        organisation_id, name = self._organisation()
        kind, helps_with, terms = self._terms()
        says = Particulars(
            name=self._name(),
            kind=kind or self.kind,
            status=self._status(),
            helps_with=helps_with,
            terms=terms,
            url=self._matching("url", URL),
            email=self._matching("email", EMAIL),
            phones=self._phones(),
            minimum_age=self._age("minimum_age"),
            maximum_age=self._age("maximum_age"),
            languages=self._languages(),
            hours=self._hours(),
            areas=self._areas(),
            **self._places(),
            **self._texts(),
        )
        return Harvested(
            id=self._id(),
            organisation_id=organisation_id,
            organisation_name=name,
            says=says,
            kind_said=kind is not None,
            assured_on=self._assured_on(),
            left_out=tuple(self.left_out),
        )

    def _leave(self, what: str) -> None:
        self.left_out[what] = None

    def _all(self, key: str, *within: Json) -> list[Json]:
        return [each for one in within or (self.service,) for each in _listed(one.get(key))]

    def _id(self) -> str:
        """Those that are no UUID get one that follows from them."""
        told = _text(self.service.get("id"))
        if not told:
            raise Unreadable("It has no id.")
        try:
            return str(UUID(told))
        except ValueError:
            return standard_id("imported", told)

    def _name(self) -> str:
        name = _text(self.service.get("name"))
        if not name or len(name) > 200:
            raise Unreadable("Its name has more than 200 characters." if name else "It has no name.")
        return name

    def _status(self) -> EntryStatus:
        try:
            return EntryStatus(_text(self.service.get("status")))
        except ValueError:
            raise Unreadable(f"Its status is none of {', '.join(EntryStatus)}.") from None

    def _organisation(self) -> tuple[str, str]:
        """A member, by our id of it or by its name; else an id that follows from the name."""
        told = self.service.get("organization")
        told = told if isinstance(told, Mapping) else {}
        id_, name = _text(told.get("id") or self.service.get("organization_id")), _text(told.get("name"))
        for member, called in self.members.items():
            if id_ in (member, standard_id("member", member)) or name.casefold() == called.casefold():
                return member, called
        made = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:64].strip("-")
        if not made:
            raise Unreadable("It does not say which organisation gives it.")
        for key, value in told.items():
            if key not in ("id", "name", "description") and value not in (None, "", [], {}):
                self._leave(f"organization.{key}")
        return made, name[:200]

    def _texts(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for names, most, lines in ((LINES, 200, False), (PASSAGES, 4000, True)):
            for key, ours in names.items():
                text = _text(self.service.get(key), lines=lines)
                if len(text) > most:
                    self._leave(f"{key}: what is beyond {most:,} characters")
                found[ours] = found.get(ours) or text[:most].strip()
        return found

    def _matching(self, key: str, pattern: re.Pattern[str]) -> str:
        text = _text(self.service.get(key))
        if text and not pattern.fullmatch(text):
            self._leave(f"{key}: it is none")
            return ""
        return text

    def _age(self, key: str) -> int | None:
        told = self.service.get(key)
        if told is None:
            return None
        if isinstance(told, bool) or not isinstance(told, (int, float)) or not 0 <= told <= 130 or told != int(told):
            self._leave(f"{key}: it is no whole number of years")
            return None
        return int(told)

    def _assured_on(self) -> date | None:
        told = _text(self.service.get("assured_date"))
        if not told:
            return None
        try:
            found = date.fromisoformat(told[:10])
        except ValueError:
            found = date.max
        if found > self.today:
            self._leave("assured_date: it is no day until today")
            return None
        return found

    def _terms(self) -> tuple[Support | None, tuple[HelpArea, ...], tuple[str, ...]]:
        kind: Support | None = None
        helps: list[HelpArea] = []
        others: list[str] = []
        for attribute in self._all("attributes"):
            term = attribute.get("taxonomy_term")
            term = term if isinstance(term, Mapping) else {}
            vocabulary, code = _text(term.get("taxonomy")), _text(term.get("code"))
            if vocabulary == SUPPORT and code in set(Support):
                kind = kind or Support(code)
            elif vocabulary == HELP and code in set(HelpArea):
                helps.append(HelpArea(code))
            else:
                text = code if vocabulary in ("", SUPPORT) else f"{vocabulary}:{code}"
                if code and TERM.fullmatch(text):
                    others.append(text)
                else:
                    self._leave("attributes: terms without a code, or with one that we cannot hold")
        return kind, tuple(dict.fromkeys(helps)), self._some("attributes", others, 60)

    def _phones(self) -> tuple[Phone, ...]:
        """Of the service, of its contacts, and of where it is. Who the contacts are is not ours to keep."""
        contacts = self._all("contacts") + self._all("contacts", *self._all("service_at_locations"))
        if contacts:
            self._leave("contacts: names and email addresses")
        numbers = self._all("phones", self.service, *contacts, *self._all("service_at_locations"))
        found = [_text(each.get("number")) for each in numbers]
        if any(each.get("extension") for each in numbers):
            self._leave("phones: extensions")
        return tuple(Phone(number=each) for each in self._some("phones", [each for each in found if each], 10, 200))

    def _languages(self) -> tuple[str, ...]:
        codes = [_text(each.get("code")) for each in self._all("languages")]
        good = [code for code in codes if re.fullmatch(r"[a-z]{2,3}", code)]
        if len(good) < len(codes):
            self._leave("languages: those without a code")
        return self._some("languages", good, 40)

    def _areas(self) -> tuple[str, ...]:
        found = [_text(each.get("name") or each.get("service_area")) for each in self._all("service_areas")]
        return self._some("service_areas", [each for each in found if each], 60, 60)

    def _hours(self) -> tuple[Hours, ...]:
        told = self._all("schedules", self.service, *self._all("service_at_locations"))
        found = [hours for each in told if (hours := _hours(each)) is not None]
        if len(found) < len(told):
            self._leave("schedules: those that are not weekly, or without days and times")
        if any(each.get(key) for each in told for key in ("valid_from", "valid_to", "until", "notes", "description")):
            self._leave("schedules: dates and notes")
        if len(found) > 14:
            self._leave("schedules: those beyond 14")
        return tuple(dict.fromkeys(found))[:14]

    def _places(self) -> dict[str, Any]:
        """The first place that has an address."""
        places = [at["location"] for at in self._all("service_at_locations") if isinstance(at.get("location"), Mapping)]
        addresses = [(place, each) for place in places for each in self._all("addresses", place)]
        if len(addresses) > 1:
            self._leave("service_at_locations: those after the first")
        if any(place.get("latitude") or place.get("name") or place.get("description") for place in places):
            self._leave("service_at_locations: names, descriptions and coordinates")
        if not addresses:
            return {}
        place, first = addresses[0]
        parts = [_text(first.get(key)) for key in ("address_1", "address_2", "city")]
        features = [
            _text(each.get("description") or each.get("accessibility")) for each in self._all("accessibility", place)
        ]
        good = [each for each in features if FEATURE.fullmatch(each)]
        if len(good) < len(features):
            self._leave("accessibility: what is none of our codes")
        address = ", ".join(dict.fromkeys(filter(None, parts)))[:200]
        where = Where(address=address, postcode=_text(first.get("postal_code"))[:10]) if address else None
        return {"where": where, "accessibility": self._some("accessibility", good, 20)}

    def _some(self, key: str, found: Iterable[str], most: int, longest: int = 200) -> tuple[str, ...]:
        every = list(dict.fromkeys(found))
        good = [each for each in every if len(each) <= longest]
        if len(good) < len(every):
            self._leave(f"{key}: those of more than {longest} characters")
        if len(good) > most:
            self._leave(f"{key}: those beyond {most}")
        return tuple(good[:most])


def _listed(value: Any) -> list[Json]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _text(value: Any, *, lines: bool = False) -> str:
    """Without control characters; one line, unless `lines`."""
    if not isinstance(value, str):
        return ""
    kept = "".join(each if each.isprintable() or (lines and each == "\n") else " " for each in value)
    return kept.strip() if lines else " ".join(kept.split())


def _hours(schedule: Json) -> Hours | None:
    days = [each.strip() for each in _text(schedule.get("byday")).split(",")]
    try:
        opens, closes = (time.fromisoformat(_text(schedule.get(key))) for key in ("opens_at", "closes_at"))
        weekdays = tuple(Weekday(each) for each in days)
    except ValueError:
        return None
    weekly = _text(schedule.get("freq")) in ("", "WEEKLY") and schedule.get("interval") in (None, 1)
    opens, closes = (each.replace(second=0, microsecond=0, tzinfo=None) for each in (opens, closes))
    return Hours(days=weekdays, opens_at=opens, closes_at=closes) if weekly and opens < closes else None
