"""Forms: what a page asks, one message for each bad answer, what was typed kept, and the NHS macro that draws it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeVar

from fastapi import Depends, Request
from starlette.datastructures import FormData
from wtforms import Form as WtForm
from wtforms.fields import HiddenField

from alliance.kernel import Refusal, Stale, new_id
from alliance.web.pages.files import FileQuestion, with_files

if TYPE_CHECKING:
    from alliance.web.commands import Command


class Form(WtForm):
    """A form of ours. Fields are made by the functions in `fields`; `data` of each is what the application takes."""

    form_token = HiddenField()
    """Names the command: sending the same form twice does it once."""
    version = HiddenField()
    """Of the record as it was looked at."""

    refusal: Refusal | None = None
    """What the domain answered when the form was sent."""

    @classmethod
    def fresh(cls, *, version: int | None = None, **answers: Any) -> Self:
        """An empty form, or one with answers that are known already."""
        return cls(data={"form_token": new_id(), "version": "" if version is None else str(version), **answers})

    @classmethod
    def read(cls, sent: FormData) -> Self:
        return cls(formdata=sent)

    @property
    def asked(self) -> list[Any]:
        """The fields that somebody fills in, in order."""
        return [each for each in self if not isinstance(each, HiddenField)]

    @property
    def takes_a_file(self) -> bool:
        return any(isinstance(each, FileQuestion) for each in self)

    @property
    def problems(self) -> list[dict[str, str]]:
        """For the error summary: each message with the link to its first bad input."""
        found = [{"text": each.errors[0], "href": f"#{each.first_bad_id}"} for each in self.asked if each.errors]
        if self.refusal is not None:
            found.insert(0, {"text": sentence_of(self.refusal)})
        return found

    def renew(self, version: int | None) -> None:
        """After a refusal: what is sent next is another command, on the record as it is now."""
        self.form_token.data = new_id()
        if version is not None:
            self.version.data = str(version)


F = TypeVar("F", bound=Form)


def sent(form: type[F]) -> Any:
    """The form as it was sent: `form: Annotated[CloseForm, sent(CloseForm)]`."""

    async def read(request: Request) -> F:
        await request.body()
        return form.read(await with_files(await request.form()))

    return Depends(read)


@contextmanager
def attempt(form: Form, command: "Command | None" = None) -> Iterator[None]:
    """Try what the form asks for; a refusal becomes a sentence above the form instead of an error page.

    Leave the block by `return` when it went well; what follows the block shows the form again.
    """
    try:
        yield
    except Refusal as refusal:
        form.refusal = refusal
        form.renew(refusal.version if isinstance(refusal, Stale) else None)
        if command is not None:
            command.outcome = "stale" if isinstance(refusal, Stale) else refusal.name


def sentence_of(refusal: Refusal) -> str:
    if isinstance(refusal, Stale):
        return "Somebody changed this while you had it open. Look at what is new below, then send your form again."
    return str(refusal) or f"{refusal.name.replace('-', ' ').capitalize()}."


__all__ = ["Form", "HiddenField", "attempt", "sent", "sentence_of"]
