"""What may be asked of the people register."""

from alliance.kernel import Clock
from intake.application.collections import People
from intake.domain.codes import NhsNumberStatus, NumberReason, SharingBasis
from intake.domain.person import Details, Recipients


async def change_details(
    id_: str, details: Details, people: People, recipients: Recipients, *, expecting: int | None = None
) -> None:
    await people.change(id_, lambda person: person.change_details(details, recipients=recipients), expecting=expecting)


async def allow_sharing(
    id_: str, organisation: str, basis: SharingBasis, people: People, recipients: Recipients, clock: Clock
) -> None:
    at = clock.now()
    await people.change(id_, lambda person: person.allow(organisation, basis, at=at, recipients=recipients))


async def stop_sharing(id_: str, organisation: str, people: People, recipients: Recipients, clock: Clock) -> None:
    at = clock.now()
    await people.change(id_, lambda person: person.stop(organisation, at=at, recipients=recipients))


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
