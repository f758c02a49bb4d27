"""How far an introduction has come, for the professional who made it: the loop is closed without telling on anybody."""

from typing import Annotated

from starlette.responses import Response

from alliance.kernel import Unknown
from alliance.web import Text
from alliance.web.pages import Form, LineQuestion, page_router, sent
from alliance.web.pages.templating import when
from intake.api.giving import TheIntroductions
from intake.application.queries import introduction_by_introducers_key
from intake.domain.introducing import ToldToIntroducer, read_by, told_to_introducer
from intake.domain.introduction import Introduction
from intake.pages.public.giving import OpeningLimit, Page
from intake.pages.public.status import WRONG, OpenForm

router = page_router("/introduced")

SENTENCES = {
    ToldToIntroducer.NOT_READ: "We have it, and nobody has read it yet.",
    ToldToIntroducer.IN_HAND: "Somebody at our front door has it in hand.",
    ToldToIntroducer.TAKEN_ON: "The alliance has taken the person on. They have been offered a first conversation.",
    ToldToIntroducer.DONE: "Our front door has done its part.",
}


class IntroducedForm(OpenForm):
    key = LineQuestion(
        "Your key",
        of=Annotated[str, Text(64)],
        missing="Enter your key",
        more={"autocomplete": "off", "spellcheck": False, "autocapitalize": "off"},
    )


@router.get("")
async def ask_for_key(page: Page) -> Response:
    return await _ask(IntroducedForm.fresh(), page)


@router.post("")
async def see(
    form: Annotated[IntroducedForm, sent(IntroducedForm)],
    page: Page,
    limit: OpeningLimit,
    introductions: TheIntroductions,
) -> Response:
    """Answered on the spot: nothing is left in the browser, and looking again is asking again."""
    if not await limit.allows(page.request):
        return await page("wait.html", status=429, title="Wait a few minutes, then try again")
    if form.validate():
        try:
            found = await introduction_by_introducers_key(form.reference.data, form.key.data, introductions)
        except Unknown:
            form.refusal = Unknown(WRONG)
        else:
            return await _tell(found, page)
    return await _ask(form, page)


async def _tell(introduction: Introduction, page: Page) -> Response:
    told = told_to_introducer(introduction)
    until = read_by(introduction)
    return await page(
        "introduced.html",
        title="Where your introduction is",
        introduction=introduction,
        told=SENTENCES[told],
        by=f"Somebody reads it by {when(until)} at the latest." if until else None,
        done=told is ToldToIntroducer.DONE,
        back="/introduced",
    )


async def _ask(form: Form, page: Page) -> Response:
    status = 409 if form.refusal else 422 if form.errors else 200
    return await page(
        "introduced_open.html",
        status=status,
        form=form,
        title="See where somebody is whom you introduced",
        back="/introduce-somebody",
    )
