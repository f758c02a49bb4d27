"""How the front door's own records follow a merge that a human decided, and its end.

Each reaction changes one record at a time. A merge that was undone meanwhile is not begun: its lock says so.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from alliance.contracts import intake
from alliance.kernel import Clock
from alliance.messaging import Heard
from intake.application import matches as ask
from intake.application.collections import Introductions, Matches, Merges, People
from intake.application.comparing import Comparing
from intake.domain.match import Answer, Match, match_id
from intake.domain.person import Person, Recipients

MOST_INTRODUCTIONS = 1000
"""Of one person. Nobody has nearly as many."""


class Guarded(Protocol):
    """How the records of one person are guarded."""

    @property
    def restricted(self) -> bool: ...


class Guards(Protocol):
    """What is needed of the guards that every service has."""

    async def of(self, person_id: str) -> Guarded | None: ...

    async def restrict_with(self, person_id: str, merge_id: str, *, at: datetime) -> object: ...

    async def split_off(self, person_id: str, merge_id: str, *, at: datetime) -> object: ...


Merged = Heard[intake.PeopleMerged]
Unmerged = Heard[intake.PeopleUnmerged]


async def owe_comparison(heard: Heard[intake.IntroductionReceived], comparing: Comparing) -> None:
    """Whatever the way in: who is introduced is compared with all whom we know."""
    await comparing.owe(heard.data.person_id)


async def absorb_record(heard: Merged, people: People, merges: Merges, recipients: Recipients) -> None:
    said = heard.data
    other = await people.find(said.merged_person_id)
    if other is None or not await _holds(heard, merges):
        return
    details, objections, known_at = other.details, other.objections, other.contact_known_at

    def absorb(person: Person) -> None:
        person.absorb(
            said.merge_id,
            details,
            of=said.merged_person_id,
            objections=objections,
            at=said.at,
            recipients=recipients,
            known_at=known_at,
        )

    await _change_if_there(said.person_id, absorb, people)


async def follow_into_survivor(heard: Merged, people: People, merges: Merges, recipients: Recipients) -> None:
    said = heard.data
    survivor = await people.find(said.person_id)
    if survivor is None or not await _holds(heard, merges):
        return
    objections = survivor.objections

    def follow(person: Person) -> None:
        person.follow_into(said.merge_id, said.person_id, objections=objections, at=said.at, recipients=recipients)

    await _change_if_there(said.merged_person_id, follow, people)


async def move_introductions(heard: Merged, introductions: Introductions, merges: Merges) -> None:
    said = heard.data
    if await _holds(heard, merges):
        for each in await introductions.with_key("person_id", said.merged_person_id, limit=MOST_INTRODUCTIONS):
            await introductions.change(each.id, lambda one: one.follow_into(said.merge_id, said.person_id))


async def keep_restricted(heard: Merged, guards: Guards, merges: Merges, clock: Clock) -> None:
    """Who must not see one of the two must not see the other, for as long as they are one person's."""
    both = (heard.data.person_id, heard.data.merged_person_id)
    standing = [await guards.of(each) for each in both]
    if any(each is not None and each.restricted for each in standing) and await _holds(heard, merges):
        for each in both:
            await guards.restrict_with(each, heard.data.merge_id, at=clock.now())


async def settle_matches(heard: Merged, matches: Matches, merges: Merges) -> None:
    """The pair is answered; what else was asked about the merged record is asked about the survivor."""
    said = heard.data
    if not await _holds(heard, merges):
        return
    for each in await ask.matches_of(said.merged_person_id, matches):
        other = each.other_than(said.merged_person_id)
        if other != said.person_id:
            await _carry_over(each, said.person_id, other, said.merge_id, matches)
            await matches.change(each.id, lambda match: match.settle(Answer.ELSEWHERE, at=said.at), remember=False)
    await _answer_pair(heard, Answer.SAME, matches)


