"""The private status page: where an introduction is, for whoever holds its reference and key."""

from datetime import timedelta
from typing import Annotated

from starlette.responses import RedirectResponse, Response

from alliance.kernel import Unknown
from alliance.web import Passage, Text
from alliance.web.pages import Form, LineQuestion, PassageQuestion, attempt, page_router, sent
from intake.api.giving import (
    TheClock,
    TheErasures,
    TheIntroductions,
    ThePeople,
    TheProgresses,
    TheRecordRequests,
    TheSupportWaits,
)
from intake.application.introductions import add_to_introduction, withdraw_introduction
from intake.application.queries import introduction_by_key, status_for
from intake.application.shelf import Shelf
from intake.domain.introduction import Introduction
from intake.domain.records import State
from intake.pages.forms import StillRightForm
from intake.pages.public.giving import VISIT, Anybody, OpeningLimit, Page, TheVisits, forget, remember
from intake.pages.public.masking import ways_shown
from intake.pages.public.own_rights import rights_of
from intake.pages.public.stages import OPEN, told_of, usual

router = page_router("/status")

OPEN_FOR = timedelta(minutes=20)
WRONG = "We cannot find an introduction by that reference and key. Check both for a slip."


class OpenForm(Form):
    reference = LineQuestion(
        "Reference",
        of=Annotated[str, Text(20)],
        hint="For example, LW-7K3M-92",
        missing="Enter the reference",
        more={"autocomplete": "off", "spellcheck": False, "classes": "nhsuk-input--width-10"},
    )
    key = LineQuestion(
        "Status key",
        of=Annotated[str, Text(64)],
        missing="Enter the status key",
        more={"autocomplete": "off", "spellcheck": False, "autocapitalize": "off"},
    )


class MoreForm(Form):
    more = PassageQuestion("What would you like to add?", of=Passage, missing="Write what you would like to add")


class WithdrawForm(Form):
    """Nothing to fill in."""


@router.get("")
async def ask_for_key(page: Page) -> Response:
    return await _ask(OpenForm.fresh(), page)


@router.post("")
async def open_status(
    form: Annotated[OpenForm, sent(OpenForm)],
    page: Page,
    limit: OpeningLimit,
    visits: TheVisits,
    introductions: TheIntroductions,
) -> Response:
    if not await limit.allows(page.request):
        return await page("wait.html", status=429, title="Wait a few minutes, then try again")
    if form.validate():
        reference = form.reference.data.upper().replace(" ", "")
        try:
            introduction = await introduction_by_key(reference, form.key.data, introductions)
        except Unknown:
            form.refusal = Unknown(WRONG)
        else:
            secret = await visits.put({"introduction_id": introduction.id})
            answer = RedirectResponse("/status/mine", status_code=303)
            return remember(answer, VISIT, secret, int(OPEN_FOR.total_seconds()))
    return await _ask(form, page)


@router.get("/mine")
async def mine(
    page: Page,
    visits: TheVisits,
    introductions: TheIntroductions,
    progresses: TheProgresses,
    support_waits: TheSupportWaits,
    erasures: TheErasures,
    record_requests: TheRecordRequests,
    people: ThePeople,
    clock: TheClock,
) -> Response:
    introduction = await visited(page, visits, introductions)
    if introduction is None:
        return again()
    person = await people.find(introduction.person_id)
    found = await status_for(introduction, progresses, support_waits, clock.now())
    return await page(
        "status.html",
        title="Where your introduction is",
        found=found,
        told=told_of(found, introduction.state is State.RECEIVED and introduction.is_late(clock.now())),
        usual=usual(found.usual_wait),
        may_withdraw=found.stage in OPEN,
        may_add=introduction.at_the_door,
        ways=ways_shown(introduction, person),
        ways_known_on=person.contact_confirmed_on if person else None,
        reach_said_at=introduction.contact_said_at if introduction.contact_said else None,
        still_right=StillRightForm.fresh(),
        rights=await rights_of(introduction, erasures, record_requests, people),
    )


@router.post("/close")
async def close(page: Page, visits: TheVisits) -> Response:
    await visits.drop(page.cookie(VISIT))
    return forget(RedirectResponse("/introduce", status_code=303), VISIT)


@router.get("/add")
async def ask_for_more(page: Page, visits: TheVisits, introductions: TheIntroductions) -> Response:
    if await visited(page, visits, introductions) is None:
        return again()
    return await _add(MoreForm.fresh(), page)


@router.post("/add")
async def add(
    command: Anybody,
    form: Annotated[MoreForm, sent(MoreForm)],
    page: Page,
    visits: TheVisits,
    introductions: TheIntroductions,
    clock: TheClock,
) -> Response:
    introduction = await visited(page, visits, introductions)
    if introduction is None:
        return again()
    if form.validate():
        with attempt(form, command):
            await add_to_introduction(introduction.id, form.more.data, introductions, clock)
            return page.show.done("/status/mine", "Thank you. It is with your introduction now.")
    return await _add(form, page)


@router.get("/withdraw")
async def ask_about_withdrawing(page: Page, visits: TheVisits, introductions: TheIntroductions) -> Response:
    if await visited(page, visits, introductions) is None:
        return again()
    return await _withdraw(WithdrawForm.fresh(), page)


@router.post("/withdraw")
async def withdraw(
    command: Anybody,
    form: Annotated[WithdrawForm, sent(WithdrawForm)],
    page: Page,
    visits: TheVisits,
    introductions: TheIntroductions,
    clock: TheClock,
) -> Response:
    introduction = await visited(page, visits, introductions)
    if introduction is None:
        return again()
    with attempt(form, command):
        await withdraw_introduction(introduction.id, introductions, clock)
        return page.show.done("/status/mine", "Your introduction is withdrawn. You are welcome back at any time.")
    return await _withdraw(form, page)


async def visited(page: Page, visits: Shelf, introductions: TheIntroductions) -> Introduction | None:
    visit = await visits.find(page.cookie(VISIT))
    return await introductions.find(visit["introduction_id"]) if visit else None


def again() -> Response:
    """The page is open for a short while only: anybody may sit down at the same computer next."""
    return RedirectResponse("/status", status_code=303)


async def _ask(form: Form, page: Page) -> Response:
    status = 409 if form.refusal else 422 if form.errors else 200
    return await page("open.html", status=status, form=form, title="See where your introduction is", back="/introduce")


async def _add(form: Form, page: Page) -> Response:
    status = 409 if form.refusal else 422 if form.errors else 200
    return await page("add.html", status=status, form=form, title="Add something", back="/status/mine")


async def _withdraw(form: Form, page: Page) -> Response:
    status = 409 if form.refusal else 200
    return await page(
        "withdraw.html", status=status, form=form, title="Withdraw your introduction", back="/status/mine"
    )
