"""What may be asked of the people register."""

from alliance.kernel import Clock, provenance
from intake.application.collections import People
from intake.application.contacts import Contacts
from intake.domain.codes import NhsNumberStatus, NumberReason, SharingBasis
from intake.domain.person import Details, Recipients
from intake.domain.sharing import Recorded


def recorded(agreement: str) -> Recorded:
    """By whoever is acting now, under the information-sharing agreement that holds now."""
    acting = provenance()
    return Recorded(by=acting.actor, organisation=acting.organisation, agreement=agreement or None)


async def change_details(
    id_: str, details: Details, people: People, contacts: Contacts, *, expecting: int | None = None
) -> None:
    """The clocks of the person's introductions follow: who has said how to reach them is not asked again so soon."""
    at, recipients = contacts.clock.now(), contacts.recipients
    await people.change(
        id_, lambda person: person.change_details(details, at=at, recipients=recipients), expecting=expecting
    )
    await contacts.follow(id_)


async def allow_sharing(
    id_: str,
    organisation: str,
    basis: SharingBasis,
    people: People,
    recipients: Recipients,
    clock: Clock,
    *,
    agreement: str,
    reason: str = "",
) -> None:
    """Raises `OverrideWithoutReason`. `agreement` is the reference of the information-sharing agreement."""
    at, by = clock.now(), recorded(agreement)
    await people.change(
        id_,
        lambda person: person.allow(organisation, basis, at=at, recipients=recipients, recorded=by, reason=reason),
    )


async def stop_sharing(id_: str, organisation: str, people: People, recipients: Recipients, clock: Clock) -> None:
    at, by = clock.now(), recorded("")
    await people.change(id_, lambda person: person.stop(organisation, at=at, recipients=recipients, recorded=by))


async def note_number_status(
    id_: str,
    status: NhsNumberStatus,
    reason: NumberReason,
    people: People,
    recipients: Recipients,
    clock: Clock,
    *,
    by: str,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await people.change(
        id_,
        lambda person: person.note_number_status(status, reason, by=by, at=at, recipients=recipients),
        expecting=expecting,
    )
