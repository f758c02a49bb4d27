"""The pages on which somebody introduces themselves, question by question. Nothing is sent before they send it."""

from datetime import timedelta

from starlette.responses import RedirectResponse, Response

from alliance.web.pages import Form, page_router
from intake.api.giving import TheClock, ThePromise
from intake.application.shelf import Shelf
from intake.pages.public.answers import Answers, Draft
from intake.pages.public.giving import DRAFT, Page, TheDrafts, forget, remember
from intake.pages.public.questions import BY_SLUG, STEPS, before, following, place_of

router = page_router("/introduce")

KEPT_FOR = timedelta(hours=2)


@router.get("")
async def start(page: Page, promise: ThePromise) -> Response:
    hours = round(promise.look_within / timedelta(hours=1))
    within = f"within {hours} hours" if hours > 1 else "within the hour"
    return await page("start.html", title="Introduce yourself", first=STEPS[0].slug, promise=within)


@router.get("/call-now")
async def call_now(page: Page, drafts: TheDrafts) -> Response:
    draft = await kept(page, drafts)
    on = "/introduce/check" if draft and draft.checked else f"/introduce/{following('danger', None)}"
    return await page("call_now.html", title="Please call now", back="/introduce/danger", on=on)


@router.post("/clear")
async def clear(page: Page, drafts: TheDrafts) -> Response:
    await drafts.drop(page.cookie(DRAFT))
    return forget(page.show.done("/introduce", "Your answers are cleared."), DRAFT)


async def kept(page: Page, drafts: Shelf) -> Draft | None:
    """What this browser's person has answered so far, unless they have sent it."""
    thing = await drafts.find(page.cookie(DRAFT))
    draft = Draft.of(thing) if thing else None
    return None if draft is None or draft.sent else draft


async def no_such_page(page: Page) -> Response:
    return await page("lost.html", status=404, title="There is no such page")


@router.get("/{slug}")
async def question(slug: str, page: Page, drafts: TheDrafts) -> Response:
    if slug not in BY_SLUG:
        return await no_such_page(page)
    answers = Answers(await kept(page, drafts), page.organisations)
    return await _question(slug, answers.form(slug), answers, page)


@router.post("/{slug}")
async def answer(slug: str, page: Page, drafts: TheDrafts, clock: TheClock) -> Response:
    if slug not in BY_SLUG:
        return await no_such_page(page)
    draft = await kept(page, drafts)
    await page.request.body()
    form = BY_SLUG[slug].form(page.organisations).read(await page.request.form())
    if not form.validate():
        return await _question(slug, form, Answers(draft, page.organisations), page)
    secret = page.cookie(DRAFT)
    if draft is None or secret is None:
        draft = Draft(begun_at=clock.now())
        secret = await drafts.put(draft.thing())
    draft.note(slug, form)
    await drafts.change(secret, draft.thing())
    on = RedirectResponse(_on_from(slug, draft, Answers(draft, page.organisations)), status_code=303)
    return remember(on, DRAFT, secret, int(KEPT_FOR.total_seconds()))


def _on_from(slug: str, draft: Draft, answers: Answers) -> str:
    if slug == "danger" and answers.in_danger:
        return "/introduce/call-now"
    on = following(slug, answers.way)
    changes_the_way = slug == "reach" and answers.way in BY_SLUG
    return "/introduce/check" if on is None or (draft.checked and not changes_the_way) else f"/introduce/{on}"


async def _question(slug: str, form: Form, answers: Answers, page: Page) -> Response:
    step, other, back = BY_SLUG[slug], answers.about_other, before(slug, answers.way)
    if other:
        for name, text in step.others.items():
            form[name].label.text = text
    number, of = place_of(slug)
    return await page(
        "question.html",
        status=422 if form.errors else 200,
        form=form,
        title=step.about_other if other else step.title,
        lead=step.lead,
        number=number,
        of=of,
        back=f"/introduce/{back}" if back else "/introduce",
    )
