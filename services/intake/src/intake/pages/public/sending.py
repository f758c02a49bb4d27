"""The end of an introduction: check the answers, send them, and what happens next.

Nobody is turned away. Whoever is over a limit is told to wait a moment and keeps their answers; what looks automated is
received and marked, for a human to judge; somebody in danger meets no limit at all.
"""

from datetime import timedelta

from starlette.responses import RedirectResponse, Response

from alliance.web.pages import page_router
from intake.api.giving import TheAgreement, TheClock, TheIntroductions, ThePeople, ThePromise, TheRecipients
from intake.application.introductions import receive_introduction
from intake.pages.public.answers import Answers, Draft
from intake.pages.public.asking import kept
from intake.pages.public.giving import DRAFT, Anybody, Page, SendingLimit, TheDrafts

router = page_router("/introduce")

QUICKEST = timedelta(seconds=6)
"""From the first answer to sending: nobody reads and answers faster. The time is kept here, so it cannot be forged."""
LURE = "website"
"""A field that people do not see and machines fill in."""


@router.get("/check")
async def check(page: Page, drafts: TheDrafts) -> Response:
    draft = await kept(page, drafts)
    if draft is None:
        return await _gone(page)
    if not draft.checked:
        draft.checked = True
        await drafts.change(page.cookie(DRAFT) or "", draft.thing())
    return await _check(draft, page)


@router.post("/check")
async def send(
    command: Anybody,
    page: Page,
    drafts: TheDrafts,
    limit: SendingLimit,
    introductions: TheIntroductions,
    people: ThePeople,
    recipients: TheRecipients,
    agreement: TheAgreement,
    promise: ThePromise,
    clock: TheClock,
) -> Response:
    thing = await drafts.find(page.cookie(DRAFT))
    draft = Draft.of(thing) if thing else None
    if draft is None:
        return await _gone(page)
    if draft.sent:
        return _to_confirmation()
    if command.key != draft.token:
        return await _check(draft, page)
    answers = Answers(draft, page.organisations)
    if not answers.in_danger and not await limit.allows(page.request):
        return await page("busy.html", status=429, title="Your answers are safe, and not sent yet", token=draft.token)
    filled_in = bool((await page.request.form()).get(LURE))
    automated = filled_in or clock.now() - draft.begun_at < QUICKEST
    asked = answers.asked(draft.introduction_id, looks_automated=automated)
    await receive_introduction(asked, introductions, people, recipients, promise, clock, agreement=agreement)
    draft.typed, draft.sent = {}, True
    await drafts.change(page.cookie(DRAFT) or "", draft.thing())
    return _to_confirmation()


@router.get("/sent")
async def confirmation(page: Page, drafts: TheDrafts, introductions: TheIntroductions) -> Response:
    thing = await drafts.find(page.cookie(DRAFT))
    draft = Draft.of(thing) if thing else None
    if draft is None or not draft.sent:
        return await _gone(page)
    introduction = await introductions.get(draft.introduction_id)
    return await page(
        "sent.html",
        title="Thank you. We have your introduction",
        introduction=introduction,
    )


def _to_confirmation() -> Response:
    return RedirectResponse("/introduce/sent", status_code=303)


async def _check(draft: Draft, page: Page) -> Response:
    answers = Answers(draft, page.organisations)
    return await page(
        "check.html",
        title="Check what you told us",
        back="/introduce/sharing",
        groups=answers.summaries(),
        in_danger=answers.in_danger,
        token=draft.token,
        lure=LURE,
    )


async def _gone(page: Page) -> Response:
    return await page("gone.html", status=404, title="Your answers are not here")
