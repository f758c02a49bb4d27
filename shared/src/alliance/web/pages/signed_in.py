"""Who is signed in, for the service administrator, who may end anybody's session."""

from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from alliance.access import Access
from alliance.access.sessions import Session, Sessions
from alliance.kernel import Unknown
from alliance.observability import log
from alliance.web.commands import Command, page_doing
from alliance.web.dependencies import may
from alliance.web.fields import PathId
from alliance.web.pages.forms import Form
from alliance.web.pages.listing import Cell, Column, Listing
from alliance.web.pages.routing import page_router
from alliance.web.pages.showing import Show
from alliance.web.pages.templating import ago, when

SHOWN = 50


def sessions_router(sessions: Sessions) -> APIRouter:
    router = page_router("/sessions")

    @router.get("")
    async def open_sessions(
        show: Show, _: Annotated[Access, may("sessions.see")], after: str | None = None
    ) -> Response:
        found = await sessions.open_sessions(after, SHOWN)
        listing = Listing(
            caption="Open sessions, oldest first",
            columns=[
                Column("who", "Who"),
                Column("organisation", "Organisation"),
                Column("since", "Since"),
                Column("seen", "Last seen"),
                Column("end", "End"),
            ],
            rows=[_row(each, show) for each in found.sessions],
            next=found.next,
            after=after,
            empty="Nobody is signed in.",
        )
        return await show("alliance/sessions.html", title="Who is signed in", listing_of_sessions=listing)

    @router.get("/{id}/end")
    async def ask(id: PathId, show: Show, _: Annotated[Access, may("sessions.end")]) -> Response:  # noqa: A002
        session = await _known(sessions, id)
        return await show.form(
            Form.fresh(),
            title=f"End the session of {_called(session)}?",
            submit="End the session",
            back="/sessions",
            warning="They have to sign in again. What they have typed and not sent is lost.",
        )

    @router.post("/{id}/end")
    async def end(
        id: PathId,  # noqa: A002
        request: Request,
        show: Show,
        command: Annotated[Command, page_doing("sessions.end")],
    ) -> Response:
        session = await sessions.end_by_reference(id)
        if session:
            log.warning("session-ended", actor=command.caller.subject, subject=session.caller.subject)
        return show.done("/sessions", "The session has been ended.")

    return router


async def _known(sessions: Sessions, reference: str) -> Session:
    session = await sessions.by_reference(reference)
    if session is None:
        raise Unknown("That session has ended.")
    return session


def _called(session: Session) -> str:
    return session.caller.name or session.caller.subject


def _row(session: Session, show: Show) -> list[Cell | str]:
    return [
        _called(session),
        show.shell.organisation_name(session.caller.organisation),
        when(session.began_at),
        ago(session.seen_at, show.clock.now()),
        Cell("End", href=f"/sessions/{session.reference}/end", visually_hidden=f"the session of {_called(session)}"),
    ]
