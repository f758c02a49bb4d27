"""What the public pages ask for, by annotation, and how they are shown: with the numbers to call on every one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import HTMLResponse, Response

from alliance.web.limiting import Throttle
from alliance.web.pages import Command, Show, given, public_page_doing
from intake.api.giving import TheRecipients
from intake.application.shelf import Shelf


@dataclass(frozen=True)
class CrisisLine:
    """A number that somebody in a crisis may call now; `dial` is what a phone dials."""

    name: str
    number: str
    dial: str
    when: str = ""


LINES = (
    CrisisLine("Emergency", "999", "tel:999", "if a life is in danger now"),
    CrisisLine("NHS 111", "111, option 2", "tel:111", "mental health crisis, day and night"),
    CrisisLine("Samaritans", "116 123", "tel:116123", "day and night, about anything"),
    CrisisLine("SHOUT", "text SHOUT to 85258", "sms:85258", "day and night, by text message"),
)
"""National numbers, as the NHS names them for urgent help with mental health."""

TheDrafts = Annotated[Shelf, given("drafts")]
TheVisits = Annotated[Shelf, given("visits")]
SendingLimit = Annotated[Throttle, given("sending_limit")]
OpeningLimit = Annotated[Throttle, given("opening_limit")]
TheLines = Annotated[Sequence[CrisisLine], given("crisis_lines")]
Anybody = Annotated[Command, public_page_doing()]

DRAFT = "__Host-intake-draft"
VISIT = "__Host-intake-status"


class Open:
    """`page`: shows a public page. The numbers to call are on each."""

    def __init__(self, request: Request, show: Show, lines: TheLines, recipients: TheRecipients) -> None:
        self.request, self.show, self._lines, self._recipients = request, show, lines, recipients

    async def __call__(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        return await self.show(f"intake/public/{template}", status=status, crisis_lines=self._lines, **context)

    @property
    def organisations(self) -> Mapping[str, str]:
        """Those that receive details, and what they are called."""
        return {each: self.show.shell.organisation_name(each) for each in sorted(set(self._recipients.values()))}

    def cookie(self, name: str) -> str | None:
        return self.request.cookies.get(name)


Page = Annotated[Open, Depends(Open)]


def remember(answer: Response, name: str, secret: str, seconds: int) -> Response:
    answer.set_cookie(name, secret, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")
    return answer


def forget(answer: Response, name: str) -> Response:
    answer.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")
    return answer
