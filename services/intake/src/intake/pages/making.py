"""Staff introduce somebody who calls or comes by, on one page."""

from collections.abc import Mapping
from typing import Annotated, Any

from starlette.responses import Response

from alliance.web.pages import Form, Show, attempt, page_router, sent
from intake.api.giving import TheClock, TheIntroductions, TheMatches, ThePeople, ThePromise, TheRecipients
from intake.application.introductions import ReceiveIntroduction, receive_introduction
from intake.application.matches import look_for_duplicates
from intake.domain.codes import HelpArea, IntroducerRole, PersonKnows, SafetyKind, SourceCode, WayIn
from intake.domain.records import Introducer, Story
from intake.pages.details import details_from
from intake.pages.forms import StaffIntroductionForm
from intake.pages.giving import Making, MayMake

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
    promise: ThePromise,
    matches: TheMatches,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            said = form.data
            asked = ReceiveIntroduction(
                introduction_id=command.id,
                person=details_from(said),
                way_in=WayIn(said["way_in"]),
                source_code=SourceCode(said["source_code"]),
                help_areas=tuple(HelpArea(area) for area in said["help_areas"]),
                story=Story(**{name: said[name] or "" for name in Story.__dataclass_fields__}),
                introducer=introducer_from(said),
                danger=None if said["danger"] == "no" else SafetyKind(said["danger"]),
            )
            received = await receive_introduction(asked, introductions, people, recipients, promise, clock)
            await look_for_duplicates(received.person_id, people, matches, clock)
            # Only those who may open records are sent to one.
            readable = command.access is not None and command.access.sees("introduction.list")
            to = f"/introductions/{command.id}" if readable else "/"
            return show.done(to, "The introduction is received.")
    return await _somebody(form, show)


def introducer_from(said: Mapping[str, Any]) -> Introducer | None:
    """Whoever introduces the person; nobody where the form does not say as what."""
    if not said["introducer_role"]:
        return None
    texts = {name: said[f"introducer_{name}"] or "" for name in ("name", "organisation", "phone", "email")}
    knows = PersonKnows(said["person_knows"]) if said["person_knows"] else PersonKnows.KNOWS
    return Introducer(role=IntroducerRole(said["introducer_role"]), person_knows=knows, **texts)


async def _somebody(form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Introduce somebody",
        submit="Send the introduction",
        back="/",
        template="intake/new.html",
    )
