"""What a person may ask of us about what is held of them: a copy of it, and that it be erased."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alliance.kernel import Clock, derived_id
from alliance.people import Known
from alliance.store import AlreadyThere
from intake.application.collections import Erasures, People, RecordRequests
from intake.application.keeping import BeginErasure, KeepingRecords, Kept
from intake.application.matches import survivor_of
from intake.domain import refusals
from intake.domain.erasure import Erasure
from intake.domain.record_request import RecordRequest
from intake.domain.records import State
from intake.domain.rights import AskedBy, ErasureGround, Hindrance, IdentityCheck, RefusalGround

MOST_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class RightsTerms:
    """What was agreed: who holds anything at all, and how long what takes."""

    holders: tuple[str, ...]
    confirm_within: timedelta
    package_lasts: timedelta


async def ask_for_erasure(
    request_id: str,
    person_id: str,
    erasures: Erasures,
    people: People,
    clock: Clock,
    *,
    asked_by: AskedBy,
    identity: IdentityCheck | None = None,
    by: str | None = None,
) -> Erasure:
    """Raises `AlreadyAsked` while another request of the person is open, by whichever record, `PersonIsErased`."""
    await _must_be_somebody(person_id, people)
    ids = await _records_of(person_id, people)
    _must_be_the_only_one(request_id, [each for id_ in ids for each in await erasures.with_key("person_id", id_)])
    return await erasures.add(
        Erasure(
            id=request_id,
            person_id=person_id,
            asked_by=asked_by,
            asked_at=clock.now(),
            identity=identity,
            recorded_by=by,
        )
    )


def erasing(erasures: Erasures, people: People, clock: Clock) -> BeginErasure:
    """A request to be erased, for the governance lead to carry out; one that is there already will do."""

    async def begin(person_id: str, by: str) -> None:
        request_id = derived_id("intake", "time-has-come", person_id)
        with suppress(refusals.AlreadyAsked, AlreadyThere, refusals.PersonIsErased):
            await ask_for_erasure(request_id, person_id, erasures, people, clock, asked_by=AskedBy.KEEPING, by=by)

    return begin


async def decide_erasure(
    request_id: str,
    ground: ErasureGround | RefusalGround,
    erasures: Erasures,
    hindrances: Collection[Hindrance],
    clock: Clock,
    *,
    by: str,
    identity: IdentityCheck | None = None,
    expecting: int | None = None,
) -> None:
    """Agree or refuse, by the ground. Raises `ErasureDecided`, `NotIdentified`, `StillInCare`."""
    at = clock.now()

    def decide(erasure: Erasure) -> None:
        if isinstance(ground, ErasureGround):
            erasure.agree(ground, hindrances=hindrances, by=by, at=at, identity=identity)
        else:
            erasure.refuse(ground, hindrances=hindrances, by=by, at=at)

    await erasures.change(request_id, decide, expecting=expecting)


async def erase_person(
    request_id: str,
    erasures: Erasures,
    hindrances: Collection[Hindrance],
    known: Known,
    terms: RightsTerms,
    clock: Clock,
    *,
    by: str,
    expecting: int | None = None,
) -> None:
    """For good. Raises `NotAgreed`, `StillInCare`."""
    at = clock.now()
    ids = await known.ids_of((await erasures.get(request_id)).person_id)
    await erasures.change(
        request_id,
        lambda erasure: erasure.erase(
            ids, terms.holders, hindrances=hindrances, within=terms.confirm_within, by=by, at=at
        ),
        expecting=expecting,
    )


async def take_back_erasure(request_id: str, erasures: Erasures) -> None:
    await erasures.change(request_id, Erasure.take_back)


async def ask_for_record(
    request_id: str,
    person_id: str,
    record_requests: RecordRequests,
    people: People,
    known: Known,
    terms: RightsTerms,
    clock: Clock,
    *,
    asked_by: AskedBy,
    identity: IdentityCheck | None = None,
    by: str | None = None,
) -> RecordRequest:
    """Gathered at once where staff know who it is. Raises `AlreadyAsked` as for an erasure."""
    await _must_be_somebody(person_id, people)
    ids = await _records_of(person_id, people)
    _must_be_the_only_one(
        request_id, [each for id_ in ids for each in await record_requests.with_key("person_id", id_)]
    )
    at = clock.now()
    request = RecordRequest(id=request_id, person_id=person_id, asked_by=asked_by, asked_at=at)
    if identity is not None and by is not None:
        request.start(await known.ids_of(person_id), terms.holders, identity=identity, by=by, at=at)
    return await record_requests.add(request)


async def start_gathering(
    request_id: str,
    identity: IdentityCheck,
    record_requests: RecordRequests,
    known: Known,
    terms: RightsTerms,
    clock: Clock,
    *,
    by: str,
    expecting: int | None = None,
) -> None:
    """Somebody made sure that it is them: every service is asked. Raises `RecordIsReleased`."""
    at = clock.now()
    ids = await known.ids_of((await record_requests.get(request_id)).person_id)
    await record_requests.change(
        request_id,
        lambda request: request.start(ids, terms.holders, identity=identity, by=by, at=at),
        expecting=expecting,
    )


async def release_record(
    request_id: str,
    left_out: Collection[str],
    record_requests: RecordRequests,
    clock: Clock,
    *,
    by: str,
    expecting: int | None = None,
) -> None:
    """Raises `RecordNotReady`."""
    at = clock.now()
    await record_requests.change(
        request_id, lambda request: request.release(left_out, by=by, at=at), expecting=expecting
    )


async def late_requests(
    erasures: Erasures, record_requests: RecordRequests, now: datetime
) -> list[Erasure | RecordRequest]:
    """What was not answered in time, and erasures that a service has not confirmed in time; the oldest first."""
    open_: list[Erasure | RecordRequest] = [
        *(await erasures.page("waiting", limit=MOST_SHOWN)).items,
        *(await record_requests.page("waiting", limit=MOST_SHOWN)).items,
    ]
    return sorted((each for each in open_ if each.is_late(now)), key=lambda each: (each.asked_at, each.id))


async def hindrances_of(
    person_id: str, keeping: KeepingRecords, record_requests: RecordRequests, known: Known
) -> list[Hindrance]:
    """What speaks against erasing the person, as far as the front door knows: by all of their records together."""
    ids = await known.ids_of(person_id)
    theirs = [each for id_ in ids for each in await keeping.introductions.with_key("person_id", id_)]
    asked = [each for id_ in ids for each in await record_requests.with_key("person_id", id_)]
    kept = [await keeping.kept(id_) for id_ in ids]
    found = {
        Hindrance.OPEN_INTRODUCTION: any(each.at_the_door for each in theirs),
        Hindrance.OPEN_CASE: any(each.state is State.ACCEPTED and each.case_closed_at is None for each in theirs),
        Hindrance.COPY_ASKED_FOR: any(each.open for each in asked),
        Hindrance.WITHIN_RETENTION: _must_be_kept(kept, keeping.clock.now().date()),
        Hindrance.LEGAL_HOLD: any(each.keeping.hold is not None for each in kept),
    }
    return [hindrance for hindrance, so in found.items() if so]


def _must_be_kept(kept: Sequence[Kept], today: date) -> bool:
    """Whether the day has not come yet; once a death is known to one of their records, its clock counts for all."""
    counted = [each for each in kept if each.keeping.died_on is not None] or kept
    extended = [each.keeping.extended_until for each in kept]
    days = [day for day in (*(each.until for each in counted), *extended) if day is not None]
    return any(day > today for day in days)


async def _must_be_somebody(person_id: str, people: People) -> None:
    if (await people.get(person_id)).erased_at is not None:
        raise refusals.PersonIsErased("This person has been erased.")


async def _records_of(person_id: str, people: People) -> list[str]:
    """Every record of the same person: the one that goes on, and those merged into it."""
    found = [(await survivor_of(person_id, people)).id]
    for each in found:
        found += [person.id for person in await people.with_key("merged_into", each) if person.id not in found]
    return found


def _must_be_the_only_one(request_id: str, requests: Sequence[Erasure | RecordRequest]) -> None:
    if any(each.open and each.id != request_id for each in requests):
        raise refusals.AlreadyAsked("This has been asked for already, and it is not over.")
