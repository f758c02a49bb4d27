"""The outcome table on a real broker: every message ends where it should, and none stops the next."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import aio_pika
import pytest

from alliance.contracts import intake, triage
from alliance.kernel import FixedClock
from alliance.messaging import Heard, listen, on
from alliance.messaging.handling import Handling
from alliance.messaging.wire import body_of, headers_of
from alliance_deploy.testing import LaidOutVhost

from .builders import a_concern, a_snapshot, an_envelope, an_id
from .effects import Effects, NobodyHome, hearing
from .speaking import ids, speaking
from .waiting import until

pytestmark = pytest.mark.broker

Everything = Callable[[str], Awaitable[list[aio_pika.abc.AbstractIncomingMessage]]]


class Outage(Exception):
    transient = True


async def quarantined(everything_in: Everything) -> list[dict[str, Any]]:
    return [dict(message.headers) for message in await everything_in("triage.quarantine")]


async def test_what_is_said_is_heard_on_both_lanes_and_acknowledged(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    effects, said = Effects(), [an_envelope(), a_concern(), a_snapshot(recipient="triage")]
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("intake"), "intake") as intake_:
        await intake_.say(*said)
        await until(lambda: len(effects.events) == 3)
    assert set(effects.events) == set(ids(said))
    assert await everything_in("triage.inbox") == []


async def test_an_event_delivered_again_takes_effect_once(vhost: LaidOutVhost) -> None:
    effects, first, second = Effects(), an_envelope(), an_envelope(about="another")
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("intake"), "intake") as intake_:
        await intake_.say(first, second, first, second, first)
        await until(lambda: len(effects.attempts) == 5)
    assert effects.events == ids([first, second])


async def test_what_waits_comes_back_to_its_lane_and_its_reaction_alone(vhost: LaidOutVhost) -> None:
    effects, other, concern = Effects(), Effects(), a_concern()
    effects.waits_for.add(concern.id)

    async def note_concern(heard: Heard[Any], effects: Effects) -> None:
        await effects.take(heard)

    async def note_elsewhere(heard: Heard[Any], other: Effects) -> None:
        await other.take(heard)

    table = listen(on(intake.SafetyConcernRaised, do=[note_concern, note_elsewhere]))
    async with (
        hearing(vhost.url("triage"), effects, table=table, given={"other": other}),
        speaking(vhost.url("intake"), "intake") as intake_,
    ):
        await intake_.say(concern)
        await until(lambda: len(effects.attempts) == 5)
        effects.waits_for.clear()
        await until(lambda: effects.events == [concern.id])
    assert len(other.attempts) == 1


async def test_what_waits_for_longer_than_the_agreement_says_goes_to_quarantine(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    effects, event, clock = Effects(), an_envelope(), FixedClock(datetime.now().astimezone())
    effects.waits_for.add(event.id)
    async with (
        hearing(vhost.url("triage"), effects, clock=clock, gives_up_after=timedelta(days=14)),
        speaking(vhost.url("intake"), "intake") as intake_,
    ):
        await intake_.say(event)
        await until(lambda: len(effects.attempts) == 2)
        clock.advance(days=14)
        await until(lambda: len(effects.attempts) >= 3)
    (entry,) = await quarantined(everything_in)
    assert entry["reason"] == "gave-up"
    assert entry["cloudEvents_id"] == event.id


async def test_one_bad_message_does_not_stop_the_next_and_says_why_without_its_content(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    effects, good = Effects(), an_envelope()
    marked = an_envelope(data={"introduction_id": "Zaphod Madeup", "person_id": "Zaphod Madeup"})
    newer = headers_of(good) | {"cloudEvents_type": "intake.introduction-withdrawn.v9"}
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("intake"), "intake") as intake_:
        key = "introduction-withdrawn.v1"
        await intake_.send("intake.events", key, headers_of(good), b"not json")
        await intake_.send("intake.events", key, headers_of(good), b"\xff\xfe", content_type="text/plain")
        await intake_.send("intake.events", key, {"cloudEvents_type": good.type}, b"{}")
        await intake_.send("intake.events", key, {}, b"{}")
        await intake_.send("intake.events", key, newer, body_of(good))
        await intake_.send("intake.events", key, headers_of(good) | {"cloudEvents_sequence": 0}, body_of(good))
        await intake_.say(marked, good)
        await until(lambda: effects.events == [good.id])
    entries = await quarantined(everything_in)
    assert sorted(entry["reason"] for entry in entries) == [
        "invalid-data:introduction_id",
        "invalid-envelope:sequence",
        "missing-header:id",
        "missing-header:type",
        "not-json",
        "not-json",
        "unknown-version",
    ]
    assert "Zaphod" not in str(entries)
    assert len(effects.attempts) == 1


async def test_an_error_goes_to_quarantine_with_its_stack_and_reaction_and_not_its_message(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    effects, bad, good = Effects(), an_envelope(), an_envelope(about="another")
    effects.failing = ValueError("Zaphod Madeup lives here")
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("intake"), "intake") as intake_:
        await intake_.say(bad)
        await until(lambda: len(effects.attempts) == 1)
        effects.failing = None
        await intake_.say(good)
        await until(lambda: effects.events == [good.id])
    (message,) = await everything_in("triage.quarantine")
    assert message.headers["reason"] == "failed:ValueError"
    assert message.headers["reaction"] == "note_withdrawal"
    assert message.headers["producer"] == "intake"
    assert "effects.py" in str(message.headers["stack"])
    assert "Zaphod" not in str(message.headers)
    assert message.body == body_of(bad)


async def test_a_refusal_that_the_table_does_not_answer_is_quarantined_by_its_name(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    effects = Effects()
    effects.failing = NobodyHome()
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("intake"), "intake") as intake_:
        await intake_.say(an_envelope())
        await until(lambda: len(effects.attempts) == 1)
    (entry,) = await quarantined(everything_in)
    assert entry["reason"] == "refused:nobody-home"


@pytest.mark.parametrize("extra", [{}, {"reaction": "note_closure", "attempt": 1, "producer": "triage"}])
async def test_nobody_is_believed_who_speaks_for_another(
    vhost: LaidOutVhost, everything_in: Everything, extra: dict[str, Any]
) -> None:
    effects, forged = Effects(), a_closure()
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("intake"), "intake") as intake_:
        await intake_.send("intake.events", "introduction-withdrawn.v1", headers_of(forged) | extra, body_of(forged))
        await intake_.say(honest := an_envelope())
        await until(lambda: effects.events == [honest.id])
    (entry,) = await quarantined(everything_in)
    assert entry["reason"] == "wrong-producer"
    assert entry["said-by"] == "intake"
    assert "producer" not in entry


async def test_retry_headers_of_our_own_count_only_when_they_came_by_the_ladder(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    effects, forged = Effects(), an_envelope()
    headers = headers_of(forged) | {"reaction": "note_withdrawal", "attempt": 1, "producer": "intake"}
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("triage"), "triage") as triage_:
        await triage_.send("triage.events", "case-closed.v1", headers, body_of(forged))
        await triage_.say(honest := a_closure())
        await until(lambda: effects.events == [honest.id])
    (entry,) = await quarantined(everything_in)
    assert entry["reason"] == "wrong-producer"


async def test_what_an_operator_redrives_is_heard_by_all_its_reactions_if_its_producer_was_verified(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    effects, redriven, forged = Effects(), an_envelope(), an_envelope(about="forged")
    told = {"attempt": 0, "first-heard": "2026-11-02T09:00:00.000000Z"}
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("triage"), "triage") as triage_:
        await triage_.send("triage.retry.5s", "inbox", headers_of(forged) | told, body_of(forged))
        sent = headers_of(redriven) | told | {"producer": "intake"}
        await triage_.send("triage.retry.5s", "inbox", sent, body_of(redriven))
        await until(lambda: effects.events == [redriven.id])
    (entry,) = await quarantined(everything_in)
    assert entry["reason"] == "wrong-producer"


async def test_a_personal_event_for_somebody_else_is_not_read(vhost: LaidOutVhost, everything_in: Everything) -> None:
    effects, strayed = Effects(), a_snapshot(recipient="housing")
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("intake"), "intake") as intake_:
        await intake_.send("intake.personal", "person-shared.v1.triage", headers_of(strayed), body_of(strayed))
        await intake_.say(honest := an_envelope())
        await until(lambda: effects.events == [honest.id])
    (entry,) = await quarantined(everything_in)
    assert entry["reason"] == "not-for-us"


async def test_an_outage_pauses_the_lane_fills_nothing_and_is_probed_by_one_message(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    effects = Effects()
    effects.failing = Outage()
    said = [an_envelope(about=f"one-{number}") for number in range(200)]
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("intake"), "intake") as intake_:
        await intake_.say(*said)
        await until(lambda: max(effects.times_heard.values(), default=0) >= 4)
        assert sum(times > 1 for times in effects.times_heard.values()) <= 2
        assert await everything_in("triage.retry.5s") == []
        effects.failing = None
        await until(lambda: len(effects.events) == 200)
    assert await quarantined(everything_in) == []


async def test_events_about_one_person_are_handled_in_order_and_others_meanwhile(vhost: LaidOutVhost) -> None:
    effects, running, most = Effects(), set(), 0
    same = [an_envelope(about="same", sequence=number) for number in range(1, 31)]
    others = [an_envelope(about=f"other-{number}") for number in range(30)]

    async def hold(heard: Heard[Any]) -> None:
        nonlocal most
        assert heard.envelope.partitionkey not in running
        running.add(heard.envelope.partitionkey)
        most = max(most, len(running))
        await asyncio.sleep(0.002 + int(heard.id[-2:], 16) / 50_000)
        running.discard(heard.envelope.partitionkey)

    effects.hold = hold
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("intake"), "intake") as intake_:
        for mine, theirs in zip(same, others, strict=True):
            await intake_.say(mine, theirs)
        await until(lambda: len(effects.events) == 60)
    assert [id_ for id_ in effects.events if id_ in set(ids(same))] == ids(same)
    assert most > 1


async def test_a_fault_of_ours_does_not_use_up_the_lane(vhost: LaidOutVhost, monkeypatch: pytest.MonkeyPatch) -> None:
    """More deliveries fail in our own code than the lane may have in hand; each goes back and is heard later."""
    handle, failed, effects = Handling.handle, 0, Effects()

    async def failing(self: Handling, *about: Any) -> bool:
        nonlocal failed
        failed += 1
        if failed <= 60:
            raise RuntimeError("a fault of ours")
        return await handle(self, *about)

    monkeypatch.setattr(Handling, "handle", failing)
    said = [an_envelope(about=str(number)) for number in range(80)]
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("intake"), "intake") as intake_:
        await intake_.say(*said)
        await until(lambda: len(effects.events) == 80, within=30)
    assert set(effects.events) == set(ids(said))


async def test_stopping_lets_what_is_in_hand_finish_and_leaves_the_rest_in_the_queue(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    effects, began = Effects(), asyncio.Event()

    async def hold(heard: Heard[Any]) -> None:
        began.set()
        await asyncio.sleep(0.3)

    effects.hold = hold
    said = [an_envelope(about="same", sequence=number) for number in range(1, 6)]
    async with speaking(vhost.url("intake"), "intake") as intake_, hearing(vhost.url("triage"), effects):
        await intake_.say(*said)
        await began.wait()
    assert effects.events == ids(said[:1])
    assert [message.headers["cloudEvents_id"] for message in await everything_in("triage.inbox")] == ids(said[1:])


def a_closure() -> Any:
    """An event that triage says and hears itself."""
    return an_envelope(
        triage.CaseClosed.type,
        data={
            "case_id": an_id("case"),
            "introduction_id": an_id("introduction"),
            "person_id": an_id("person"),
            "outcome": "goals-met",
            "at": "2026-11-02T09:00:00Z",
        },
    )
