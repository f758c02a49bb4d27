"""Whatever the order in which the front door hears of a journey, and however often: the same state, no quarantine."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from alliance.contracts import Envelope, Event, housing, intake, notify, triage
from alliance.contracts.codes import CaseOutcome, Channel, Ending, Priority, Setting, Support, WaitClock
from alliance.kernel import FixedClock, derived_id
from alliance.messaging import apply_in_memory
from alliance.testing import as_staff
from intake.application import introductions as ask
from intake.application.people import stop_sharing
from intake.domain import codes
from intake.domain.merging import Merge
from intake.events.answering import FORGOTTEN, GATHERED
from intake.events.hears import hears

from ..builders import NINE, FrontDoor, asking, said_by, some_details
from ..following import introduced

INTRODUCTION = derived_id("test", "introduction")
PERSON = derived_id(INTRODUCTION, "person")
CASE, PLACEMENT, HOME, MERGE = (derived_id("test", kind) for kind in ("case", "placement", "home", "merge"))


def heard() -> dict[str, list[Envelope]]:
    """What the others say of two journeys: through a conversation, and to a home."""
    opened = triage.CaseOpened(
        case_id=CASE,
        introduction_id=INTRODUCTION,
        person_id=PERSON,
        priority=Priority.ROUTINE,
        clock=WaitClock.SUPPORT_7D,
        clock_due_at=NINE + timedelta(days=7),
    )
    closed = triage.CaseClosed(
        case_id=CASE,
        introduction_id=INTRODUCTION,
        person_id=PERSON,
        outcome=CaseOutcome.GOALS_MET,
        at=NINE + timedelta(days=30),
    )
    closed_again = closed.model_copy(update={"at": NINE + timedelta(days=40)})
    told = notify.MessageDelivered(
        message_id=derived_id("test", "message"), person_id=PERSON, channel=Channel.SMS, template="accepted", at=NINE
    )
    not_told = notify.MessageFailed(
        message_id=derived_id("test", "other"), person_id=PERSON, template="moved-in", reason_code="no-way", at=NINE
    )
    moved_in = housing.PersonMovedIn(
        placement_id=PLACEMENT,
        case_id=CASE,
        person_id=PERSON,
        home_id=HOME,
        setting=Setting.OWN_TENANCY,
        moved_in_on=date(2026, 12, 1),
        weekly_cost_pence=28_800,
        previous_setting=Setting.RESIDENTIAL_CARE,
        previous_weekly_cost_pence=153_800,
        section_117=True,
    )
    later = NINE + timedelta(days=2)
    told_later, not_told_later = (each.model_copy(update={"at": later}) for each in (told, not_told))
    started = triage.SupportStartedV2(
        offer_id=derived_id("test", "offer"),
        case_id=CASE,
        person_id=PERSON,
        offer_kind=Support.CLUBHOUSE,
        provider_id="mosaic-clubhouse",
        started_at=NINE + timedelta(days=6),
        waited_days=6,
        weekly_cost_pence=4_500,
    )
    started_later = started.model_copy(
        update={"offer_id": derived_id("test", "other"), "started_at": NINE + timedelta(days=9), "waited_days": 9}
    )
    duplicate = intake.IntroductionClosed(
        introduction_id=derived_id("test", "duplicate"),
        person_id=PERSON,
        ending=Ending.DUPLICATE,
        closed_at=NINE,
        duplicate_of=INTRODUCTION,
    )
    signposted = duplicate.model_copy(update={"ending": Ending.SIGNPOSTED, "duplicate_of": None})
    journeys: dict[str, tuple[Event, ...]] = {
        "support at last": (opened, started, started_later, duplicate, signposted),
        "a conversation": (opened, closed, closed_again, told, told_later),
        "a home": (opened, told, not_told, not_told_later, moved_in),
    }
    return {name: [said_by(event) for event in events] for name, events in journeys.items()}


async def at_the_door(clock: FixedClock, *, withdrawn: bool) -> FrontDoor:
    door = FrontDoor.opened(clock)
    given = door.given
    with as_staff(mark="command:introduce:x"):
        await ask.receive_introduction(
            asking(INTRODUCTION), given["introductions"], given["people"], {}, given["promise"], clock
        )
    with as_staff(mark="command:accept:x"):
        await ask.accept_introduction(INTRODUCTION, codes.Priority.ROUTINE, given["introductions"], clock)
    if withdrawn:
        with as_staff(mark="command:withdraw:x"):
            await ask.withdraw_introduction(INTRODUCTION, given["introductions"], clock)
    return door


def test_the_journeys_have_every_event_that_the_door_hears() -> None:
    """But for the answers of every service about somebody's rights, which have journeys of their own."""
    others = {envelope.type for journey in heard().values() for envelope in journey}
    answers = {event.type for event in (*FORGOTTEN, *GATHERED)}
    assert others | OWN | answers == {event.type for event in hears.types}


