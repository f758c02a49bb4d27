"""Records whose time has come, for how long one is kept, and what the governance lead says about it."""

from datetime import timedelta
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import ChoiceQuestion, DayQuestion, Form, Show, attempt, page_router, sent
from alliance.web.pages.listing import Cell, Column, Listing, Row
from intake.api.giving import TheClock, TheKeeping
from intake.domain.keeping import DeathSource, ExtensionReason, HoldReason
from intake.pages.giving import (
    DecidingKeeping,
    ListingKeeping,
    MayDecideKeeping,
    MayNoteDeath,
    NotingDeath,
    SeeingKeeping,
)
from intake.pages.words import worded

router = page_router()

After = Annotated[str | None, Query(max_length=200)]
COLUMNS = (Column("person", "Record"), Column("come", "To be kept until"))
NO_NAMES = "This page shows no names: open the person's record if your work needs it."


class DeathForm(Form):
    died_on = DayQuestion("Date of death", past=True)
    source = ChoiceQuestion("From whom do we know?", worded(DeathSource), missing="Select from whom we know")


class HoldForm(Form):
    reason = ChoiceQuestion("Why must nothing be deleted?", worded(HoldReason), missing="Select why")


class ExtensionForm(Form):
    until = DayQuestion("Keep it until", hint="At most ten years from now")
    reason = ChoiceQuestion("Why is it kept for longer?", worded(ExtensionReason), missing="Select why")


class StepForm(Form):
    """Nothing to fill in."""


@router.get("/records-to-delete")
async def records_to_delete(_: ListingKeeping, keeping: TheKeeping, show: Show, after: After = None) -> Response:
    page = await keeping.keepings.page("come", "come:", after=after)
    day = show.shell.environment.filters["day"]
    rows: list[Row] = [
        [
            Cell(f"Record {each.id[:8]}", href=f"/people/{each.id}/keeping"),
            Cell(day(each.come_on), value=each.come_on),
        ]
        for each in page.items
    ]
    empty = "No record's time has come. Once a week all of them are looked at."
    listing = Listing("Records", COLUMNS, rows, next=page.next, after=after, caption_hidden=True, empty=empty)
    return await show("intake/records_to_delete.html", title="Records whose time has come", listing=listing, back="/")


@router.get("/people/{person_id}/keeping")
async def record(person_id: PathId, _: SeeingKeeping, keeping: TheKeeping, clock: TheClock, show: Show) -> Response:
    found = await keeping.kept(person_id)
    return await show(
        "intake/keeping.html",
        title="How long this record is kept",
        back=f"/people/{person_id}",
        person_id=person_id,
        kept=found,
        after_contact=_long(keeping.terms.after_contact),
        after_death=_long(keeping.terms.after_death),
        come=found.until is not None and found.until <= clock.now().date(),
        lift=StepForm.fresh(),
    )


@router.get("/people/{person_id}/keeping/death")
async def ask_about_death(person_id: PathId, _: MayNoteDeath, keeping: TheKeeping, show: Show) -> Response:
    known = (await keeping.kept(person_id)).keeping
    return await _death(person_id, DeathForm.fresh(died_on=known.died_on, source=known.death_source), show)


