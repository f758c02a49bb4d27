"""Email addresses as far as a form can tell: one @, something on both sides, a dot in the host."""

from typing import Annotated, LiteralString

from pydantic import AfterValidator

from alliance.web.complaints import refuse
from alliance.web.fields import Text

WRONG: LiteralString = "Enter an email address in the correct format, like name@example.com"


def _email(text: str) -> str:
    """Whether mail arrives is found out by sending; stricter checks turn away addresses that work."""
    name, at, host = text.partition("@")
    if not (name and at and "." in host.strip(".")) or "@" in host or any(letter.isspace() for letter in text):
        raise refuse(WRONG)
    return text


Email = Annotated[str, Text(320), AfterValidator(_email)]
