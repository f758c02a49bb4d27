"""A professional introduces somebody, without a sign-in: on one page, with who they are and how we call them back.

Nobody is turned away here either: over a limit the page is shown again with everything that was typed, somebody in
danger meets no limit, and what looks automated is received and marked.
"""

from typing import Annotated

from starlette.responses import RedirectResponse, Response

from alliance.web import Phone
from alliance.web.pages import (
    ChoiceQuestion,
    LineQuestion,
    PassageQuestion,
    SelectQuestion,
    attempt,
    page_router,
    sent,
)
from intake.api.giving import TheAgreement, TheClock, TheIntroductions, ThePeople, ThePromise, TheRecipients
from intake.application.introductions import receive_introduction
from intake.domain.codes import SOURCE_OF, IntroducerRole, PersonKnows, WayIn
from intake.pages.forms import IntroducedForm
from intake.pages.public.giving import Anybody, Page, SendingLimit, TheDrafts, remember
from intake.pages.public.sending import LURE
from intake.pages.telling import introduction_from
from intake.pages.words import worded

router = page_router("/introduce-somebody")

SENT = "__Host-intake-introduced"
SHOWN_FOR_SECONDS = 1200


class ProfessionalForm(IntroducedForm):
    """Whoever introduces is a professional, who says as what and from where, and how we call them back."""

    introducer_role = SelectQuestion(
        "What are you to the person?",
        worded(role for role in IntroducerRole if role is not IntroducerRole.CARER),
        missing="Select what you are to the person",
    )
    introducer_name = LineQuestion("Your name", missing="Enter your name", more={"autocomplete": "name"})
    introducer_organisation = LineQuestion(
        "Your organisation", missing="Enter your organisation", more={"autocomplete": "organization"}
    )
    introducer_phone = LineQuestion(
        "A number on which we can safely call you back",
        of=Phone,
        hint="Not one that the person or their family answers.",
        missing="Enter a number on which we can call you back",
        more={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "classes": "nhsuk-input--width-20"},
    )
    person_knows = ChoiceQuestion(
        "Does the person know that you introduce them?",
        worded(PersonKnows),
        hints={PersonKnows.DOES_NOT_KNOW.value: "We talk with you first, before we get in touch with them"},
        missing="Select whether the person knows",
    )
    going_on = PassageQuestion("What is going on?", hint="What they told you, in their words.", optional=True)


@router.get("")
async def ask(page: Page) -> Response:
    return await _ask(ProfessionalForm.fresh(), page)


@router.post("")
async def introduce(
    command: Anybody,
    form: Annotated[ProfessionalForm, sent(ProfessionalForm)],
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
    if not form.validate():
        return await _ask(form, page)
    said = form.data
    if said["danger"] == "no" and not await limit.allows(page.request):
        return await _ask(form, page, busy=True)
    with attempt(form):
        asked = introduction_from(
            said,
            id_=command.id,
            way_in=WayIn.PROFESSIONAL,
            source_code=SOURCE_OF[IntroducerRole(said["introducer_role"])],
            looks_automated=bool((await page.request.form()).get(LURE)),
        )
        await receive_introduction(asked, introductions, people, recipients, promise, clock, agreement=agreement)
        secret = await drafts.put({"introduction_id": command.id})
        return remember(RedirectResponse("/introduce-somebody/sent", status_code=303), SENT, secret, SHOWN_FOR_SECONDS)
    return await _ask(form, page)


@router.get("/sent")
async def confirmation(page: Page, drafts: TheDrafts, introductions: TheIntroductions) -> Response:
    thing = await drafts.find(page.cookie(SENT))
    if thing is None:
        return RedirectResponse("/introduce-somebody", status_code=303)
    introduction = await introductions.get(thing["introduction_id"])
    return await page("told.html", title="Thank you. We have the introduction", introduction=introduction)


async def _ask(form: ProfessionalForm, page: Page, *, busy: bool = False) -> Response:
    status = 429 if busy else 409 if form.refusal else 422 if form.errors else 200
    return await page(
        "professional.html",
        status=status,
        form=form,
        busy=busy,
        title="Introduce somebody you work with",
        back="/introduce",
        lure=LURE,
    )
