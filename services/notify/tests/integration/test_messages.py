"""Messages reach people by safe ways, once, and nothing of a person stays after they said no."""

import asyncio
from datetime import timedelta

import pytest

from alliance.contracts import Event
from notify.application.courier import CARRYING, NotTakenNow, Undeliverable
from notify.domain.codes import Channel
from notify.domain.wording import Letter

from ..builders import EMAIL
from ..rooms import (
    PERSON,
    Room,
    a_contact_check,
    a_move,
    a_start_of_support,
    an_acceptance,
    an_offer_of_a_home,
    everything,
    said,
    shared,
    sharing,
)


class Lost(BaseException):
    """The process of the courier dies."""


class Post:
    """The outside world; does what it is told to do with a message."""

    within = timedelta(minutes=11)

    def __init__(self, *troubles: BaseException) -> None:
        self.sent: list[tuple[str, Channel, str, Letter]] = []
        self._troubles = list(troubles)

    async def send(self, message_id: str, channel: Channel, address: str, letter: Letter) -> None:
        await asyncio.sleep(0)
        if self._troubles:
            raise self._troubles.pop(0)
        self.sent.append((message_id, channel, address, letter))


@pytest.mark.parametrize(
    "event", [an_acceptance(), a_contact_check(), a_start_of_support(), an_offer_of_a_home(), a_move()]
)
async def test_the_person_is_told_once_by_the_safe_way(event: Event) -> None:
    post = Post()
    room, envelope = Room(post=post), said(event)
    await room.hear(shared(1), envelope, envelope)
    for _ in range(2):
        await room.courier.carry_all()
    (sent,) = post.sent
    assert sent[1:3] == (Channel.EMAIL, EMAIL)
    assert "Sam" in sent[3].body
    assert room.types_said == ["message-delivered.v1"]
    assert (room.said[0].causationid, room.said[0].correlationid) == (envelope.id, envelope.correlationid)


async def test_somebody_who_waits_is_asked_once_a_day_whether_how_to_reach_them_has_changed() -> None:
    """Two of their introductions may wait: nobody is asked the same by two messages."""
    post = Post()
    room = Room(post=post)
    await room.hear(shared(1), a_contact_check(), a_contact_check())
    await room.courier.carry_all()
    (sent,) = post.sent
    assert "tell us there if how to reach you has changed" in sent[3].body
    for telling in (EMAIL, "Living Well", "home", "offer"):
        assert telling not in sent[3].body


async def test_a_message_waits_for_the_details_and_goes_when_they_arrive() -> None:
    room = Room()
    await room.hear(an_acceptance())
    await room.courier.carry_all()
    assert room.types_said == []
    await room.hear(shared(1))
    await room.courier.carry_all()
    assert room.types_said == ["message-delivered.v1"]
    assert len(room.catcher.caught) == 1


async def test_a_message_gives_up_when_the_details_never_come() -> None:
    room = Room()
    await room.hear(an_acceptance())
    room.clock.advance(days=1)
    await room.tick()
    assert [(e.type, e.data["reason_code"]) for e in room.said] == [("notify.message-failed.v1", "details-not-shared")]


@pytest.mark.parametrize("known", [sharing(False, 1), shared(1, safe=False)])
async def test_without_a_safe_way_the_message_fails_and_says_why(known: Event) -> None:
    room = Room()
    await room.hear(known, an_acceptance())
    await room.courier.carry_all()
    assert [(e.type, e.data["reason_code"]) for e in room.said] == [("notify.message-failed.v1", "no-safe-channel")]
    assert len(room.catcher.caught) == 0


async def test_what_others_may_hold_does_not_concern_us() -> None:
    room = Room()
    await room.hear(shared(1), sharing(False, 2, organisation="slam"), shared(3, organisation="slam"))
    person = await room.known.of(PERSON)
    assert person
    assert (person.copy_sequence, person.awaited) == (1, False)


async def test_withdrawal_removes_every_trace_and_no_older_copy_brings_it_back() -> None:
    room, copy = Room(), said(shared(1))
    await room.hear(copy, an_acceptance())
    await room.courier.carry_all()
    assert EMAIL in str(await everything(room))
    await room.hear(sharing(False, 2), copy, shared(1))
    assert EMAIL not in str(await everything(room))
    assert "Sam" not in str(await everything(room))


async def test_couriers_that_race_carry_a_message_once() -> None:
    post = Post()
    room = Room(post=post)
    await room.hear(shared(1), an_acceptance())
    await asyncio.gather(*(room.a_courier(post).carry_all() for _ in range(4)))
    assert len(post.sent) == 1


async def test_a_message_that_a_courier_lost_is_carried_again_later_under_the_same_id() -> None:
    post = Post(Lost())
    room = Room(post=post)
    await room.hear(shared(1), an_acceptance())
    with pytest.raises(Lost):
        await room.courier.carry_all()
    room.clock.advance(seconds=Post.within.total_seconds())
    await room.courier.carry_all()
    assert post.sent == []
    room.clock.advance(seconds=CARRYING.total_seconds())
    await room.courier.carry_all()
    assert len(post.sent) == 1


async def test_a_message_not_taken_now_is_tried_again_and_one_rejected_is_not() -> None:
    post = Post(NotTakenNow(), Undeliverable())
    room = Room(post=post)
    await room.hear(shared(1), an_acceptance())
    for _ in range(3):
        await room.courier.carry_all()
        room.clock.advance(seconds=(Post.within + CARRYING).total_seconds())
    assert post.sent == []
    assert [(e.type, e.data["reason_code"]) for e in room.said] == [("notify.message-failed.v1", "rejected")]


async def test_an_address_that_is_put_right_while_the_old_one_is_refused_is_not_refused_with_it() -> None:
    class Slow(Post):
        async def send(self, message_id: str, channel: Channel, address: str, letter: Letter) -> None:
            if address == EMAIL:
                await room.hear(shared(2, address="sam.right@example.org"))
            await super().send(message_id, channel, address, letter)

    post = Slow(Undeliverable())
    room = Room(post=post)
    await room.hear(shared(1), an_acceptance())
    await room.courier.carry_all()
    room.clock.advance(seconds=60)
    await room.courier.carry_all()
    assert [sent[2] for sent in post.sent] == ["sam.right@example.org"]
    assert room.types_said == ["message-delivered.v1"]


async def test_no_event_and_no_message_document_carries_a_contact_value() -> None:
    room = Room()
    await room.hear(shared(1), an_acceptance(), a_move())
    await room.courier.carry_all()
    found = await room.database.collection("messages").find_many({})
    assert len(found) == 2
    for text in (str(found), str([envelope.data for envelope in room.said])):
        assert EMAIL not in text
        assert "Sam" not in text
