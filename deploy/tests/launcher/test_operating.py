"""An operator listens in, looks into a quarantine, and sends on what was put right, on a real broker."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aio_pika
import pytest
from typer.testing import CliRunner

from alliance.contracts import Envelope, intake
from alliance.contracts.catalogue import catalogue
from alliance.contracts.publication import sample_of
from alliance.kernel import SystemClock, new_id, to_text
from alliance.messaging import Heard, listen, on
from alliance.messaging.listener import Listener
from alliance.messaging.wire import body_of, headers_of
from alliance_deploy.agreement import Manifest
from alliance_deploy.cli.quarantine import app
from alliance_deploy.cli.troubles import Trouble
from alliance_deploy.operate.quarantine import Lying, open_quarantine
from alliance_deploy.operate.tap import Said, open_tap
from alliance_deploy.testing import LaidOutVhost, LayOut

pytestmark = pytest.mark.broker

WITHDRAWN, SHARED = intake.IntroductionWithdrawn, intake.PersonShared
INTAKE = Manifest(service="intake", says=(WITHDRAWN.type, SHARED.type))
TRIAGE = Manifest(service="triage", hears=(WITHDRAWN.type, SHARED.type))

Eventually = Callable[..., Awaitable[None]]


class Ledger:
    """A reaction with a mistake in it, until somebody mends it."""

    def __init__(self) -> None:
        self.broken, self.noted = True, list[str]()


async def note_it(heard: Heard[intake.IntroductionWithdrawn], ledger: Ledger) -> None:
    if ledger.broken:
        raise ZeroDivisionError
    ledger.noted.append(heard.id)


async def keep_it(heard: Heard[intake.PersonShared], ledger: Ledger) -> None:
    await note_it(heard, ledger)  # type: ignore[arg-type]


@pytest.fixture
async def vhost(alliance_vhost: LayOut) -> LaidOutVhost:
    return await alliance_vhost([INTAKE, TRIAGE], rungs={"5s": 150, "5m": 400})


@asynccontextmanager
async def listening(vhost: LaidOutVhost, ledger: Ledger) -> AsyncIterator[None]:
    table = listen(on(WITHDRAWN, do=note_it), on(SHARED, do=keep_it))
    listener = Listener(table, {"ledger": ledger}, service="triage", organisation="slam", amqp_url=vhost.url("triage"))
    await listener.start()
    yield
    await listener.stop()


def an_event(type_: str, recipient: str | None = None) -> Envelope:
    data = sample_of(type_)
    subject = str(data[catalogue()[type_].subject_field])
    return Envelope.model_validate(
        {
            "id": new_id(),
            "source": "/alliance/intake",
            "type": type_,
            "subject": subject,
            "time": to_text(SystemClock().now()),
            "sequence": 1,
            "partitionkey": subject,
            "correlationid": new_id(),
            "actor": "staff-7",
            "organisation": "certitude",
            "recipient": recipient,
            "data": data,
        }
    )


async def say(vhost: LaidOutVhost, *events: Envelope, user: str = "intake") -> None:
    connection = await aio_pika.connect(vhost.url("intake"))
    async with connection:
        channel = await connection.channel()
        for event in events:
            kind = "personal" if event.recipient else "events"
            exchange = await channel.get_exchange(f"intake.{kind}", ensure=False)
            key = event.type.partition(".")[2] + (f".{event.recipient}" if event.recipient else "")
            await exchange.publish(
                aio_pika.Message(
                    body_of(event),
                    headers=headers_of(event),
                    content_type="application/json",
                    user_id=user,
                    message_id=event.id,
                ),
                key,
            )


async def count_in_quarantine(vhost: LaidOutVhost) -> int:
    connection = await aio_pika.connect(vhost.admin_url)
    async with connection:
        queue = await (await connection.channel()).declare_queue("triage.quarantine", passive=True)
        return queue.declaration_result.message_count or 0


async def until_quarantined(vhost: LaidOutVhost, count: int) -> None:
    async with asyncio.timeout(15):
        while await count_in_quarantine(vhost) != count:
            await asyncio.sleep(0.05)


async def test_what_was_put_right_is_redriven_once_under_its_own_event_id(
    vhost: LaidOutVhost, eventually: Eventually
) -> None:
    ledger, events = Ledger(), [an_event(WITHDRAWN.type) for _ in range(3)]
    async with listening(vhost, ledger):
        await say(vhost, *events)
        await until_quarantined(vhost, 3)
        ledger.broken = False
        async with open_quarantine(vhost.url("triage"), "triage") as quarantine:
            ((type_, reason, _), lying) = next(iter(quarantine.groups().items()))
            assert (type_, reason, len(lying)) == (WITHDRAWN.type, "failed:ZeroDivisionError", 3)
            assert await quarantine.redrive(lying, who="operator", why="the sum is mended", per_second=1000) == 3
        await eventually(lambda: sorted(ledger.noted) == sorted(event.id for event in events))
    assert await count_in_quarantine(vhost) == 0


async def test_somebodys_details_are_taken_out_for_good_and_nothing_else(vhost: LaidOutVhost) -> None:
    theirs, open_event = an_event(SHARED.type, recipient="triage"), an_event(WITHDRAWN.type)
    async with listening(vhost, Ledger()):
        await say(vhost, theirs, open_event)
        await until_quarantined(vhost, 2)
    noted = list[str]()
    async with open_quarantine(vhost.url("triage"), "triage") as quarantine:
        assert not [each for each in quarantine.lying if each.person_id == open_event.partitionkey]
        chosen = [each for each in quarantine.lying if each.person_id == theirs.partitionkey]
        assert await quarantine.delete(chosen, note=lambda lying: noted.append(lying.event_id)) == 1
    assert noted == [theirs.id]
    async with open_quarantine(vhost.url("triage"), "triage") as quarantine:
        assert [lying.event_id for lying in quarantine.lying] == [open_event.id]


async def test_what_could_not_be_noted_is_not_deleted(vhost: LaidOutVhost) -> None:
    def full(lying: Lying) -> None:
        raise OSError("no space left")

    async with listening(vhost, Ledger()):
        await say(vhost, an_event(WITHDRAWN.type))
        await until_quarantined(vhost, 1)
    with pytest.raises(OSError, match="no space left"):
        async with open_quarantine(vhost.url("triage"), "triage") as quarantine:
            await quarantine.delete(quarantine.lying, note=full)
    await until_quarantined(vhost, 1)


@pytest.mark.parametrize("which", [[], ["--which", "made-up", "--about", new_id()]], ids=["neither", "both"])
def test_what_is_to_be_deleted_must_be_said_in_one_way(which: list[str]) -> None:
    asked = CliRunner().invoke(app, ["delete", "--service", "triage", "--why", "made up", *which])
    assert isinstance(asked.exception, Trouble)


async def test_what_is_only_looked_at_stays(vhost: LaidOutVhost) -> None:
    async with listening(vhost, Ledger()):
        await say(vhost, an_event(WITHDRAWN.type))
        await until_quarantined(vhost, 1)
    for _ in range(2):
        async with open_quarantine(vhost.url("triage"), "triage") as quarantine:
            (lying,) = quarantine.lying
            assert lying.told()["data"] == sample_of(WITHDRAWN.type)
        await until_quarantined(vhost, 1)


async def test_personal_data_is_never_shown(vhost: LaidOutVhost) -> None:
    async with listening(vhost, Ledger()):
        await say(vhost, an_event(SHARED.type, recipient="triage"))
        await until_quarantined(vhost, 1)
    async with open_quarantine(vhost.url("triage"), "triage") as quarantine:
        (lying,) = quarantine.lying
        shown = json.dumps(lying.told())
    assert lying.told()["data"] == "not shown"
    assert str(sample_of(SHARED.type)["full_name"]) not in shown


async def test_what_may_be_forged_is_not_sent_on(vhost: LaidOutVhost) -> None:
    forged = an_event(WITHDRAWN.type).model_copy(update={"type": "housing.placement-closed.v1"})
    async with listening(vhost, Ledger()):
        await say(vhost, forged.model_copy(update={"type": WITHDRAWN.type, "source": "/alliance/housing"}))
        connection = await aio_pika.connect(vhost.admin_url)
        async with connection:
            exchange = await (await connection.channel()).get_exchange("triage.return", ensure=False)
            await exchange.publish(aio_pika.Message(body_of(forged), headers=headers_of(forged)), "inbox")
        await until_quarantined(vhost, 2)
    async with open_quarantine(vhost.url("triage"), "triage") as quarantine:
        (unverified,) = [lying for lying in quarantine.lying if not lying.producer]
        assert unverified.reason == "wrong-producer"
        assert await quarantine.redrive([unverified], who="operator", why="trying") == 0


async def test_the_tap_hears_everything_and_of_personal_events_only_who_they_are_for(
    vhost: LaidOutVhost, eventually: Eventually
) -> None:
    open_, personal = an_event(WITHDRAWN.type), an_event(SHARED.type, recipient="triage")
    heard: list[Said] = []
    async with open_tap(vhost.admin_url, ["intake", "triage"]) as tap:

        async def note() -> None:
            async for event in tap.events():
                heard.append(event)

        noting = asyncio.create_task(note())
        await say(vhost, open_, personal)
        await eventually(lambda: len(heard) == 2)
        noting.cancel()
    by_id = {event.id: event for event in heard}
    assert by_id[open_.id].data == open_.data
    assert (by_id[personal.id].recipient, by_id[personal.id].data) == ("triage", None)
