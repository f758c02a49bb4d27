"""Whatever the order in which triage hears of a journey, and however often: the same state, nothing in quarantine."""

from datetime import date
from itertools import permutations

import pytest

from alliance.contracts import Envelope, triage
from alliance.contracts.codes import HelpArea, Priority
from alliance.kernel import FixedClock
from alliance.messaging import apply_in_memory
from alliance.testing.rooms import hears_of
from triage.domain.case_file import State, case_id_of
from triage.domain.refusals import CaseAlreadyClosed
from triage.events.hears import hears
from triage.events.own import raise_measured_concern, say_closed_to_measure
from triage.events.reactions import raise_priority, say_closed_again
from triage.main import service

from ..builders import (
    CASE,
    INTRODUCTION,
    OURS,
    PLACEMENT,
    Room,
    accepted,
    at,
    closed,
    concern,
    conversation_held,
    move_in_corrected,
    moved_in,
    moved_on,
    opened_again,
    placement_closed,
    placement_opened,
    plan_agreed,
    risk_flagged,
    said,
    shared,
    sharing,
    withdrawn,
)
from ..directory import DECLINED, OF_OFFER, SERVICE, told
from ..own_events import (
    case_closed,
    case_opened,
    case_reopened,
    measure_corrected,
    measured,
    support_started,
    talked,
)

everything = hears_of(service)
OTHER_CASE = case_id_of(INTRODUCTION, 2)
FIRST, SECOND, THIRD = (date(2026, 12, day) for day in (1, 3, 2))
JOURNEYS: dict[str, list[Envelope]] = {
    "self-introduction": [said(sharing(1, allowed=True)), said(shared(1)), said(accepted())],
    "urgent and not safe": [
        said(accepted(Priority.URGENT)),
        said(concern(0)),
        said(concern(3)),
        said(shared(1)),
        said(shared(2, "Testa Newer-Name")),
    ],
    "withdrawal half-way": [
        said(accepted()),
        said(withdrawn()),
        said(withdrawn()),
        said(concern(0)),
        said(concern(5)),
        said(placement_opened()),
    ],
    "home at last": [
        said(accepted()),
        said(placement_opened(), sequence=1),
        said(moved_in(FIRST), sequence=2),
        said(move_in_corrected(FIRST, SECOND), sequence=3),
        said(move_in_corrected(SECOND, THIRD), sequence=4),
    ],
    "home and away again": [
        said(accepted()),
        said(placement_opened(), sequence=1),
        said(moved_in(FIRST), sequence=2),
        said(moved_on(SECOND), sequence=3),
    ],
    "withdrawn and back again": [
        said(accepted()),
        said(withdrawn()),
        said(opened_again(accepted())),
        said(opened_again(concern(5))),
    ],
    "ended at the door": [said(closed()), said(concern(0)), said(shared(1)), said(sharing(2, allowed=False))],
    "no home after all": [said(accepted()), said(placement_opened()), said(placement_closed()), said(withdrawn(6))],
    "measured and agreed": [
        said(accepted()),
        said(risk_flagged()),
        said(concern(5)),
        said(plan_agreed()),
        said(plan_agreed(30, number=2)),
        said(conversation_held()),
    ],
    "offer that ran": [said(event) for event in told(triage.SupportEnded(**OF_OFFER, at=at(90)))],
    "offers that did not": [
        said(triage.SupportLapsed(**{**OF_OFFER, "offer_id": INTRODUCTION}, at=at(9))),
        said(triage.SupportWithdrawn(**{**OF_OFFER, "offer_id": PLACEMENT}, at=at(9), reason_code="not-needed")),
        said(DECLINED),
        *(said(event) for event in told()[:2]),
    ],
    "four weeks": [
        said(accepted()),
        case_opened(),
        talked(5, HelpArea.HOME),
        said(plan_agreed()),
        measured(FIRST),
        measure_corrected(FIRST, SECOND, sequence=2),
    ],
    "came back": [
        case_opened(),
        case_closed(30),
        case_reopened(50, closed=30),
        support_started(70),
        case_opened(260, OTHER_CASE),
        case_closed(170),
    ],
    "personal data": [
        said(shared(1)),
        said(sharing(2, allowed=False)),
        said(sharing(3, allowed=False, organisation="thames-reach")),
        said(shared(4)),
        said(sharing(4, allowed=True)),
        said(sharing(5, allowed=False)),
    ],
}