OWN = {
    "intake.introduction-received.v1",
    "intake.people-merged.v1",
    "intake.people-unmerged.v1",
    "intake.sharing-changed.v1",
}


@pytest.mark.parametrize("undone", [False, True])
async def test_two_records_become_one_or_stay_two_in_whatever_order_the_door_hears_itself(
    clock: FixedClock, undone: bool
) -> None:
    door = FrontDoor.opened(clock)
    given = door.given
    first, second = [await introduced(door, some_details(), derived_id("test", each), follow=False) for each in "ab"]
    older, newer = sorted((first.person_id, second.person_id))
    with as_staff(mark="command:merge:x"):
        await given["merges"].change_or_add(
            newer, lambda: Merge(id=newer), lambda merge: merge.merge(older, merge_id=MERGE, by="staff-7", at=NINE)
        )
    if undone:
        with as_staff(mark="command:undo:x"):
            await given["merges"].change(newer, lambda merge: merge.undo(merge_id=MERGE, by="staff-8", at=NINE))
    with as_staff(mark="command:stop:x"):
        await stop_sharing(older, "slam", given["people"], given["recipients"], clock)
    said = [envelope for envelope in door.said if envelope.type in OWN]
    news = [envelope for envelope in said if envelope.type != "intake.sharing-changed.v1"] + said[-1:]
    start, expected = await door.documents(), None
    for order in permutations(news):
        await door.go_back_to(start)
        applied = await apply_in_memory(hears, door.given, [*order, order[-1], order[0]], organisation="certitude")
        assert not applied.quarantined
        states = {key: {**state, "consent_sequence": None} for key, state in (await door.states()).items()}
        expected = expected or states
        assert states == expected
    assert bool((await given["people"].get(newer)).merged_into) is not undone


@pytest.mark.parametrize("withdrawn", [False, True])
@pytest.mark.parametrize("name", ["a conversation", "a home", "support at last"])
async def test_order_and_repetition_do_not_matter(clock: FixedClock, name: str, withdrawn: bool) -> None:
    door = await at_the_door(clock, withdrawn=withdrawn)
    start, expected = await door.documents(), None
    for order in permutations(heard()[name]):
        await door.go_back_to(start)
        applied = await apply_in_memory(hears, door.given, [*order, order[-1], order[0]], organisation="certitude")
        assert not applied.quarantined
        assert not applied.waiting
        states = await door.states()
        expected = expected or states
        assert states == expected


async def test_a_case_opened_after_a_withdrawal_makes_the_door_say_the_withdrawal_again(clock: FixedClock) -> None:
    """The walk of every (reaction, refusal) pair of the table: here there is one."""
    pairs = [(row.event, refusal) for row in hears.rows for refusal in row.answers]
    assert len(pairs) == 1
    door = await at_the_door(clock, withdrawn=True)
    opened = heard()["a home"][0]
    applied = await apply_in_memory(hears, door.given, [opened, opened], organisation="certitude")
    assert not applied.quarantined
    assert door.types_said().count("introduction-withdrawn.v1") == 2
    assert (await door.given["introductions"].get(INTRODUCTION)).case_id == CASE
