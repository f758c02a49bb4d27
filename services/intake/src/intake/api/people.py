"""People, and which organisations may hold their details."""

from fastapi import APIRouter, Response

from alliance.web import PathId, tag
from intake.api.answers import PersonId, PersonRecord
from intake.api.bodies import DetailsBody, NhsNumberStatusBody, Preference
from intake.api.giving import (
    Changing,
    Knowing,
    Numbering,
    Sharing,
    TheAgreement,
    TheClock,
    TheContacts,
    TheMatches,
    ThePeople,
    TheRecipients,
    must_see,
    sees,
)
from intake.application.matches import look_for_duplicates
from intake.application.people import allow_sharing, change_details, note_number_status, stop_sharing

router = APIRouter(prefix="/api/v1/people", tags=["people"])


@router.get("/{person_id}")
async def record(person_id: PathId, access: Knowing, people: ThePeople, response: Response) -> PersonRecord:
    """Who somebody is, how to reach them safely, and who may hold that."""
    stored = await people.read(person_id)
    tag(response, stored.version)
    return PersonRecord.of(stored, details=sees(access, "person.see-details", stored.aggregate))


@router.post("/{person_id}/details")
async def change(
    person_id: PathId,
    body: DetailsBody,
    command: Changing,
    people: ThePeople,
    matches: TheMatches,
    contacts: TheContacts,
    clock: TheClock,
) -> PersonId:
    """New details, as a whole; every organisation that may hold them gets them. They are compared anew."""
    must_see(command.access, await people.get(person_id))
    await change_details(person_id, body.details(), people, contacts, expecting=command.expecting)
    await look_for_duplicates(person_id, people, matches, clock)
    return PersonId(person_id=person_id)


@router.post("/{person_id}/contact-confirmed")
async def confirm_contact(person_id: PathId, command: Changing, people: ThePeople, contacts: TheContacts) -> PersonId:
    """The person says that how to reach them is right still."""
    must_see(command.access, await people.get(person_id))
    await contacts.confirm(person_id)
    return PersonId(person_id=person_id)


@router.post("/{person_id}/sharing")
async def share(
    person_id: PathId,
    body: Preference,
    _: Sharing,
    people: ThePeople,
    recipients: TheRecipients,
    agreement: TheAgreement,
    clock: TheClock,
) -> PersonId:
    """Allow an organisation to hold the details, or stop it."""
    if body.allowed:
        organisation, basis, reason = body.organisation_id, body.basis, body.reason
        await allow_sharing(
            person_id, organisation, basis, people, recipients, clock, agreement=agreement, reason=reason
        )
    else:
        await stop_sharing(person_id, body.organisation_id, people, recipients, clock)
    return PersonId(person_id=person_id)


@router.post("/{person_id}/nhs-number-status")
async def note_status(
    person_id: PathId,
    body: NhsNumberStatusBody,
    command: Numbering,
    people: ThePeople,
    recipients: TheRecipients,
    clock: TheClock,
) -> PersonId:
    """What tracing the NHS number came to (NHS NUMBER STATUS INDICATOR CODE), and why that is noted."""
    must_see(command.access, await people.get(person_id))
    by, expecting = command.caller.subject, command.expecting
    await note_number_status(person_id, body.status, body.reason, people, recipients, clock, by=by, expecting=expecting)
    return PersonId(person_id=person_id)
