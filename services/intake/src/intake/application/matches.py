"""What may be asked about records that may be of one person: propose, decide, merge, and undo it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alliance.kernel import Clock
from intake.application.candidates import candidates_for
from intake.application.collections import Matches, Merges, People
from intake.domain import refusals
from intake.domain.match import Match, match_id
from intake.domain.matching import Likeness
from intake.domain.merging import Merge
from intake.domain.person import Person

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Remembering:
    """How long an answer about two records holds before they are offered again."""

    not_the_same: timedelta = timedelta(days=730)
    later: timedelta = timedelta(days=7)


async def look_for_duplicates(person_id: str, people: People, matches: Matches, clock: Clock) -> None:
    """Compare somebody with all whom we know, and propose those who are alike. A repeat proposes nothing new."""
    person = await people.find(person_id)
    if person is None:
        return
    for candidate in await candidates_for(person.own or person.details, people, but=person.id):
        other = await people.find(candidate.person_id)
        if other is not None:
            await _propose(person, other, candidate.likeness, matches, clock)


async def _propose(one: Person, other: Person, likeness: Likeness, matches: Matches, clock: Clock) -> None:
    older, newer = in_order(one, other)
    found_at = newer.registered_at or clock.now()
    await matches.change_or_add(
        match_id(older.id, newer.id),
        lambda: Match.of(older.id, newer.id, at=found_at),
        lambda match: match.propose(likeness),
        remember=False,
    )


def in_order(one: Person, other: Person) -> tuple[Person, Person]:
    """The older record first: it is the one that survives."""
    older, newer = sorted((one, other), key=lambda each: (each.registered_at or LONG_AGO, each.id))
    return older, newer


async def survivor_of(person_id: str, people: People) -> Person:
    """The record that this one is part of now, or itself. Raises `Unknown`."""
    person = await people.get(person_id)
    while person.merged_into is not None:
        person = await people.get(person.merged_into)
    return person


async def matches_of(person_id: str, matches: Matches) -> list[Match]:
    """All that was ever asked about a record, open or not."""
    return [
        *await matches.with_key("older_id", person_id),
        *await matches.with_key("newer_id", person_id),
    ]


async def merge_people(
    match_id: str, merge_id: str, matches: Matches, merges: Merges, people: People, clock: Clock, *, by: str
) -> Merge:
    """The two are one person. Decided once, on the newer record's own lock; everything else follows from that."""
    match = await matches.get(match_id)
    older, newer = in_order(await people.get(match.older_id), await people.get(match.newer_id))
    if older.merged_into is not None:
        raise refusals.AlreadyMerged("The older record is part of a third one now. Compare with that one.")
    at = clock.now()
    return await merges.change_or_add(
        newer.id,
        lambda: Merge(id=newer.id),
        lambda merge: merge.merge(older.id, merge_id=merge_id, by=by, at=at),
    )


async def undo_merge(
    merged_person_id: str, merge_id: str, merges: Merges, people: People, clock: Clock, *, by: str
) -> None:
    """They are two people after all. What was merged last is undone first."""
    at = clock.now()
    joining = (await merges.get(merged_person_id)).now
    if joining is not None and (await people.get(joining.survivor_id)).merged_into is not None:
        raise refusals.MergedFurther("The surviving record is part of a third one. Undo that merge first.")
    await merges.change(merged_person_id, lambda merge: merge.undo(merge_id=merge_id, by=by, at=at))


async def say_not_the_same(
    id_: str, matches: Matches, remembering: Remembering, clock: Clock, *, by: str, expecting: int | None = None
) -> None:
    at = clock.now()
    until = at + remembering.not_the_same
    await matches.change(id_, lambda match: match.not_the_same(by=by, at=at, until=until), expecting=expecting)


async def decide_later(
    id_: str, matches: Matches, remembering: Remembering, clock: Clock, *, by: str, expecting: int | None = None
) -> None:
    at = clock.now()
    until = at + remembering.later
    await matches.change(id_, lambda match: match.decide_later(by=by, at=at, until=until), expecting=expecting)
