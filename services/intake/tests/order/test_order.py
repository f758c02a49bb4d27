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
from intake.application.queries import Stage, stage_of
from intake.domain import codes
from intake.domain.merging import Merge
from intake.domain.refusals import IntroductionAlreadyWithdrawn
from intake.events.answering import FORGOTTEN, GATHERED
from intake.events.hears import hears

from ..builders import NINE, FrontDoor, asking, said_by, some_details
from ..following import introduced

INTRODUCTION = derived_id("test", "introduction")
PERSON = derived_id(INTRODUCTION, "person")
CASE, OTHER_CASE, PLACEMENT, HOME, MERGE = (
    derived_id("test", kind) for kind in ("case", "other-case", "placement", "home", "merge")
)


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
    reopened = triage.CaseReopened(
        case_id=CASE,
        introduction_id=INTRODUCTION,
        person_id=PERSON,
        priority=Priority.ROUTINE,
        reason_code="person-came-back",
        closed_at=closed.at,
        at=NINE + timedelta(days=33),
    )
    another = opened.model_copy(update={"case_id": OTHER_CASE, "spell": 2})
    another_closed = closed.model_copy(update={"case_id": OTHER_CASE, "spell": 2, "at": NINE + timedelta(days=90)})
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
        "open again": (opened, closed, reopened, closed_again),
        "open again for good": (opened, closed, reopened),
        "another case late": (opened, closed, another),
        "another case, closed too": (opened, closed, another, another_closed),
        "a home": (opened, told, not_told, not_told_later, moved_in),
    }
    return {name: [said_by(event) for event in events] for name, events in journeys.items()}


async def at_the_door(clock: FixedClock, *, withdrawn: bool) -> FrontDoor:
    door = FrontDoor.opened(clock)
    given = door.given
    with as_staff(mark="command:introduce:x"):
        await ask.receive_introduction(
            asking(INTRODUCTION), given["introductions"], given["people"], {}, given["promise"], clock, agreement=""
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
@pytest.mark.parametrize(
    "name",
    [
        "a conversation",
        "open again",
        "open again for good",
        "another case late",
        "another case, closed too",
        "a home",
        "support at last",
    ],
)
async def test_order_and_repetition_do_not_matter(clock: FixedClock, name: str, withdrawn: bool) -> None:
    door = await at_the_door(clock, withdrawn=withdrawn)
    start, expected = await door.documents(), None
    for order in permutations(heard()[name]):
        await door.go_back_to(start)
        applied = await apply_in_memory(hears, door.given, [*order, order[-1], order[0]], organisation="certitude")
        assert not applied.quarantined
        assert not applied.waiting
        ended_alike = await door.states(), await when_asked(door)
        expected = expected or ended_alike
        assert ended_alike == expected


@pytest.mark.parametrize(
    ("name", "asked"),
    [("a conversation", False), ("open again", False), ("open again for good", True), ("a home", True)],
)
async def test_only_somebody_who_waits_is_asked_how_to_reach_them(clock: FixedClock, name: str, *, asked: bool) -> None:
    door = await at_the_door(clock, withdrawn=False)
    await apply_in_memory(hears, door.given, heard()[name], organisation="certitude")
    assert (await when_asked(door) is not None) is asked


async def when_asked(door: FrontDoor) -> object:
    """When the clock of the introduction asks whether how to reach the person has changed."""
    (introduction,) = (await door.documents())["introductions"]
    return introduction["due_at"]


def test_there_is_an_answer_to_a_case_opened_and_to_one_opened_again_in_spite_of_a_withdrawal() -> None:
    """The walk of every (reaction, refusal) pair of the table; the tests below show both."""
    pairs = {row.event.type: list(row.answers) for row in hears.rows if row.answers}
    assert pairs == {
        triage.CaseOpened.type: [IntroductionAlreadyWithdrawn],
        triage.CaseReopened.type: [IntroductionAlreadyWithdrawn],
    }


async def test_a_case_opened_after_a_withdrawal_makes_the_door_say_the_withdrawal_again(clock: FixedClock) -> None:
    door = await at_the_door(clock, withdrawn=True)
    opened = heard()["a home"][0]
    applied = await apply_in_memory(hears, door.given, [opened, opened], organisation="certitude")
    assert not applied.quarantined
    assert door.types_said().count("introduction-withdrawn.v1") == 2
    assert (await door.given["introductions"].get(INTRODUCTION)).case_id == CASE


@pytest.mark.parametrize(("name", "spell"), [("open again for good", 1), ("another case late", 2)])
async def test_whatever_is_open_after_a_withdrawal_hears_of_it_in_every_order(
    clock: FixedClock, name: str, spell: int
) -> None:
    """The last word is about the case that is open, by its own number: no other would close it."""
    door = await at_the_door(clock, withdrawn=True)
    start = await door.documents()
    for order in permutations(heard()[name]):
        await door.go_back_to(start)
        await apply_in_memory(hears, door.given, list(order), organisation="certitude")
        withdrawals = [envelope for envelope in door.said if envelope.type == "intake.introduction-withdrawn.v1"]
        assert (withdrawals[-1].data["spell"], withdrawals[-1].data["repeated"]) == (spell, True)


async def test_a_case_that_is_open_again_is_not_finished_for_the_person_in_any_order(clock: FixedClock) -> None:
    door = await at_the_door(clock, withdrawn=False)
    start = await door.documents()
    for name, stage in (
        ("open again for good", Stage.IN_CONVERSATION_AGAIN),
        ("open again", Stage.FINISHED),
        ("another case late", Stage.IN_CONVERSATION),
        ("another case, closed too", Stage.FINISHED),
    ):
        for order in permutations(heard()[name]):
            await door.go_back_to(start)
            await apply_in_memory(hears, door.given, list(order), organisation="certitude")
            assert stage_of(await door.given["introductions"].get(INTRODUCTION)) is stage, (name, order)