async def _answer_pair(heard: Merged | Unmerged, answer: Answer, matches: Matches) -> None:
    said = heard.data
    await matches.change_or_add(
        match_id(said.person_id, said.merged_person_id),
        lambda: Match.of(said.person_id, said.merged_person_id, at=said.at),
        lambda match: match.settle(answer, at=said.at),
        remember=False,
    )


async def _carry_over(asked: Match, survivor_id: str, other_id: str, merge_id: str, matches: Matches) -> None:
    """Ask, or have answered, about the survivor what was about the merged record, unless it has been already."""
    answered = [each for each in asked.decisions if each.answer is Answer.DIFFERENT][-1:]

    def carried() -> Match:
        match = Match.of(survivor_id, other_id, at=asked.found_at, because_of=merge_id)
        match.verdict, match.reasons = asked.verdict, asked.reasons
        match.decisions = answered
        return match

    if asked.answer is not Answer.SAME:
        await matches.change_or_add(match_id(survivor_id, other_id), carried, lambda match: None, remember=False)


async def split_off_survivor(heard: Unmerged, people: People, recipients: Recipients) -> None:
    await _split_off(heard.data.person_id, heard, people, recipients)


async def split_off_merged(heard: Unmerged, people: People, recipients: Recipients) -> None:
    await _split_off(heard.data.merged_person_id, heard, people, recipients)


async def _split_off(person_id: str, heard: Unmerged, people: People, recipients: Recipients) -> None:
    said = heard.data

    def split(person: Person) -> None:
        person.split_off(said.merge_id, at=said.at, recipients=recipients)

    await _change_if_there(person_id, split, people)


async def _change_if_there(person_id: str, act: Callable[[Person], None], people: People) -> None:
    """A record that is not there has been erased, and has nothing to follow."""
    if await people.find(person_id) is not None:
        await people.change(person_id, act)


async def restrict_as_before(heard: Unmerged, guards: Guards, clock: Clock) -> None:
    """Each record is restricted as it was of itself, or as the governance lead has decided meanwhile."""
    for each in (heard.data.person_id, heard.data.merged_person_id):
        if await guards.of(each) is not None:
            await guards.split_off(each, heard.data.merge_id, at=clock.now())


async def move_introductions_back(heard: Unmerged, introductions: Introductions) -> None:
    said = heard.data
    for each in await introductions.with_key("person_id", said.person_id, limit=MOST_INTRODUCTIONS):
        await introductions.change(each.id, lambda one: one.go_back(said.merge_id))


async def settle_split_matches(heard: Unmerged, matches: Matches) -> None:
    """The pair is not offered again by itself; what was asked about the merged record is asked about it again."""
    said = heard.data
    await _answer_pair(heard, Answer.DIFFERENT, matches)
    for each in await ask.matches_of(said.merged_person_id, matches):
        if each.other_than(said.merged_person_id) != said.person_id:
            await matches.change(each.id, lambda match: match.go_back(at=said.at), remember=False)
    for each in await ask.matches_of(said.person_id, matches):
        if each.because_of == said.merge_id:
            await matches.change(each.id, lambda match: match.settle(Answer.ELSEWHERE, at=said.at), remember=False)


async def follow_objection(heard: Heard[intake.SharingChanged], people: People, recipients: Recipients) -> None:
    """What a person says about sharing holds for the records that were merged into theirs as well."""
    said = heard.data
    for each in await people.with_key("merged_into", said.person_id):
        await people.change(
            each.id,
            lambda person: person.follow_objection(
                said.person_id, said.organisation_id, allowed=said.allowed, at=said.changed_at, recipients=recipients
            ),
        )


async def _holds(heard: Merged, merges: Merges) -> bool:
    """Whether the merge has not been undone since it was said."""
    merge = await merges.find(heard.data.merged_person_id)
    return merge is not None and merge.now is not None and merge.now.merge_id == heard.data.merge_id
