"""Several introductions taken on at once, each told by itself what came of it."""

from typing import Annotated

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from alliance.web.pages import Form, Show, page_router, sent
from alliance.web.pages.templating import ago
from intake.api.giving import TheClock, TheIntroductions, ThePromise, claim_those_allowed
from intake.application.queries import Part, part_of_queue, why_here
from intake.application.working import MOST_AT_ONCE, Claimed
from intake.pages.giving import ClaimingSeveral, MayClaimSeveral
from intake.pages.record import claimed_by

router = page_router("/introductions/claim-several")


class SeveralForm(Form):
    """Which ones are ticked is read apart: the list may have changed since it was shown."""


@router.get("")
async def ask_which(access: MayClaimSeveral, introductions: TheIntroductions, clock: TheClock, show: Show) -> Response:
    return await _which(SeveralForm.fresh(), access.caller.subject, introductions, clock, show)


@router.post("")
async def claim_several(
    request: Request,
    command: ClaimingSeveral,
    form: Annotated[SeveralForm, sent(SeveralForm)],
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
    show: Show,
) -> Response:
    ids = _ticked(await request.form())
    if not ids:
        form.renew(None)
        return await _which(form, command.caller.subject, introductions, clock, show, missing=True)
    results = await claim_those_allowed(ids, show.control, command, introductions, promise, clock)
    return await show(
        "intake/several-done.html",
        title="What came of it",
        back="/introductions",
        results=[await _told(each, introductions, show) for each in results],
        taken=sum(each.refusal is None for each in results),
    )


def _ticked(form: FormData) -> list[str]:
    return [text for text in form.getlist("introductions") if isinstance(text, str)][:MOST_AT_ONCE]


async def _told(claimed: Claimed, introductions: TheIntroductions, show: Show) -> tuple[str | None, str, str, bool]:
    """Its address, its reference, and what came of it in a sentence."""
    introduction = await introductions.find(claimed.introduction_id)
    if introduction is None:
        return None, "An introduction", "There is no such introduction.", False
    href = f"/introductions/{introduction.id}"
    if claimed.refusal is None:
        return href, introduction.reference, "You have taken it on.", True
    return href, introduction.reference, await claimed_by(introduction, show) or str(claimed.refusal), False


async def _which(
    form: Form, subject: str, introductions: TheIntroductions, clock: TheClock, show: Show, *, missing: bool = False
) -> Response:
    now = clock.now()
    page = await part_of_queue(introductions, Part.UNASSIGNED, of=subject, now=now, limit=MOST_AT_ONCE)
    return await show(
        "intake/several.html",
        status=422 if missing else 200,
        title="Take several on",
        back="/introductions",
        form=form,
        missing=missing,
        choices=[
            {
                "value": each.id,
                "text": each.reference,
                "hint": {"text": f"Received {ago(each.received_at, now)}. {' '.join(why_here(each, now))}"},
            }
            for each in page.items
        ],
        more=page.next is not None,
    )
