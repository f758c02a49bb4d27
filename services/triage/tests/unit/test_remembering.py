"""A case may hear 200 commands: how many a long one has heard, and that conversations are not among them."""

from collections.abc import Awaitable
from datetime import date, timedelta

import pytest

from alliance.kernel import FixedClock, Stale, derived_id
from alliance.messaging import apply_in_memory
from alliance.testing import as_staff
from alliance.testing.rooms import hears_of
from triage.application import allocation, clocks, offers, transfers
from triage.application import cases as ask
from triage.domain.allocating import Colleague
from triage.domain.codes import Priority, ReviewOutcome, Support, TeamType
from triage.domain.offer import Offered
from triage.domain.records import Conversation
from triage.domain.refusals import ConversationAlreadyRecorded
from triage.domain.transfer import Agreement, TransferReason
from triage.domain.transferring import Request
from triage.domain.wait_codes import WaitPauseReason
from triage.main import service

from ..builders import CASE, COSTS, NINE, OURS, Room, accepted, concern
from ..own_events import measured

WEEKS = 104
MARKS = 93
"""What the README says of a case of two years."""


def conversation(number: int, notes: str = "") -> Conversation:
    return Conversation(id=derived_id("test", "talk", str(number)), held_at=NINE + timedelta(weeks=number), notes=notes)


class LongCase:
    """Two years with a person, by the same functions as pages and API."""

    def __init__(self, room: Room, clock: FixedClock) -> None:
        self.room, self.clock, self.cases = room, clock, room.given["cases"]
        self.done = 0

    async def command(self, act: Awaitable[object]) -> None:
        self.done += 1
        with as_staff(mark=f"command:{self.done}:x"):
            await act

    async def talk(self, number: int) -> None:
        await self.command(ask.hold_conversation(CASE, conversation(number), self.cases, self.clock))

    async def support(self, number: int) -> None:
        """Offered, accepted, begun and ended."""
        id_, terms = derived_id("test", "offer", str(number)), self.room.given["offer_terms"]
        what = Offered(kind=Support.PEER_SUPPORT, provider_id="mosaic-clubhouse")
        await self.command(offers.offer_support(CASE, id_, what, self.cases, terms, self.clock, anyway=True))
        await self.command(offers.accept_offer(CASE, id_, self.cases, self.clock))
        await self.command(offers.start_support(CASE, id_, None, self.cases, COSTS, self.clock))
        await self.command(offers.end_support(CASE, id_, self.cases, self.clock))

    async def pause(self, number: int) -> None:
        """For a week, and ended early."""
        id_, now = derived_id("test", "pause", str(number)), self.clock.now()
        await self.command(
            clocks.pause_waits(
                CASE,
                id_,
                next(iter(WaitPauseReason)),
                self.cases,
                self.clock,
                start=now,
                until=now + timedelta(days=7),
                review=False,
                by="staff-7",
            )
        )
        self.clock.advance(days=1)
        await self.command(clocks.resume_waits(CASE, id_, self.cases, self.clock, by="staff-7"))

    async def move(self, number: int, to: str) -> None:
        """To another organisation, which names a key worker."""
        id_, who = derived_id("test", "transfer", str(number)), Colleague(subject="staff-8", organisation=to)
        request = Request(to_organisation=to, reason_code=next(iter(TransferReason)), agreement=Agreement(given=True))
        await self.command(transfers.ask_transfer(CASE, id_, request, self.cases, self.clock, by="staff-7"))
        await self.command(transfers.accept_transfer(id_, self.cases, self.clock, by=who))
        await self.command(allocation.take_on(CASE, who, self.cases, self.clock))

    async def review(self, number: int) -> None:
        """Held, with a day for the next one."""
        today, this, following = (
            self.clock.now().date(),
            *(derived_id("test", "review", str(each)) for each in (number, number + 1)),
        )
        await self.command(
            transfers.hold_review(
                CASE,
                this,
                next(iter(ReviewOutcome)),
                self.cases,
                self.clock,
                held_on=today,
                next_on=today + timedelta(weeks=13),
                next_id=following,
                by="staff-7",
            )
        )

    async def hear_measure(self, on: date) -> None:
        applied = await apply_in_memory(
            hears_of(service), self.room.given, [measured(on)], organisation=OURS, service="triage"
        )
        assert not applied.quarantined
        assert not applied.waiting

    async def marks(self) -> int:
        (case,) = (await self.room.documents())["cases"]
        return len(case["heard"])


@pytest.fixture
async def case(clock: FixedClock) -> LongCase:
    room = Room.opened(clock)
    await room.hear(accepted())
    return LongCase(room, clock)


async def test_two_years_of_a_case_leave_room_for_as_much_again_and_no_conversation_is_among_what_is_kept(
    case: LongCase,
) -> None:
    """Weekly contacts, monthly measures, quarterly reviews, 6 offers, 4 transfers, 20 pauses ended early, concerns."""
    clock, cases = case.clock, case.cases
    await case.command(allocation.take_on(CASE, Colleague(subject="staff-7", organisation=OURS), cases, clock))
    await case.command(ask.introduce_to_secondary_care(CASE, TeamType("A06"), cases, clock))
    due_on, first = clock.now().date() + timedelta(weeks=13), derived_id("test", "review", "1")
    await case.command(transfers.plan_review(CASE, first, due_on, cases, clock, attendees=(), by="staff-7"))
    for week in range(WEEKS):
        await case.talk(week)
        clock.advance(days=6)
        if week % 5 == 0 and week < 100:
            await case.pause(week)
        else:
            clock.advance(days=1)
        if week % 4 == 0:
            await case.hear_measure(clock.now().date())
        if week % 13 == 12:
            await case.review(week // 13 + 1)
        if week % 17 == 16:
            await case.support(week)
        if week % 26 == 25:
            priority = Priority.URGENT if week % 52 == 25 else Priority.ROUTINE
            await case.room.hear(concern(week))
            await case.command(
                ask.change_priority(CASE, priority, cases, clock, reason_code="situation-worse", by="staff-7")
            )
        if week % 35 == 34 or week == 103:
            await case.move(week, "certitude" if week == 69 else "thames-reach" if week == 34 else OURS)
    known = await cases.get(CASE)
    assert (len(known.conversations), len(known.pauses), len(known.offers)) == (WEEKS, 20, 6)
    assert await case.marks() == MARKS


async def test_a_conversation_sent_twice_is_one_also_when_the_page_was_old_by_then(case: LongCase) -> None:
    cases, clock = case.cases, case.clock
    version = (await cases.read(CASE)).version
    for _ in range(2):
        with as_staff(mark="command:same:x"):
            await ask.hold_conversation(CASE, conversation(0), cases, clock, expecting=version)
    assert len((await cases.get(CASE)).conversations) == 1
    with as_staff(mark="command:other:x"), pytest.raises(Stale):
        await ask.hold_conversation(CASE, conversation(-1), cases, clock, expecting=version)


async def test_other_contents_under_the_same_id_are_not_lost_silently(case: LongCase) -> None:
    await case.talk(0)
    with as_staff(mark="command:same:y"), pytest.raises(ConversationAlreadyRecorded):
        await ask.hold_conversation(CASE, conversation(0, "other notes"), case.cases, case.clock)
