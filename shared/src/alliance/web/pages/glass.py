"""The page by which somebody opens what is closed to them: with a reason, for a time, and told to governance."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from alliance.access import Access
from alliance.access.guards import LONGEST_NOTE, Guards
from alliance.access.places import place
from alliance.contracts.codes import GlassReason
from alliance.kernel import Refusal
from alliance.web.commands import Command, page_doing
from alliance.web.dependencies import given, may
from alliance.web.fields import Text
from alliance.web.pages.fields import ChoiceQuestion, PassageQuestion
from alliance.web.pages.forms import Form, attempt, sent
from alliance.web.pages.routing import page_router
from alliance.web.pages.showing import Show, Showing
from alliance.web.pages.templating import when

REASONS = {
    GlassReason.EMERGENCY: "An emergency",
    GlassReason.SAFETY_CONCERN: "Somebody may be in danger",
    GlassReason.COVERING_FOR_A_COLLEAGUE: "I am covering for a colleague",
    GlassReason.PERSON_ASKED: "The person asked me to",
    GlassReason.COMPLAINT_OR_LEGAL: "A complaint, or a legal duty",
    GlassReason.OTHER: "Another reason",
}

TheGuards = Annotated[Guards, given("guards")]


class GlassOpensNothing(Refusal):
    """The record is open to the caller already, or no broken glass would open it to them."""

    def __init__(self) -> None:
        super().__init__("Giving a reason would open nothing here: you see this record already, or may not see it.")


class GlassForm(Form):
    reason = ChoiceQuestion(
        "Why do you need to see it?",
        {reason.value: words for reason, words in REASONS.items()},
        missing="Select why you need to see it",
    )
    note = PassageQuestion(
        "What else should the information governance lead know?",
        of=Annotated[str, Text(LONGEST_NOTE, lines=True)],
        hint="Only they read it. If it is another reason, say here which.",
        optional=True,
    )


def glass_router() -> APIRouter:
    """For services that guard people's records."""
    router = page_router("/break-glass/{record}/{record_id}")

    @router.get("")
    async def ask(show: Show, access: Annotated[Access, may("glass.break")], guards: TheGuards) -> Response:
        _check(access)
        return await _page(show, GlassForm.fresh(), guards)

    @router.post("")
    async def break_glass(
        show: Show,
        guards: TheGuards,
        form: Annotated[GlassForm, sent(GlassForm)],
        command: Annotated[Command, page_doing("glass.break")],
    ) -> Response:
        record, person_id = _check(command.access)
        if form.validate():
            with attempt(form, command):
                person = await guards.break_glass(
                    command.id,
                    person_id,
                    caller=command.caller,
                    record=record,
                    reason_code=GlassReason(form.reason.data),
                    note=form.note.data or "",
                    at=show.clock.now(),
                )
                opening = person.opening_for(command.caller, show.clock.now())
                until = f"until {when(opening.until)}" if opening else "no longer"
                return show.done(_back(show), f"This person's records are open to you {until}.")
        return await _page(show, form, guards)

    return router


async def _page(show: Showing, form: GlassForm, guards: Guards) -> Response:
    return await show.form(
        form,
        title="Open a record that is closed to you",
        submit="Open the record",
        back=_back(show),
        template="alliance/break-glass.html",
        until=show.clock.now() + guards.glass_lasts,
    )


def _back(show: Showing) -> str:
    """To the page that was closed, which the link has brought along."""
    return place(show.request.query_params.get("next"))


def _check(access: Access | None) -> tuple[str, str]:
    """The kind of record and the person whom it is about. Raises `GlassOpensNothing`."""
    about = access.about if access else None
    if access is None or about is None or about.person_id is None:
        raise GlassOpensNothing
    ways = [rule.action for rule in access.policy.rules.values() if rule.record == about.record]
    restricted = access.standing.restricted
    if not any(access.policy.decide(access.caller, action, about, restricted=restricted).glass for action in ways):
        raise GlassOpensNothing
    return about.record, about.person_id
