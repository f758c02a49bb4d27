"""The page by which a governance lead restricts a person's records to those who work with them, or lifts that."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from alliance.access import Access
from alliance.access.guards import Guards
from alliance.web.commands import Command, page_doing
from alliance.web.dependencies import given, may
from alliance.web.fields import PathId
from alliance.web.pages.fields import ChoiceQuestion
from alliance.web.pages.forms import Form, attempt, sent
from alliance.web.pages.routing import page_router
from alliance.web.pages.showing import Show, Showing

TheGuards = Annotated[Guards, given("guards")]
RESTRICT, LIFT = "restrict", "lift"


class RestrictionForm(Form):
    wanted = ChoiceQuestion(
        "Who may see this person's records?",
        {
            RESTRICT: "Only those who work with the person",
            LIFT: "Everybody whose role and organisation allow it",
        },
        hints={
            RESTRICT: "Others can open them only with a reason, for some hours, and you are told at once.",
            LIFT: "As the table of who may do what says for everybody.",
        },
        missing="Select who may see this person's records",
    )


def restricting_router() -> APIRouter:
    """For the one service that decides on restrictions; the others hear of them."""
    router = page_router("/people/{person_id}/restriction")

    @router.get("")
    async def ask(
        person_id: PathId,
        show: Show,
        _: Annotated[Access, may("restriction.change")],
        guards: TheGuards,
    ) -> Response:
        person = await guards.of(person_id)
        restricted = bool(person and person.restricted)
        return await _page(show, RestrictionForm.fresh(wanted=RESTRICT if restricted else LIFT), restricted)

    @router.post("")
    async def change(
        person_id: PathId,
        show: Show,
        command: Annotated[Command, page_doing("restriction.change")],
        form: Annotated[RestrictionForm, sent(RestrictionForm)],
        guards: TheGuards,
    ) -> Response:
        if form.validate():
            restricted = form.wanted.data == RESTRICT
            with attempt(form, command):
                await guards.restrict(person_id, restricted=restricted, at=show.clock.now())
                said = "Only those who work with the person see their records now." if restricted else "Lifted."
                return show.done(f"/people/{person_id}/restriction", said)
        person = await guards.of(person_id)
        return await _page(show, form, bool(person and person.restricted))

    return router


async def _page(show: Showing, form: RestrictionForm, restricted: bool) -> Response:
    now = "They are restricted to those who work with the person." if restricted else "They are not restricted."
    return await show.form(
        form,
        title="Restrict a person's records",
        submit="Save",
        back="/audit",
        lead=f"{now} What you choose holds in every service of the alliance, within moments.",
    )
