"""What every service says alike about a person: languages, what makes it easier, and how to reach them safely."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from alliance.kernel import LONDON
from alliance.web.pages.templating import day

LANGUAGES = {
    "bfi": "British Sign Language",
    "am": "Amharic",
    "ar": "Arabic",
    "bn": "Bengali",
    "fr": "French",
    "it": "Italian",
    "pl": "Polish",
    "pt": "Portuguese",
    "so": "Somali",
    "es": "Spanish",
    "ti": "Tigrinya",
    "tr": "Turkish",
    "tw": "Twi",
    "vi": "Vietnamese",
    "yo": "Yoruba",
    "mul": "Another language",
}
"""ISO 639 codes of what is asked for most in Lambeth; `mul` where it is none of these."""

ADJUSTMENTS = {
    "easy-read": "Information that is easy to read",
    "large-print": "Large print",
    "text-not-calls": "Text messages instead of calls",
    "more-time": "More time to talk",
    "quiet-room": "A quiet place",
    "step-free": "A place without steps",
    "companion": "Somebody with them when they talk",
    "at-home": "Talking at home or by phone",
}
"""Reasonable adjustments (Equality Act 2010, section 20)."""

WAYS = {"phone": "Phone", "sms": "Text message", "email": "Email", "letter": "Letter", "address": "Letter"}


class Way(Protocol):
    """A contact point, as each service keeps its own copy."""

    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def safe(self) -> bool: ...
    @property
    def voicemail_ok(self) -> bool: ...


def ways_to_reach(points: Iterable[Way]) -> list[tuple[str, list[str]]]:
    """Safe ways first. One that is not safe is named and its value kept back, so that nobody uses it by mistake."""
    found = []
    for point in sorted(points, key=lambda each: not each.safe):
        name = WAYS.get(point.kind, point.kind.capitalize())
        if not point.safe:
            found.append((name, ["Not safe to use: somebody else may see or hear it"]))
        elif point.kind == "phone":
            found.append(
                (name, [point.value, "You may leave a voicemail" if point.voicemail_ok else "Do not leave a voicemail"])
            )
        else:
            found.append((name, [point.value]))
    return found


LONG_AGO = timedelta(days=60)
"""After which the front door asks somebody who waits whether how to reach them has changed."""


@dataclass(frozen=True, kw_only=True)
class LastSaid:
    """When somebody last said how to reach them, for whoever is about to offer them something."""

    sentence: str
    ask_first: bool


def last_said(on: date | None, now: datetime) -> LastSaid:
    """`on`: the day that came with their details; None where they came before it was told."""
    if on is None:
        said = "When the person last said how to reach them has not been told. Ask before you offer."
        return LastSaid(sentence=said, ask_first=True)
    if now.astimezone(LONDON).date() - on > LONG_AGO:
        said = f"The person last said how to reach them on {day(on)}. Ask before you offer: it may have changed."
        return LastSaid(sentence=said, ask_first=True)
    return LastSaid(sentence=f"The person last said how to reach them on {day(on)}.", ask_first=False)
