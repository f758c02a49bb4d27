"""After an introduction is sent, and only if somebody wants to: the questions of equality monitoring."""

from starlette.responses import Response

from alliance.web.pages import Form, page_router
from intake.api.giving import TheClock, TheEqualities, TheIntroductions, ThePeople
from intake.application.equality import keep_equality_answers
from intake.application.shelf import Shelf
from intake.pages.equality_questions import EqualityForm, answers_from
from intake.pages.public.answers import Draft
from intake.pages.public.giving import DRAFT, Anybody, Page, TheDrafts

router = page_router("/introduce/equality")


@router.get("")
async def ask(page: Page, drafts: TheDrafts) -> Response:
    if await _sent_introduction(page, drafts) is None:
        return await _gone(page)
    return await _questions(EqualityForm.fresh(), page)


@router.post("")
async def keep(
    _: Anybody,
    page: Page,
    drafts: TheDrafts,
    introductions: TheIntroductions,
    people: ThePeople,
    equalities: TheEqualities,
    clock: TheClock,
) -> Response:
    introduction_id = await _sent_introduction(page, drafts)
    if introduction_id is None:
        return await _gone(page)
    form = EqualityForm.read(await page.request.form())
    if not form.validate():
        return await _questions(form, page)
    person_id = (await introductions.get(introduction_id)).person_id
    await keep_equality_answers(person_id, answers_from(form.data), people, equalities, clock)
    return page.show.done("/introduce/sent", "Thank you. Your answers are kept apart from your introduction.")


async def _sent_introduction(page: Page, drafts: Shelf) -> str | None:
    """Which introduction this browser has sent."""
    thing = await drafts.find(page.cookie(DRAFT))
    draft = Draft.of(thing) if thing else None
    return draft.introduction_id if draft and draft.sent else None


async def _questions(form: Form, page: Page) -> Response:
    status = 422 if form.errors else 200
    return await page("equality.html", status=status, form=form, title="Equality questions", back="/introduce/sent")


async def _gone(page: Page) -> Response:
    return await page("gone.html", status=404, title="Your answers are not here")
