"""The relay on a real broker: nothing lost, nothing published twice by one process, order kept per document."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from alliance.contracts import intake
from alliance.messaging.relay import Relay
from alliance_deploy.testing import LaidOutVhost

from .boxes import Boxes
from .builders import a_concern, a_snapshot, an_envelope
from .waiting import until

pytestmark = pytest.mark.broker

Everything = Callable[[str], Awaitable[list[object]]]


@asynccontextmanager
async def relaying(boxes: Boxes, url: str, *, older_than: float = 0.3) -> AsyncIterator[Relay]:
    relay = Relay(boxes, service="intake", amqp_url=url, sweep_seconds=0.1, older_than=timedelta(seconds=older_than))
    await relay.start()
    try:
        yield relay
    finally:
        await relay.stop()


async def test_what_is_written_is_published_at_once_and_pulled_in_batches(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    boxes = Boxes()
    async with relaying(boxes, vhost.url("intake"), older_than=60) as relay:
        await until(lambda: relay.up)
        for number in range(300):
            relay.written(*boxes.write(f"one-{number}", an_envelope(about=f"one-{number}")))
        await until(lambda: boxes.waiting == 0)
    assert len(boxes.confirmed) == 300
    assert all(confirmed.last for confirmed in boxes.confirmed)
    assert boxes.batches < 60
    assert len(await everything_in("triage.inbox")) == 300


async def test_a_message_carries_its_envelope_persistently_and_under_our_name(
    vhost: LaidOutVhost, everything_in: Callable[[str], Awaitable[list[object]]]
) -> None:
    boxes, envelope = Boxes(), an_envelope()
    async with relaying(boxes, vhost.url("intake.b")) as relay:
        await until(lambda: relay.up)
        relay.written(*boxes.write("one", envelope))
        await until(lambda: boxes.waiting == 0)
    (message,) = await everything_in("triage.inbox")
    assert message.headers["cloudEvents_id"] == message.message_id == envelope.id  # type: ignore[attr-defined]
    assert message.headers["cloudEvents_type"] == envelope.type  # type: ignore[attr-defined]
    assert message.user_id == "intake.b"  # type: ignore[attr-defined]
    assert message.delivery_mode == 2  # type: ignore[attr-defined]
    assert message.content_type == "application/json"  # type: ignore[attr-defined]


async def test_events_of_one_document_keep_their_order(vhost: LaidOutVhost, everything_in: Everything) -> None:
    boxes = Boxes()
    events = [an_envelope(sequence=number) for number in range(1, 51)]
    async with relaying(boxes, vhost.url("intake")) as relay:
        await until(lambda: relay.up)
        for event in events:
            relay.written(*boxes.write("one", event))
        await until(lambda: boxes.waiting == 0)
    heard = [message.message_id for message in await everything_in("triage.inbox")]  # type: ignore[attr-defined]
    assert heard == [event.id for event in events]


async def test_an_event_that_reaches_nobody_is_a_failure_and_stays_in_the_outbox(vhost: LaidOutVhost) -> None:
    boxes = Boxes()
    unbound = an_envelope(intake.IntroductionClosed.type)
    async with relaying(boxes, vhost.url("intake")) as relay:
        await until(lambda: relay.up)
        relay.written(*boxes.write("one", unbound))
        await until(lambda: relay.oldest_pending > timedelta(seconds=0.5))
        relay.written(*boxes.write("two", an_envelope(about="two")))
        await until(lambda: len(boxes.confirmed) == 1)
        assert relay.up
    assert boxes.waiting == 1


async def test_what_went_out_before_a_failure_is_not_sent_again(vhost: LaidOutVhost, everything_in: Everything) -> None:
    boxes = Boxes()
    async with relaying(boxes, vhost.url("intake"), older_than=0.05) as relay:
        await until(lambda: relay.up)
        sent, unbound = an_envelope(sequence=1), an_envelope(intake.IntroductionClosed.type, sequence=2)
        relay.written(*boxes.write("one", sent, unbound))
        await until(lambda: boxes.waiting == 1)
        await until(lambda: relay.oldest_pending > timedelta(seconds=1))
    assert [id_ for each in boxes.confirmed for id_ in each.event_ids] == [sent.id]
    assert len(await everything_in("triage.inbox")) == 1


async def test_a_personal_event_goes_to_its_recipient_alone_and_may_reach_nobody(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    boxes = Boxes()
    async with relaying(boxes, vhost.url("intake")) as relay:
        await until(lambda: relay.up)
        relay.written(*boxes.write("one", a_snapshot(recipient="triage"), a_snapshot(recipient="housing")))
        await until(lambda: boxes.waiting == 0)
    assert len(await everything_in("triage.inbox")) == 1
    assert len(await everything_in("housing.inbox")) == 0


async def test_what_was_written_while_the_broker_was_away_is_swept_up_in_order_once_it_is_back(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    boxes = Boxes()
    events = [an_envelope(sequence=number) for number in range(1, 11)]
    async with relaying(boxes, vhost.url("intake")) as relay:
        for event in events:
            relay.written(*boxes.write("one", event))
        await until(lambda: boxes.waiting == 0)
    heard = [message.message_id for message in await everything_in("triage.inbox")]  # type: ignore[attr-defined]
    assert heard == [event.id for event in events]


async def test_a_store_that_is_away_when_told_of_confirms_is_told_again_and_nothing_is_published_twice(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    boxes = Boxes()
    async with relaying(boxes, vhost.url("intake"), older_than=0.05) as relay:
        await until(lambda: relay.up)
        written = [boxes.write(f"one-{number}", an_envelope(about=f"one-{number}")) for number in range(20)]
        boxes.away = True
        for each in written:
            relay.written(*each)
        await until(lambda: relay.unconfirmed == 20)
        boxes.away = False
        await until(lambda: boxes.waiting == 0)
    assert len(await everything_in("triage.inbox")) == 20


async def test_urgent_events_leave_first(vhost: LaidOutVhost) -> None:
    boxes = Boxes()
    for number in range(400):
        boxes.write(f"one-{number}", an_envelope(about=f"one-{number}"))
    urgent = a_concern(about="urgent")
    async with relaying(boxes, vhost.url("intake")) as relay:
        await until(lambda: relay.up)
        for box in list(boxes.boxes.values()):
            relay.written(box.collection, box.id, box.version, box.entries)
        relay.written(*boxes.write("urgent", urgent))
        await until(lambda: boxes.waiting == 0)
    assert [id_ for each in boxes.confirmed for id_ in each.event_ids].index(urgent.id) < 250


async def test_only_the_holder_of_the_lease_sweeps(vhost: LaidOutVhost) -> None:
    boxes = Boxes(holder="somebody else")
    boxes.write("one", an_envelope())
    async with relaying(boxes, vhost.url("intake"), older_than=0.0) as relay:
        await until(lambda: relay.up and relay.oldest_pending > timedelta(seconds=0.5))
        assert boxes.waiting == 1
        boxes.holder = None
        await until(lambda: boxes.waiting == 0)


async def test_the_relay_is_ready_when_connected_and_not_when_something_waits_too_long(vhost: LaidOutVhost) -> None:
    boxes = Boxes(holder="somebody else")
    async with relaying(boxes, vhost.url("intake"), older_than=0.0) as relay:
        await until(lambda: relay.up)
        assert (await relay.health()).ready
    boxes.write("one", an_envelope())
    relay = Relay(
        boxes,
        service="intake",
        amqp_url=vhost.url("intake"),
        sweep_seconds=0.05,
        older_than=timedelta(0),
        age_limit=timedelta(seconds=0.2),
    )
    assert (await relay.health()).why == ("relay-not-connected",)
    await relay.start()
    try:
        await until(lambda: relay.oldest_pending > timedelta(seconds=0.2))
        assert "outbox-too-old" in (await relay.health()).why
    finally:
        await relay.stop()
