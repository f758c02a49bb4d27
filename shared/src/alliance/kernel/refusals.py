"""How the domain says no: by named exceptions whose message is a sentence for a person."""

import re


class Refusal(Exception):
    """An illegal move. The class name is the refusal's name, the message a sentence without personal data."""

    @property
    def name(self) -> str:
        """`HomeAlreadyOffered` → `home-already-offered`, the form used in problems and metrics."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()


class Unknown(Refusal):
    """Nothing by that id here."""


class Stale(Refusal):
    """Somebody changed it since you looked. `version` is what it has become, where that is known."""

    version: int | None = None


class NotYet(Exception):
    """A reaction needs data that has not arrived and that it cannot invent; it will be tried again."""