def test_the_journeys_have_every_event_that_triage_hears() -> None:
    told = {envelope.type for journey in JOURNEYS.values() for envelope in journey}
    assert told >= {event.type for event in hears.types}


@pytest.mark.parametrize("name", JOURNEYS)
async def test_order_and_repetition_do_not_matter(clock: FixedClock, name: str) -> None:
    room, expected = Room.opened(clock), None
    for order in permutations(JOURNEYS[name]):
        await room.empty()
        applied = await apply_in_memory(
            everything, room.given, [*order, order[-1], order[0]], organisation=OURS, service="triage"
        )
        assert not applied.quarantined
        assert not applied.waiting
        states = await room.states()
        expected = expected or states
        assert states == expected, [envelope.type for envelope in order]


@pytest.mark.parametrize("name", ["offer that ran", "offers that did not"])
async def test_a_place_is_free_again_in_whatever_order_its_end_is_heard(clock: FixedClock, name: str) -> None:
    room = Room.opened(clock)
    for order in permutations(JOURNEYS[name]):
        await room.empty()
        await apply_in_memory(hears, room.given, order, organisation=OURS, service="triage")
        assert (await room.given["places"].page("taken", f"{SERVICE} ")).items == []
        assert (await room.given["places"].page("answers", "mosaic-clubhouse ")).items == []


async def test_a_withdrawal_in_any_order_leaves_the_case_closed_and_what_was_opened_is_closed(
    clock: FixedClock,
) -> None:
    room = Room.opened(clock)
    for order in permutations(JOURNEYS["withdrawal half-way"]):
        await room.empty()
        await apply_in_memory(everything, room.given, order, organisation=OURS, service="triage")
        types = [type_ for type_ in room.types_said() if type_ in ("case-opened.v1", "case-closed.v1")]
        assert (await room.given["cases"].get(CASE)).outcome == "withdrawn"
        assert types.count("case-opened.v1") <= 1
        assert types[-1:] != ["case-opened.v1"]


async def test_details_withdrawn_last_are_gone_in_every_order(clock: FixedClock) -> None:
    room = Room.opened(clock)
    for order in permutations(JOURNEYS["personal data"]):
        await room.empty()
        await apply_in_memory(everything, room.given, order, organisation=OURS, service="triage")
        (person,) = (await room.documents())["known_people"]
        assert person["state"]["snapshot"] is None
        assert "Testa" not in str(person)


async def test_every_refusal_that_a_reaction_can_meet_has_its_answer(clock: FixedClock) -> None:
    """The walk of every (reaction, refusal) pair of the table."""
    pairs = [(row.do, refusal, answer) for row in hears.rows for refusal, answer in row.answers.items()]
    assert pairs == [
        ((raise_priority,), CaseAlreadyClosed, say_closed_again),
        ((raise_measured_concern,), CaseAlreadyClosed, say_closed_to_measure),
    ]
    room = Room.opened(clock)
    late = said(concern(5))
    applied = await apply_in_memory(
        everything, room.given, [said(accepted()), said(withdrawn()), late, late], organisation=OURS
    )
    assert not applied.quarantined
    assert room.types_said() == ["case-opened.v1", "case-closed.v1", "case-closed.v1"]
    assert len((await room.given["cases"].get(CASE)).concerns) == 1


async def test_a_measure_that_says_danger_on_a_closed_case_is_answered_by_saying_closed_again(
    clock: FixedClock,
) -> None:
    room = Room.opened(clock)
    late = said(risk_flagged(5))
    applied = await apply_in_memory(
        hears, room.given, [said(accepted()), said(withdrawn()), late, late], organisation=OURS
    )
    assert not applied.quarantined
    assert room.types_said() == ["case-opened.v1", "case-closed.v1", "case-closed.v1"]
    assert [concern.kind for concern in (await room.given["cases"].get(CASE)).concerns] == ["suicidal-thoughts"]


async def test_an_introduction_that_is_opened_again_and_accepted_leads_to_a_case_of_its_own(clock: FixedClock) -> None:
    """The first case is a tombstone; the second is open, whatever was heard first."""
    for order in permutations(JOURNEYS["withdrawn and back again"]):
        room = Room.opened(clock)
        await apply_in_memory(hears, room.given, list(order), organisation=OURS)
        cases = room.given["cases"]
        first, second = await cases.get(CASE), await cases.get(case_id_of(INTRODUCTION, 2))
        assert (first.state, second.state, second.spell) == (State.CLOSED, State.OPEN, 2)
        assert (len(first.concerns), len(second.concerns)) == (0, 1)
