"""Replay from the log on a real broker."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from alliance.contracts import Envelope
from alliance.messaging.log import Progress, StreamLog
from alliance.messaging.stream import NotGranted, Offset, Stream
from alliance_deploy.testing import LaidOutVhost

from .builders import NINE, a_concern, a_snapshot, an_envelope
from .effects import TABLE, Effects
from .speaking import ids, speaking

pytestmark = pytest.mark.broker


class Memory:
    """Saved offsets."""

    def __init__(self) -> None:
        self.saved: dict[str, int] = {}

    async def load(self, name: str) -> int | None:
        return self.saved.get(name)

    async def save(self, name: str, offset: int) -> None:
        self.saved[name] = offset


def a_log(vhost: LaidOutVhost, effects: Effects, offsets: Memory | None = None, **also: object) -> StreamLog:
    return StreamLog(
        TABLE,
        {"effects": effects},
        service="triage",
        organisation="slam",
        amqp_url=vhost.url("triage"),
        offsets=offsets or Memory(),
        **also,  # type: ignore[arg-type]
    )


async def said(vhost: LaidOutVhost, *envelopes: Envelope) -> None:
    async with speaking(vhost.url("intake"), "intake") as intake_:
        await intake_.say(*envelopes)


class Silent:
    """A channel on which a log is opened and nothing comes, as when the network swallows it."""

    is_closed = False

    async def basic_consume(self, *_: object, **__: object) -> SimpleNamespace:
        return SimpleNamespace(consumer_tag="tag")

    async def basic_cancel(self, _: str) -> None: ...


@pytest.mark.parametrize(("start", "silence_is_the_end"), [(3, False), ("first", False), (NINE, True)])
async def test_a_log_that_falls_silent_before_its_tail_is_not_taken_for_read(
    monkeypatch: pytest.MonkeyPatch, start: Offset, silence_is_the_end: bool
) -> None:
    monkeypatch.setattr("alliance.messaging.stream.PATIENCE", 0.01)
    log = Stream(cast(Any, Silent()), "intake.log")
    with nullcontext() if silence_is_the_end else pytest.raises(TimeoutError):
        assert [page async for page in log.pages(start, 7, 100)] == []


async def test_a_replay_hears_what_the_log_holds_and_nothing_personal(vhost: LaidOutVhost) -> None:
    effects, events = Effects(), [an_envelope(), a_concern()]
    await said(vhost, *events, a_snapshot(recipient="triage"))
    assert await a_log(vhost, effects).replay("intake") == 2
    assert sorted(effects.events) == sorted(ids(events))


async def test_a_replay_goes_on_where_it_stopped(vhost: LaidOutVhost) -> None:
    effects, offsets = Effects(), Memory()
    events = [an_envelope(about=f"one-{number}") for number in range(60)]
    await said(vhost, *events)

    class Stop(Exception):
        """Somebody pulls the plug."""

    def stop_at(progress: Progress) -> None:
        assert progress.tail == 59
        if progress.offset >= 29:
            raise Stop

    with pytest.raises(Stop):
        await a_log(vhost, effects, offsets, page=10, progress=stop_at).replay("intake")
    assert len(effects.attempts) == 30
    assert await a_log(vhost, effects, offsets, page=10).replay("intake") == 30
    assert effects.events == ids(events)
    assert await a_log(vhost, effects, offsets, page=10).replay("intake") == 0


async def test_a_replay_hands_over_whole_batches_in_order(vhost: LaidOutVhost) -> None:
    events = [an_envelope(about=f"one-{number}") for number in range(25)]
    batches: list[list[str]] = []

    async def keep(envelopes: Sequence[Envelope]) -> None:
        batches.append(ids(envelopes))

    await said(vhost, *events)
    assert await a_log(vhost, Effects(), batch=keep, page=10).replay("intake") == 25
    assert [len(batch) for batch in batches] == [10, 10, 5]
    assert [id_ for batch in batches for id_ in batch] == ids(events)


async def test_a_replay_of_an_empty_log_ends(vhost: LaidOutVhost) -> None:
    assert await a_log(vhost, Effects()).replay("intake") == 0


async def test_a_replay_from_an_instant_begins_there(vhost: LaidOutVhost) -> None:
    effects, event = Effects(), an_envelope()
    await said(vhost, event)
    assert await a_log(vhost, effects).replay("intake", since=datetime.now(UTC) - timedelta(hours=1)) == 1


async def test_a_log_that_is_not_granted_cannot_be_replayed(vhost: LaidOutVhost) -> None:
    with pytest.raises(NotGranted):
        await a_log(vhost, Effects()).replay("housing")


def test_only_the_logs_of_those_whom_the_table_hears_are_asked_for() -> None:
    log = StreamLog(
        TABLE, {"effects": Effects()}, service="triage", organisation="slam", amqp_url="amqp://x@y/", offsets=Memory()
    )
    assert log.publishers == ("intake", "triage")
