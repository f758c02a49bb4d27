"""What every service says alike about a person: languages, what makes it easier, and how to reach them safely."""

from collections.abc import Iterable
from typing import Protocol

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
