"""Whatever the order in which housing hears, and however often, it ends in the same state."""

from collections.abc import Iterable, Sequence
from itertools import permutations
from random import Random

import pytest

from alliance.contracts import Envelope
from alliance.contracts.codes import CaseOutcome
from alliance.kernel import FixedClock, new_id
from housing.application.placements import placement_of
from housing.domain.placement import Placement
from housing.domain.stages import Stage

from ..rooms import (
    Alliance,
    case_closed,
    envelope,
    introduction_withdrawn,
    ipsa_introduced,
    person_shared,
    sharing_stopped,
)

CLOCK = FixedClock()
SAMPLE = 120


def orders(story: Sequence[Envelope]) -> Iterable[tuple[Envelope, ...]]:
    """All orders of up to six events, else a sample; each with every event twice, the second copy anywhere."""
    chance = Random(7)
    every = list(permutations(story))
    for order in chance.sample(every, min(SAMPLE, len(every))):
        doubled = list(order)
        for event in story:
            doubled.insert(chance.randint(0, len(doubled)), event)
        yield tuple(doubled)
        yield order


async def the_end(order: Sequence[Envelope]) -> tuple[Alliance, Placement]:
    alliance = Alliance(CLOCK)
    applied = await alliance.hear(*order)
    await alliance.settle()
    assert (applied.quarantined, applied.waiting) == ([], [])
    (placement,) = await alliance.placements.with_key("person_id", order[0].partitionkey)
    return alliance, placement


async def test_withdrawal_in_any_order_ends_the_search() -> None:
    ipsa = ipsa_introduced(CLOCK)
    story = [
        envelope(ipsa, CLOCK),
        envelope(introduction_withdrawn(ipsa, CLOCK), CLOCK),
        envelope(case_closed(ipsa, CLOCK), CLOCK),
        envelope(person_shared(ipsa.person_id, 3), CLOCK, recipient="housing"),
        envelope(sharing_stopped(ipsa.person_id, 4, CLOCK), CLOCK),
    ]
    ends = [await the_end(order) for order in orders(story)]
    first = ends[0][1]
    assert first.stage is Stage.CLOSED
    for alliance, placement in ends:
        assert placement == first
        assert await alliance.known.details_of(ipsa.person_id) is None
        kinds = {said.type for said in alliance.said}
        assert kinds in (set(), {"housing.placement-opened.v1", "housing.placement-closed.v1"})


async def test_a_withdrawal_heard_first_says_nothing_and_nothing_opens() -> None:
    ipsa = ipsa_introduced(CLOCK)
    withdrawn = introduction_withdrawn(ipsa, CLOCK)
    alliance, placement = await the_end([envelope(withdrawn, CLOCK), envelope(ipsa, CLOCK)])
    assert (placement.stage, placement.case_id, alliance.said) == (Stage.CLOSED, ipsa.case_id, [])


async def test_the_second_search_on_a_case_outlives_what_ended_the_first_in_any_order() -> None:
    first = ipsa_introduced(CLOCK)
    second = first.model_copy(update={"search": 2})
    story = [envelope(first, CLOCK), envelope(introduction_withdrawn(first, CLOCK), CLOCK)]
    story += [envelope(case_closed(first, CLOCK), CLOCK), envelope(second, CLOCK)]
    for order in orders(story):
        alliance = Alliance(CLOCK)
        applied = await alliance.hear(*order)
        assert (applied.quarantined, applied.waiting) == ([], [])
        found = {each.id: each.stage for each in await alliance.placements.with_key("case_id", first.case_id)}
        assert found == {
            placement_of(first.introduction_id): Stage.CLOSED,
            placement_of(first.introduction_id, search=2): Stage.INTRODUCED,
        }
        assert [said.type for said in alliance.said].count("housing.placement-opened.v1") in (1, 2)


async def test_the_closing_of_the_second_search_keeps_it_closed_and_leaves_the_first_in_any_order() -> None:
    first = ipsa_introduced(CLOCK)
    second = first.model_copy(update={"search": 2})
    over = case_closed(first, CLOCK).model_copy(update={"search": 2})
    for order in orders([envelope(first, CLOCK), envelope(second, CLOCK), envelope(over, CLOCK)]):
        alliance = Alliance(CLOCK)
        await alliance.hear(*order)
        stages = {each.id: each.stage for each in await alliance.placements.with_key("case_id", first.case_id)}
        assert stages[placement_of(first.introduction_id)] is Stage.INTRODUCED
        assert stages[placement_of(first.introduction_id, search=2)] is Stage.CLOSED


@pytest.mark.parametrize("outcome", [CaseOutcome.GOALS_MET, CaseOutcome.SUPPORTED_ELSEWHERE, CaseOutcome.LOST_CONTACT])
async def test_a_case_that_ends_well_does_not_end_the_search(outcome: CaseOutcome) -> None:
    ipsa = ipsa_introduced(CLOCK)
    story = [envelope(ipsa, CLOCK), envelope(case_closed(ipsa, CLOCK, outcome), CLOCK)]
    for order in orders(story):
        _, placement = await the_end(order)
        assert placement.stage is Stage.INTRODUCED


async def test_another_organisations_details_are_not_kept() -> None:
    alliance = Alliance(CLOCK)
    person_id = new_id()
    await alliance.hear(envelope(person_shared(person_id, 1, "slam"), CLOCK, recipient="housing"))
    assert await alliance.known.of(person_id) is None
