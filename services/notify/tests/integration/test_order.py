"""In whatever order events arrive, and however often, notify ends in the same state with nothing quarantined."""

from itertools import permutations

import pytest

from alliance.contracts import Event

from ..rooms import (
    Room,
    a_budget_threshold,
    a_concern,
    a_contact_check,
    a_death,
    a_missed_wait,
    a_move,
    a_start_of_support,
    an_acceptance,
    an_offer_of_a_home,
    an_overdue_introduction,
    broken_glass,
    everything,
    its_correction,
    said,
    shared,
    sharing,
)

JOURNEYS: dict[str, list[Event]] = {
    "not safe": [a_concern(), an_acceptance(), shared(1)],
    "a miss that never was one": [a_missed_wait(), its_correction(), an_acceptance(), shared(1)],
    "home at last": [an_acceptance(), a_start_of_support(), an_offer_of_a_home(), a_move(), shared(1)],
    "sharing refused from the start": [an_acceptance(), sharing(False, 1), a_move()],
    "sharing withdrawn half-way": [an_acceptance(), sharing(True, 1), shared(1), sharing(False, 2), a_move()],
    "sharing withdrawn and given again": [shared(1), an_acceptance(), sharing(False, 2), sharing(True, 3), shared(3)],
    "somebody who has died": [an_acceptance(), shared(1), a_death(), a_move()],
    "somebody who has died without a safe way": [an_acceptance(), shared(1, safe=False), a_death(), shared(2)],
    "no safe way at first": [an_acceptance(), shared(1, safe=False), shared(2)],
    "everything that alerts": [an_overdue_introduction(), a_budget_threshold(), a_concern(), a_missed_wait()],
    "asked whether it has changed": [an_acceptance(), a_contact_check(), shared(1, safe=False), shared(2)],
    "asked though they have died": [a_contact_check(), shared(1), a_death(), a_move()],
    "glass broken twice": [a_concern(), broken_glass(), broken_glass()],
}


@pytest.mark.parametrize("journey", JOURNEYS)
async def test_order_does_not_matter(journey: str) -> None:
    endings = []
    envelopes = [said(event) for event in JOURNEYS[journey]]
    for order in permutations(envelopes):
        room = Room()
        for envelope in order:
            applied = await room.hear(envelope, order[0], envelope)
            assert applied.quarantined == []
        endings.append(await everything(room))
    assert all(ending == endings[0] for ending in endings)
    assert endings[0]


async def test_the_same_events_again_say_nothing_new() -> None:
    room = Room()
    envelopes = [said(event) for journey in JOURNEYS.values() for event in journey]
    await room.hear(*envelopes)
    before = len(room.said)
    await room.hear(*reversed(envelopes), *envelopes)
    assert len(room.said) == before
