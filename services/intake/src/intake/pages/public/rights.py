"""On the status page: asking for a copy of what is held, and asking to be forgotten. Nothing is shown, nothing ends."""

from typing import Annotated, NamedTuple

from starlette.responses import RedirectResponse, Response

from alliance.web.pages import Form, attempt, page_router, sent
from alliance.web.pages.templating import day
from intake.api.giving import (
    TheClock,
    TheErasures,
    TheIntroductions,
    TheKnown,
    ThePeople,
    TheRecordRequests,
    TheRightsTerms,
)
from intake.application import rights as ask
from intake.domain.rights import AskedBy, a_month_after
from intake.pages.public.giving import Anybody, Page, TheVisits
from intake.pages.public.own_rights import is_their_own
from intake.pages.public.status import again, visited

router = page_router("/status")

SURE = "Somebody at our front door gets in touch, the way you asked for, and makes sure that it is you."


class Wish(NamedTuple):
    title: str
    lead: str
    steps: tuple[str, ...]
    """`{by}` is the last day of the month in which the law wants an answer."""
    submit: str
    for_good: str = ""


COPY = Wish(
    title="Ask for a copy of what we hold about you",
    lead="You can have a copy of everything that we, and the services that work with us, hold about you. It costs "
    "nothing, and changes nothing about your support.",
    steps=(
        f"{SURE} Nothing of it is ever shown on this page.",
        "Every service sends us what it holds. We leave out only what would tell you about somebody else.",
        "We give it to you by {by} at the latest.",
    ),
    submit="Ask for a copy",
)
FORGET = Wish(
    title="Ask to be forgotten",
    lead="You can ask us to delete what we, and the services that work with us, hold about you. Asking ends nothing: "
    "your support goes on, and nothing is deleted until we have talked with you.",
    steps=(
        SURE,
        "We decide by {by} at the latest. Sometimes the law obliges us to keep a record. Then we tell you why, and how "
        "you can complain.",
        "What is still open for you has to end first. You can ask for a copy before it is deleted.",
    ),
    submit="Ask to be forgotten",
    for_good="Once it is deleted, nobody can bring it back. If you come to us again, you tell your story anew.",
)


class WishForm(Form):
    """Nothing to fill in: what happens is read, the button says it."""


@router.get("/copy")
async def ask_about_copy(page: Page, visits: TheVisits, introductions: TheIntroductions, clock: TheClock) -> Response:
    return await _about(COPY, page, visits, introductions, clock)


@router.post("/copy")
async def ask_for_copy(
    command: Anybody,
    form: Annotated[WishForm, sent(WishForm)],
    page: Page,
    visits: TheVisits,
    introductions: TheIntroductions,
    record_requests: TheRecordRequests,
    people: ThePeople,
    known: TheKnown,
    rights_terms: TheRightsTerms,
    clock: TheClock,
) -> Response:
    introduction = await visited(page, visits, introductions)
    if introduction is None or not is_their_own(introduction):
        return again()
    with attempt(form, command):
        await ask.ask_for_record(
            command.id,
            introduction.person_id,
            record_requests,
            people,
            known,
            rights_terms,
            clock,
            asked_by=AskedBy.PERSON,
        )
        return page.show.done("/status/mine", "You have asked for a copy. We get in touch with you.")
    return await _page(COPY, form, page, clock)


@router.get("/forget")
async def ask_about_forgetting(
    page: Page, visits: TheVisits, introductions: TheIntroductions, clock: TheClock
) -> Response:
    return await _about(FORGET, page, visits, introductions, clock)


@router.post("/forget")
async def ask_to_be_forgotten(
    command: Anybody,
    form: Annotated[WishForm, sent(WishForm)],
    page: Page,
    visits: TheVisits,
    introductions: TheIntroductions,
    erasures: TheErasures,
    people: ThePeople,
    clock: TheClock,
) -> Response:
    introduction = await visited(page, visits, introductions)
    if introduction is None or not is_their_own(introduction):
        return again()
    with attempt(form, command):
        await ask.ask_for_erasure(command.id, introduction.person_id, erasures, people, clock, asked_by=AskedBy.PERSON)
        return page.show.done("/status/mine", "You have asked to be forgotten. We get in touch with you.")
    return await _page(FORGET, form, page, clock)


async def _about(
    wish: Wish, page: Page, visits: TheVisits, introductions: TheIntroductions, clock: TheClock
) -> Response:
    introduction = await visited(page, visits, introductions)
    if introduction is None:
        return again()
    if not is_their_own(introduction):
        return RedirectResponse("/status/mine", status_code=303)
    return await _page(wish, WishForm.fresh(), page, clock)


async def _page(wish: Wish, form: Form, page: Page, clock: TheClock) -> Response:
    by = day(a_month_after(clock.now()))
    return await page(
        "wish.html",
        status=409 if form.refusal else 200,
        form=form,
        title=wish.title,
        back="/status/mine",
        wish=wish,
        steps=[step.format(by=by) for step in wish.steps],
    )
