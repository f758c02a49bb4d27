"""How we reach a person, on their status page: they say that it is right still, or what has changed."""

from typing import Annotated

from starlette.responses import Response

from alliance.web import Passage
from alliance.web.pages import Form, PassageQuestion, attempt, page_router, sent
from intake.api.giving import TheContacts, TheIntroductions, ThePeople
from intake.application.matches import survivor_of
from intake.pages.forms import StillRightForm
from intake.pages.public.giving import Anybody, Page, TheVisits
from intake.pages.public.status import again, visited

router = page_router("/status")


class ReachForm(Form):
    reach = PassageQuestion(
        "How can we reach you now?",
        of=Passage,
        missing="Write how we can reach you now",
    )


@router.post("/still-right")
async def confirm(
    command: Anybody,
    form: Annotated[StillRightForm, sent(StillRightForm)],
    page: Page,
    visits: TheVisits,
    introductions: TheIntroductions,
    people: ThePeople,
    contacts: TheContacts,
) -> Response:
    introduction = await visited(page, visits, introductions)
    if introduction is None:
        return again()
    with attempt(form, command):
        if introduction.asks_how_to_reach and introduction.contact_said is None:
            await contacts.confirm((await survivor_of(introduction.person_id, people)).id)
        return page.show.done("/status/mine", "Thank you. We go on reaching you the same way.")
    return again()


@router.get("/reach")
async def ask_how_to_reach(page: Page, visits: TheVisits, introductions: TheIntroductions) -> Response:
    if await visited(page, visits, introductions) is None:
        return again()
    return await _reach(ReachForm.fresh(), page)


@router.post("/reach")
async def say_how_to_reach(
    command: Anybody,
    form: Annotated[ReachForm, sent(ReachForm)],
    page: Page,
    visits: TheVisits,
    introductions: TheIntroductions,
    contacts: TheContacts,
) -> Response:
    introduction = await visited(page, visits, introductions)
    if introduction is None:
        return again()
    if form.validate():
        with attempt(form, command):
            await contacts.say_changed(introduction.id, form.reach.data)
            return page.show.done("/status/mine", "Thank you. Somebody at our front door reads it and changes it.")
    return await _reach(form, page)


async def _reach(form: Form, page: Page) -> Response:
    status = 409 if form.refusal else 422 if form.errors else 200
    return await page("reach.html", status=status, form=form, title="How can we reach you now?", back="/status/mine")
