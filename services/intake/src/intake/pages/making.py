"""Staff introduce somebody who calls or comes by, on one page."""

from typing import Annotated

from starlette.responses import Response

from alliance.web.pages import Form, Show, attempt, page_router, sent
from intake.api.giving import TheAgreement, TheClock, TheIntroductions, TheMatches, ThePeople, ThePromise, TheRecipients
from intake.application.introductions import receive_introduction
from intake.application.matches import look_for_duplicates
from intake.domain.codes import SourceCode, WayIn
from intake.pages.forms import StaffIntroductionForm
from intake.pages.giving import Making, MayMake
from intake.pages.telling import introduction_from

router = page_router("/introductions/new")


@router.get("")
async def ask_about_somebody(_: MayMake, show: Show) -> Response:
    return await _somebody(StaffIntroductionForm.fresh(), show)


@router.post("")
async def introduce(
    command: Making,
    form: Annotated[StaffIntroductionForm, sent(StaffIntroductionForm)],
    introductions: TheIntroductions,
    people: ThePeople,
    recipients: TheRecipients,
    agreement: TheAgreement,
    promise: ThePromise,
    matches: TheMatches,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            said = form.data
            asked = introduction_from(
                said, id_=command.id, way_in=WayIn(said["way_in"]), source_code=SourceCode(said["source_code"])
            )
            received = await receive_introduction(
                asked, introductions, people, recipients, promise, clock, agreement=agreement
            )
            await look_for_duplicates(received.person_id, people, matches, clock)
            # Only those who may open records are sent to one.
            readable = command.access is not None and command.access.sees("introduction.list")
            to = f"/introductions/{command.id}" if readable else "/"
            return show.done(to, "The introduction is received.")
    return await _somebody(form, show)


async def _somebody(form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Introduce somebody",
        submit="Send the introduction",
        back="/",
        template="intake/new.html",
    )
