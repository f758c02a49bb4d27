"""Answers a browser: a page, a form, a page after something was done, or a page that says what went wrong."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from alliance.access import Access, Caller, Control
from alliance.kernel import Clock, Stale
from alliance.web.correlation import correlation_id
from alliance.web.pages.assets import asset
from alliance.web.pages.forms import Form
from alliance.web.pages.shell import Shell


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that somebody did to a record."""

    what: str
    who: str
    at: datetime


SAID = "said"
"""Suffix of the cookie with the sentence that the next page shows."""


class Showing:
    """`show`: renders templates for the present request and the person in front of it."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.shell: Shell = request.app.state.shell
        self.control: Control = request.app.state.control
        self.clock: Clock = self.control.clock

    @property
    def access(self) -> Access | None:
        return getattr(self.request.state, "access", None)

    @property
    def viewer(self) -> Caller | None:
        """Whoever has signed in, with the roles that their issuer claims."""
        return getattr(self.request.state, "signed_in", None)

    async def __call__(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """The page made of `template`. `<title>` and `<h1>` come from its `title`."""
        said = self.request.cookies.get(self._said)
        text = self.shell.environment.get_template(template).render(
            **await self._frame(), said=unquote(said) if said else None, **context
        )
        answer = HTMLResponse(text, status_code=status)
        if said:
            answer.delete_cookie(self._said, path="/", secure=True, httponly=True, samesite="lax")
        return answer

    async def form(
        self,
        form: Form,
        *,
        title: str,
        submit: str,
        back: str,
        lead: str | None = None,
        warning: str | None = None,
        template: str = "alliance/form.html",
        **context: Any,
    ) -> HTMLResponse:
        """A page with one form. `warning` says what cannot be undone; the button then looks the part.

        422 where the form has something to correct, 409 where the domain said no.
        """
        status = 409 if form.refusal else 422 if form.errors else 200
        if form.errors and (command := getattr(self.request.state, "command", None)):
            command.outcome = "not-valid"
        if form.refusal is not None and isinstance(form.refusal, Stale):
            context["changes"] = await self.changes()
        return await self(
            template,
            status=status,
            form=form,
            title=title,
            submit=submit,
            back=back,
            lead=lead,
            warning=warning,
            **context,
        )

    def done(self, to: str, said: str) -> Response:
        """On to another page of ours, which says in one sentence what was done. No name and no note in it."""
        answer = RedirectResponse(to, status_code=303)
        answer.set_cookie(self._said, quote(said), max_age=60, path="/", secure=True, httponly=True, samesite="lax")
        return answer

    async def names(self, subjects: Iterable[str]) -> Mapping[str, str]:
        """What members of staff are called here; those unknown keep their id."""
        found: Mapping[str, str] = await self.request.app.state.colleagues.names(frozenset(subjects))
        return {subject: found.get(subject, subject) for subject in subjects}

    async def changes(self) -> list[Change]:
        """What others have lately done to the record that the page is about, newest first."""
        about = self.access.about if self.access else None
        if about is None or (recent := getattr(self.request.app.state, "recent", None)) is None:
            return []
        found: list[Change] = await recent(about)
        names = await self.names({change.who for change in found})
        return [replace(change, who=names[change.who]) for change in found]

    @property
    def _said(self) -> str:
        return f"__Host-{self.shell.service.name}-{SAID}"

    async def _frame(self) -> dict[str, Any]:
        return {
            "shell": self.shell,
            "service": self.shell.service,
            "viewer": self.viewer,
            "access": self.access,
            "menu": self._menu(),
            "services": self.shell.services_for(self.viewer),
            "csp_nonce": self.request.scope.get("state", {}).get("csp_nonce") or secrets.token_urlsafe(16),
            "asset": asset,
            "now": self.clock.now(),
            "path": self.request.url.path,
            "reference": correlation_id(),
        }

    def _menu(self) -> list[Any]:
        caller = self.control.known(self.viewer) if self.viewer else None
        return [
            item
            for item in self.shell.menu
            if item.action is None or (caller and self.control.policy.decide(caller, item.action).allowed)
        ]


Show = Annotated[Showing, Depends(Showing)]
