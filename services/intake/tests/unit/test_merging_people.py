"""Two records become one, and are two again: what hangs on them follows, and nothing is lost."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from intake.application import matches as ask
from intake.application.people import allow_sharing, change_details, stop_sharing
from intake.domain import refusals
from intake.domain.codes import SharingBasis
from intake.domain.details import Details, united
from intake.domain.facts import ContactPoint
from intake.domain.match import Answer, Match, match_id
from intake.domain.person import Person

from ..builders import NHS_NUMBER, NINE, RECIPIENTS, FrontDoor, some_details
from ..following import introduced, let_follow, merged, split

MERGE = new_id()
EMAIL = ContactPoint(kind="email", value="testa@example.org", safe=True)


async def two_records(clock: FixedClock) -> tuple[FrontDoor, str, str]:
    """The same person came twice; the second time they kept one organisation out."""
    door = FrontDoor.opened(clock)
    first = await introduced(door, some_details(), new_id())
    clock.advance(days=1)
    later = replace(some_details(), nhs_number=NHS_NUMBER, contact_points=(EMAIL,))
    second = await introduced(door, later, new_id(), may_hold_details=["slam", "mosaic-clubhouse"])
    return door, first.person_id, second.person_id


async def the_match(door: FrontDoor, one: str, other: str) -> Match:
    found = await door.given["matches"].get(match_id(one, other))
    assert isinstance(found, Match)
    return found


async def person(door: FrontDoor, id_: str) -> Person:
    found = await door.given["people"].get(id_)
    assert isinstance(found, Person)
    return found


async def test_whoever_comes_twice_is_proposed_and_not_merged(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    match = await the_match(door, older, newer)
    assert (match.older_id, match.newer_id, match.is_open) == (older, newer, True)
    assert match.sentences == ["The full name is the same.", "The date of birth is the same."]
    assert (await person(door, newer)).merged_into is None


async def test_the_older_record_survives_and_knows_what_both_knew(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    await merged(door, match_id(older, newer), MERGE)
    survivor, other = await person(door, older), await person(door, newer)
    assert survivor.details.nhs_number == NHS_NUMBER
    assert {point.kind for point in survivor.details.contact_points} == {"phone", "email"}
    assert (other.merged_into, survivor.merged_into) == (older, None)
    assert (await the_match(door, older, newer)).answer is Answer.SAME


async def test_the_introductions_of_both_belong_to_the_survivor(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    await merged(door, match_id(older, newer), MERGE)
    introductions = door.given["introductions"]
    assert len(await introductions.with_key("person_id", older)) == 2
    assert await introductions.with_key("person_id", newer) == []


async def test_an_objection_on_either_record_holds_for_the_one_person(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    assert (await person(door, older)).may_hold("thames-reach")
    await merged(door, match_id(older, newer), MERGE)
    assert not (await person(door, older)).may_hold("thames-reach")
    said = [each.data for each in door.said if each.type == "intake.sharing-changed.v1"][-1]
    assert (said["person_id"], said["organisation_id"], said["allowed"]) == (older, "thames-reach", False)


async def test_what_the_person_says_later_holds_for_the_merged_record_as_well(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    await merged(door, match_id(older, newer), MERGE)
    given = door.given
    with as_staff(mark="command:stop:x"):
        await stop_sharing(older, "slam", given["people"], given["recipients"], clock)
    await let_follow(door)
    assert not (await person(door, newer)).may_hold("slam")
    with as_staff(mark="command:allow:x"):
        basis = SharingBasis.EXPLICIT_AGREEMENT
        await allow_sharing(older, "thames-reach", basis, given["people"], given["recipients"], clock, agreement="")
    await let_follow(door)
    assert (await person(door, older)).may_hold("thames-reach")
    assert not (await person(door, newer)).may_hold("thames-reach"), "what was said there is not overruled here"


async def test_a_merged_record_is_changed_through_its_survivor_only(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    await merged(door, match_id(older, newer), MERGE)
    with as_staff(mark="command:change:x"), pytest.raises(refusals.AlreadyMerged):
        await change_details(newer, Details(), door.given["people"], door.given["contacts"])


async def test_a_split_restores_both_and_is_not_offered_again(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    before = await door.states()
    await merged(door, match_id(older, newer), MERGE)
    await split(door, newer, MERGE)
    assert _restored(before) == _restored(await door.states())
    with as_staff(mark="command:again:x"):
        await ask.look_for_duplicates(newer, door.given["people"], door.given["matches"], clock)
    match = await the_match(door, older, newer)
    assert (match.answer, match.due_at()) == (Answer.DIFFERENT, None)


def _restored(states: dict[str, dict[str, object]]) -> dict[str, object]:
    """What must be as it was: all but the counter that only grows, and what is remembered of the merge."""
    kept = {key: dict(state) for key, state in states.items() if key.startswith(("people/", "introductions/"))}
    for state in kept.values():
        state.pop("consent_sequence", None)
    return dict(kept)


async def test_what_was_learned_meanwhile_stays_with_the_survivor(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    await merged(door, match_id(older, newer), MERGE)
    now = replace((await person(door, older)).details, call_me="Tess")
    with as_staff(mark="command:change:x"):
        await change_details(older, now, door.given["people"], door.given["contacts"])
    await split(door, newer, MERGE)
    survivor = await person(door, older)
    assert (survivor.details.call_me, survivor.details.nhs_number) == ("Tess", None)


async def test_who_is_merged_into_a_third_is_split_last_first(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    clock.advance(days=1)
    third = (await introduced(door, some_details(), new_id())).person_id
    other = new_id()
    await merged(door, match_id(newer, third), other)
    await merged(door, match_id(older, newer), MERGE)
    with as_staff(mark="command:undo:x"), pytest.raises(refusals.MergedFurther):
        await ask.undo_merge(third, other, door.given["merges"], door.given["people"], clock, by="staff-7")
    await split(door, newer, MERGE)
    await split(door, third, other)
    assert [(await person(door, each)).merged_into for each in (older, newer, third)] == [None, None, None]


async def test_what_was_asked_about_a_merged_record_is_asked_about_the_survivor(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    lookalike = Details(full_name="Testa Fiction", date_of_birth=date(1975, 2, 28), contact_points=(EMAIL,))
    third = (await introduced(door, lookalike, new_id())).person_id
    with as_staff(mark="command:no:x"):
        await ask.say_not_the_same(
            match_id(newer, third), door.given["matches"], door.given["remembering"], clock, by="staff-7"
        )
    await merged(door, match_id(older, newer), MERGE)
    assert (await the_match(door, newer, third)).answer is Answer.ELSEWHERE
    await split(door, newer, MERGE)
    assert (await the_match(door, newer, third)).answer is Answer.DIFFERENT


async def test_not_the_same_holds_both_ways_until_it_runs_out(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    matches, remembering = door.given["matches"], door.given["remembering"]
    with as_staff(mark="command:no:x"):
        await ask.say_not_the_same(match_id(newer, older), matches, remembering, clock, by="staff-7")
        for each in (older, newer):
            await ask.look_for_duplicates(each, door.given["people"], matches, clock)
    match = await the_match(door, older, newer)
    assert not match.is_open
    due = match.due_at()
    assert due == clock.now() + remembering.not_the_same
    match.on_due(due)
    assert match.is_open
    assert match.due_at() is None


POINTS = st.sampled_from(
    [ContactPoint(kind="phone", value=f"07700 90012{digit}", safe=bool(digit % 2)) for digit in range(4)]
)
DETAILS = st.builds(
    Details,
    full_name=st.sampled_from([None, "Testa Example", "Unreala Fiction"]),
    call_me=st.sampled_from([None, "Testa"]),
    date_of_birth=st.sampled_from([None, date(1975, 2, 28)]),
    nhs_number=st.sampled_from([None, NHS_NUMBER]),
    contact_points=st.lists(POINTS, max_size=3).map(tuple),
    adjustments=st.lists(st.sampled_from(["easy-read", "step-free"]), max_size=2).map(tuple),
)
HOLDERS = st.one_of(st.none(), st.lists(st.sampled_from([*RECIPIENTS.values(), "certitude"]), unique=True))


@settings(max_examples=150)
@given(records=st.lists(st.tuples(DETAILS, HOLDERS), min_size=3, max_size=3), first=st.booleans())
def test_merging_and_splitting_restores_any_records(
    records: list[tuple[Details, list[str] | None]], first: bool
) -> None:
    """Two are merged into a third, and split off in either order; no merge ever widens who may hold the details."""
    survivor, *others = people = [
        Person.register(id=new_id(), details=details, holders=holders, at=NINE, recipients=RECIPIENTS)
        for details, holders in records
    ]
    before = [(each.details, list(each.sharing), each._allowed()) for each in people]
    for each in others:
        mine, theirs = survivor.objections, each.objections
        survivor.absorb(each.id, each.details, of=each.id, objections=theirs, at=NINE, recipients=RECIPIENTS)
        each.follow_into(each.id, survivor.id, objections=mine, at=NINE, recipients=RECIPIENTS)
    assert survivor.details == united(*(details for details, _, _ in before))
    assert all(now._allowed() <= then for now, (_, _, then) in zip(people, before, strict=True))
    for each in others if first else reversed(others):
        survivor.split_off(each.id, at=NINE, recipients=RECIPIENTS)
        each.split_off(each.id, at=NINE, recipients=RECIPIENTS)
    assert [(each.details, list(each.sharing), each._allowed()) for each in people] == before
    assert all((each.own, each.merged_into, each.ties) == (None, None, []) for each in people)
