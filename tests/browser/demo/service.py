"""A service that exists for its pages only: one page with every part, and a form."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from jinja2 import ChoiceLoader, FileSystemLoader
from starlette.responses import Response
from tests.browser.demo import content

from alliance.access import Caller, Control, Policy, Role
from alliance.kernel import FixedClock
from alliance.testing.api import verifier_for
from alliance.web import build_app
from alliance.web.pages import Item, Neighbour, Shell, Show, given, page_router, sent
from alliance.web.pages.front import Front
from alliance.web.pages.listing import csv_of
from alliance.web.pages.live import Live, changes_route
from alliance.web.pages.statements import statements_router
from alliance.web.pages.templating import environment

SERVICES = {"intake": "Front door", "triage": "Conversations", "housing": "Homes", "finance": "Budget"}


async def signed_in(request: Request) -> None:
    request.state.signed_in = Caller(
        subject="staff-7",
        organisation="slam",
        roles=frozenset({"triage-worker"}),
        issuer="https://sign-in.example",
        name="Testina Staff",
    )


async def anybody() -> None:
    """The demo has no sign-in."""


staff = page_router()
public = page_router()
OurBoard = Annotated[content.Board, given("board")]


@staff.get("/", dependencies=[Depends(signed_in)])
async def everything(show: Show, sort: str | None = None, whose: str = "", after: str | None = None) -> Response:
    return await show(
        "everything.html",
        title="What needs me now",
        charts=content.charts(),
        waiting=content.listing(sort, whose, after),
        content=content,
        wide=True,
    )


@staff.get("/kept/{template}", dependencies=[Depends(signed_in)])
async def kept(template: str, show: Show) -> Response:
    """The pages that every service has, each with what it may have to say."""
    return await show(
        f"alliance/{template}.html",
        title="A page that every service has",
        sentence="What happened is said in a sentence.",
        what_to_do="And what to do about it.",
        again=True,
        next="/",
        on="",
        issuers=[{"label": "The trust’s sign-in", "prefix": "a"}, {"label": "The charity’s sign-in", "prefix": "b"}],
        about={"record": "case", "id": "1"},
        listing_of_sessions=content.listing(None, "", None),
    )


@staff.get("/list.csv")
async def as_file() -> Response:
    return csv_of(content.listing(None, "", None), "waiting")


@staff.get("/board", dependencies=[Depends(signed_in)])
async def board(show: Show, board: OurBoard) -> Response:
    return await show("board.html", title="Who is here", people=board.people)


@staff.get("/board/rows", dependencies=[Depends(signed_in)])
async def rows(show: Show, board: OurBoard) -> Response:
    if board.signed_out:
        return Response(status_code=401)
    return await show("rows.html", people=board.people)


changes_route(staff, "/board/changes", "board", allowed=Depends(anybody))


@public.get("/form")
async def ask(show: Show) -> Response:
    return await _form(content.Example.fresh(), show)


@public.post("/form")
async def answer(form: Annotated[content.Example, sent(content.Example)], show: Show) -> Response:
    form.validate()
    return await _form(form, show)


async def _form(form: content.Example, show: Show) -> Response:
    return await show.form(
        form,
        title="Tell us about it",
        submit="Send",
        back="/",
        lead="Answer what you like. Nothing is sent before the end.",
        template="public.html",
    )


def demo_app() -> FastAPI:
    board, clock = content.Board(), FixedClock(content.NOW)
    env = environment(labels={"no-longer-needed": "Not needed any more"})
    env.loader = ChoiceLoader([FileSystemLoader(Path(__file__).parent / "templates"), env.loader])  # type: ignore[list-item]
    neighbours = [
        Neighbour(
            name=name,
            title=title,
            url="/",
            organisation="slam",
            organisation_name="South London and Maudsley",
            grants={"slam": frozenset({Role.TRIAGE_WORKER})},
        )
        for name, title in SERVICES.items()
    ]
    shell = Shell(
        environment=env,
        service=neighbours[1],
        neighbours=neighbours,
        menu=[
            Item(text="What needs me now", href="/"),
            Item(text="Board", href="/board"),
            Item(text="Figures", href="/form"),
        ],
        organisations={"slam": "South London and Maudsley"},
        development=True,
    )
    nobody: Any = None
    return build_app(
        title="Demo",
        version="1",
        service="triage",
        organisation="slam",
        routers=[],
        given={"board": board, "live": Live({"board": board.fingerprint}, every=0.1)},
        verifier=verifier_for("triage"),
        control=Control(policy=Policy(), clock=clock),
        front=Front(shell=shell, sessions=nobody, colleagues=nobody, routers=[staff, public, statements_router()]),
        development=True,
    )