@router.post("/people/{person_id}/keeping/death")
async def note_death(
    person_id: PathId,
    command: NotingDeath,
    form: Annotated[DeathForm, sent(DeathForm)],
    keeping: TheKeeping,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await keeping.note_death(person_id, form.died_on.data, DeathSource(form.source.data))
            return show.done(_page(person_id), "Noted. The other services are told; nobody writes to them any more.")
    return await _death(person_id, form, show)


@router.get("/people/{person_id}/keeping/death/take-back")
async def ask_about_taking_back_death(person_id: PathId, _: MayNoteDeath, show: Show) -> Response:
    return await _take_back_death(person_id, StepForm.fresh(), show)


@router.post("/people/{person_id}/keeping/death/take-back")
async def take_back_death(
    person_id: PathId,
    command: NotingDeath,
    form: Annotated[StepForm, sent(StepForm)],
    keeping: TheKeeping,
    show: Show,
) -> Response:
    with attempt(form, command):
        await keeping.take_back_death(person_id)
        return show.done(_page(person_id), "Taken back. The other services are told.")
    return await _take_back_death(person_id, form, show)


@router.get("/people/{person_id}/keeping/hold")
async def ask_about_hold(person_id: PathId, _: MayDecideKeeping, show: Show) -> Response:
    return await _hold(person_id, HoldForm.fresh(), show)


@router.post("/people/{person_id}/keeping/hold")
async def put_on_hold(
    person_id: PathId,
    command: DecidingKeeping,
    form: Annotated[HoldForm, sent(HoldForm)],
    keeping: TheKeeping,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await keeping.put_on_hold(person_id, HoldReason(form.reason.data))
            return show.done(_page(person_id), "The record is on hold. Nothing of it may be deleted.")
    return await _hold(person_id, form, show)


@router.post("/people/{person_id}/keeping/lift-hold")
async def lift_hold(person_id: PathId, _: DecidingKeeping, keeping: TheKeeping, show: Show) -> Response:
    await keeping.lift_hold(person_id)
    return show.done(_page(person_id), "The hold is lifted.")


@router.get("/people/{person_id}/keeping/extension")
async def ask_about_extension(person_id: PathId, _: MayDecideKeeping, show: Show) -> Response:
    return await _extension(person_id, ExtensionForm.fresh(), show)


@router.post("/people/{person_id}/keeping/extension")
async def extend(
    person_id: PathId,
    command: DecidingKeeping,
    form: Annotated[ExtensionForm, sent(ExtensionForm)],
    keeping: TheKeeping,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await keeping.extend(person_id, form.until.data, ExtensionReason(form.reason.data))
            return show.done(_page(person_id), "The record is kept for longer.")
    return await _extension(person_id, form, show)


@router.get("/people/{person_id}/keeping/deletion")
async def ask_about_deletion(person_id: PathId, _: MayDecideKeeping, show: Show) -> Response:
    return await _deletion(person_id, StepForm.fresh(), show)


@router.post("/people/{person_id}/keeping/deletion")
async def confirm(
    person_id: PathId,
    command: DecidingKeeping,
    form: Annotated[StepForm, sent(StepForm)],
    keeping: TheKeeping,
    show: Show,
) -> Response:
    with attempt(form, command):
        await keeping.confirm(person_id, by=command.caller.subject)
        return show.done(
            "/records-to-delete",
            "Confirmed. In a moment it is listed under people’s rights, where the erasure is carried out.",
        )
    return await _deletion(person_id, form, show)


async def _death(person_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Note that the person has died",
        submit="Save",
        back=_page(person_id),
        lead="The services that work with the person are told, and no message goes to them any more. It ends nothing "
        "else by itself: close what is open at the front door; their workers close what is open with them.",
    )


async def _take_back_death(person_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="The person has not died",
        submit="Take it back",
        back=_page(person_id),
        lead="The other services are told that it was a mistake. Messages that were stopped stay stopped; new ones go. "
        "What somebody closed because of it has to be opened again there.",
    )


async def _hold(person_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form, title="Put this record on hold", submit="Put it on hold", back=_page(person_id), lead=NO_NAMES
    )


async def _extension(person_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form, title="Keep this record for longer", submit="Keep it for longer", back=_page(person_id), lead=NO_NAMES
    )


async def _deletion(person_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Delete this record",
        submit="Confirm that it may be deleted",
        back=_page(person_id),
        warning="What you confirm is listed under people’s rights in a moment. There the erasure is decided and "
        "carried out, here and in every service that holds something of the record. That cannot be undone.",
    )


def _page(person_id: str) -> str:
    return f"/people/{person_id}/keeping"


def _long(term: timedelta) -> str:
    """In years where it is whole ones, leap days counted: 7305 days are 20 years."""
    years = round(term.days / 365.25)
    whole = abs(term.days - years * 365.25) < 1
    return f"{years} years" if whole and years > 1 else f"{term.days:,} days"
