"""A person as the front door knows them: their details, and which organisations may hold them."""

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from alliance.kernel import Unknown
from alliance.web import PathId
from alliance.web.pages import Form, Show, attempt, page_router, sent
from intake.api.giving import (
    TheAgreement,
    TheClock,
    TheContacts,
    TheIntroductions,
    TheMatches,
    ThePeople,
    TheRecipients,
    must_see,
    sees,
)
from intake.application.matches import look_for_duplicates
from intake.application.people import allow_sharing, change_details, note_number_status, stop_sharing
from intake.domain.codes import NhsNumberStatus, NumberReason, SharingBasis
from intake.domain.person import Person, Preference, Recipients
from intake.pages.details import answers_of, called, details_from, facts_of, reaching, spaced
from intake.pages.forms import DetailsForm, NumberStatusForm, SharingForm, StillRightForm
from intake.pages.giving import Changing, Knowing, MayChange, MayShare, MayVerify, Numbering, Sharing
from intake.pages.matches import possible_duplicates_of
from intake.pages.wishes import Wishes

router = page_router("/people/{person_id}")

Member = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,63}$")]


@router.get("")
async def person(
    person_id: PathId,
    access: Knowing,
    people: ThePeople,
    introductions: TheIntroductions,
    matches: TheMatches,
    recipients: TheRecipients,
    show: Show,
) -> Response:
    found = await people.get(person_id)
    details = found.details if sees(access, "person.see-details", found) else None
    theirs = await introductions.with_key("person_id", person_id)
    wishes = await Wishes.of(found, show, reasons=details is not None)
    return await show(
        "intake/person.html",
        title=called(details),
        back=f"/introductions/{theirs[0].id}" if theirs else "/introductions",
        person=found,
        details=details,
        reaching=reaching(details) if details else [],
        facts=facts_of(details) if details else [],
        still_right=StillRightForm.fresh(),
        introductions=sorted(theirs, key=lambda each: each.received_at, reverse=True),
        number=spaced(details.nhs_number) if details else None,
        number_notes=found.number_notes if details else [],
        noted_by=await show.names({each.by for each in found.number_notes}),
        matches=await possible_duplicates_of(person_id, access, people, matches, show),
        merged=[tie for tie in found.ties if tie.details is not None],
        wishes=[(id_, show.shell.organisation_name(id_), wishes.now(id_)) for id_ in _organisations(found, recipients)],
        earlier_wishes=wishes.earlier,
    )


@router.get("/details")
async def ask_about_details(person_id: PathId, access: MayChange, people: ThePeople, show: Show) -> Response:
    stored = await people.read(person_id)
    must_see(access, stored.aggregate)
    known = answers_of(stored.aggregate.details)
    return await _details(person_id, DetailsForm.fresh(version=stored.version, **known), show)


@router.post("/details")
async def change(
    person_id: PathId,
    command: Changing,
    form: Annotated[DetailsForm, sent(DetailsForm)],
    people: ThePeople,
    matches: TheMatches,
    contacts: TheContacts,
    clock: TheClock,
    show: Show,
) -> Response:
    before = await people.get(person_id)
    must_see(command.access, before)
    if form.validate():
        with attempt(form, command):
            details = details_from(form.data, before.details)
            await change_details(person_id, details, people, contacts, expecting=command.expecting)
            await look_for_duplicates(person_id, people, matches, clock)
            return show.done(_page(person_id), "The details are changed. Those who may hold them get them now.")
    return await _details(person_id, form, show)


@router.post("/contact-confirmed")
async def confirm_contact(
    person_id: PathId, command: Changing, people: ThePeople, contacts: TheContacts, show: Show
) -> Response:
    must_see(command.access, await people.get(person_id))
    await contacts.confirm(person_id)
    return show.done(_page(person_id), "Noted: how to reach the person is right today.")


async def _details(person_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Change the person's details",
        submit="Save the details",
        back=_page(person_id),
        template="intake/details.html",
    )


@router.get("/nhs-number-status")
async def ask_about_number(person_id: PathId, access: MayVerify, people: ThePeople, show: Show) -> Response:
    stored = await people.read(person_id)
    must_see(access, stored.aggregate)
    form = NumberStatusForm.fresh(version=stored.version, status=stored.aggregate.details.nhs_number_status)
    return await _number(person_id, form, show)


@router.post("/nhs-number-status")
async def note_status(
    person_id: PathId,
    command: Numbering,
    form: Annotated[NumberStatusForm, sent(NumberStatusForm)],
    people: ThePeople,
    recipients: TheRecipients,
    clock: TheClock,
    show: Show,
) -> Response:
    must_see(command.access, await people.get(person_id))
    if form.validate():
        with attempt(form, command):
            status, reason = NhsNumberStatus(form.status.data), NumberReason(form.reason.data)
            by, expecting = command.caller.subject, command.expecting
            await note_number_status(person_id, status, reason, people, recipients, clock, by=by, expecting=expecting)
            return show.done(_page(person_id), "What came of tracing the NHS number is noted.")
    return await _number(person_id, form, show)


async def _number(person_id: str, form: Form, show: Show) -> Response:
    return await show.form(form, title="NHS number: is it verified?", submit="Save", back=_page(person_id))


@router.get("/sharing/{organisation_id}")
async def ask_about_sharing(
    person_id: PathId, organisation_id: Member, _: MayShare, people: ThePeople, recipients: TheRecipients, show: Show
) -> Response:
    stored = await people.read(person_id)
    if organisation_id not in _organisations(stored.aggregate, recipients):
        raise Unknown("There is no such organisation.")
    wish = _wish(stored.aggregate, organisation_id)
    form = SharingForm.fresh(version=stored.version, wish=wish.basis if wish else None)
    return await _sharing(person_id, organisation_id, form, show)


@router.post("/sharing/{organisation_id}")
async def share(
    person_id: PathId,
    organisation_id: Member,
    command: Sharing,
    form: Annotated[SharingForm, sent(SharingForm)],
    people: ThePeople,
    recipients: TheRecipients,
    agreement: TheAgreement,
    clock: TheClock,
    show: Show,
) -> Response:
    if organisation_id not in _organisations(await people.get(person_id), recipients):
        raise Unknown("There is no such organisation.")
    if form.validate():
        with attempt(form, command):
            basis = SharingBasis(form.wish.data)
            if basis is SharingBasis.OBJECTION:
                await stop_sharing(person_id, organisation_id, people, recipients, clock)
                said = "Noted. The organisation is told to drop what it holds."
            else:
                reason = form.reason.data or ""
                await allow_sharing(
                    person_id, organisation_id, basis, people, recipients, clock, agreement=agreement, reason=reason
                )
                said = "Noted. The organisation gets the details."
            return show.done(_page(person_id), said)
    return await _sharing(person_id, organisation_id, form, show)


async def _sharing(person_id: str, organisation_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title=f"Sharing with {show.shell.organisation_name(organisation_id)}",
        submit="Save the person's wish",
        back=_page(person_id),
        lead="This is the person's decision. If they object, the organisation must drop what it holds.",
    )


def _organisations(person: Person, recipients: Recipients) -> list[str]:
    """Those that receive details, and those about which the person has said something."""
    return sorted({*recipients.values(), *(wish.organisation_id for wish in person.sharing)})


def _wish(person: Person, organisation: str) -> Preference | None:
    return next((wish for wish in person.sharing if wish.organisation_id == organisation), None)


def _page(person_id: str) -> str:
    return f"/people/{person_id}"
