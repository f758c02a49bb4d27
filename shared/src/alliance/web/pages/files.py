"""The question for a file: small enough, of a kind that is text, and gone from memory with the request."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from starlette.datastructures import FormData, UploadFile
from wtforms.validators import StopValidation

from alliance.web.pages.fields import Question

ROOM = 2 * 1024 * 1024
"""How much more than a file's own limit a path should take: a file a little too large is then told so by its form."""


@dataclass(frozen=True)
class Sent:
    """A file as it was sent. Its name is the sender's own business and is not kept."""

    content: bytes = field(repr=False)


class FileQuestion(Question):
    """One file of at most `most` bytes; data is its bytes.

    The service names the path in `takes_files`, with `ROOM` to spare, else anything larger than a form is turned away.
    """

    macro: ClassVar[str] = "file"

    def __init__(self, label: str, *, most: int, accept: str, **options: Any) -> None:
        super().__init__(label, **options)
        self._most, self._accept = most, accept
        self._files: list[bytes] = []

    def process_formdata(self, valuelist: list[Any]) -> None:
        self._files = [each.content for each in valuelist if isinstance(each, Sent) and each.content]

    def pre_validate(self, form: Any) -> None:
        if not self._files:
            self.data = None
            if not self.optional:
                raise StopValidation(self.missing)
            return
        self.data = self._checked(self._files)

    def typed(self) -> str:
        """Never shown again: a browser does not take a file's name from a page."""
        return ""

    def params(self) -> dict[str, Any]:
        found = super().params()
        return {
            **{key: value for key, value in found.items() if key != "value"},
            "attributes": {"accept": self._accept},
        }

    def _checked(self, files: Sequence[bytes]) -> bytes:
        if len(files) > 1:
            raise StopValidation("Choose one file only")
        if len(files[0]) > self._most:
            raise StopValidation(f"The file must be smaller than {self._most // 1024 // 1024} MB")
        return files[0]


async def with_files(sent: FormData) -> FormData:
    """The form with its files read; what the framework had put aside for them is closed, and so deleted, at once."""
    found: list[tuple[str, Any]] = []
    try:
        for name, value in sent.multi_items():
            found.append((name, Sent(await value.read()) if isinstance(value, UploadFile) else value))
    finally:
        await sent.close()
    return FormData(found)
