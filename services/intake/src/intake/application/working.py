"""Who works on an introduction, and how they get in touch with the person."""

from collections.abc import Sequence
from dataclasses import dataclass

from alliance.kernel import Clock, Refusal
from intake.application.collections import Introductions, People
from intake.domain.codes import ContactChannel, ContactOutcome
from intake.domain.contacting import Ways
from intake.domain.records import Promise

MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Claimed:
    """What came of claiming one of several. `refusal` None: it is taken on."""

    introduction_id: str
    refusal: Refusal | None = None


async def claim_introduction(
    id_: str, introductions: Introductions, promise: Promise, clock: Clock, *, by: str, expecting: int | None = None
) -> None:
    at = clock.now()
    await introductions.change(
        id_, lambda introduction: introduction.claim(by=by, at=at, promise=promise), expecting=expecting
    )


async def claim_several(
    ids: Sequence[str], introductions: Introductions, promise: Promise, clock: Clock, *, by: str
) -> list[Claimed]:
    """Each by itself, in the order given: what cannot be taken on does not keep the others back."""
    results = []
    for id_ in dict.fromkeys(ids):
        try:
            await claim_introduction(id_, introductions, promise, clock, by=by)
        except Refusal as refusal:
            results.append(Claimed(id_, refusal))
        else:
            results.append(Claimed(id_))
    return results


async def release_introduction(
    id_: str,
    introductions: Introductions,
    promise: Promise,
    clock: Clock,
    *,
    by: str,
    note: str = "",
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await introductions.change(
        id_,
        lambda introduction: introduction.release(by=by, at=at, promise=promise, note=note),
        expecting=expecting,
    )


async def reassign_introduction(
    id_: str,
    to: str,
    introductions: Introductions,
    promise: Promise,
    clock: Clock,
    *,
    by: str,
    note: str = "",
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await introductions.change(
        id_,
        lambda introduction: introduction.reassign(to, by=by, at=at, promise=promise, note=note),
        expecting=expecting,
    )


async def note_for_next_shift(
    id_: str, text: str, introductions: Introductions, promise: Promise, clock: Clock, *, by: str
) -> None:
    at = clock.now()
    await introductions.change(id_, lambda introduction: introduction.note(text, by=by, at=at, promise=promise))


async def note_contact_attempt(
    id_: str,
    channel: ContactChannel,
    outcome: ContactOutcome,
    introductions: Introductions,
    people: People,
    promise: Promise,
    clock: Clock,
    *,
    by: str,
    message: str = "",
) -> None:
    at, ways = clock.now(), await ways_to_reach(id_, introductions, people)
    await introductions.change(
        id_,
        lambda introduction: introduction.note_contact_attempt(
            channel, outcome, by=by, at=at, ways=ways, promise=promise, message=message
        ),
    )


async def ways_to_reach(id_: str, introductions: Introductions, people: People) -> Ways:
    """By the details as they are now; of somebody unknown or forgotten there are none."""
    person = await people.find((await introductions.get(id_)).person_id)
    return Ways.of(person.details.contact_points if person else ())
