"""The broker becomes equal to the agreement, and stays so while it changes under open consumers."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import aio_pika
import pytest
from aio_pika.abc import AbstractIncomingMessage

from alliance_deploy.agreement import Manifest
from alliance_deploy.operate.tap import open_tap
from alliance_deploy.reconcile.apply import apply, plan_for
from alliance_deploy.testing import LaidOutVhost, LayOut, agreement_granting
from alliance_deploy.topology import compile_topology

pytestmark = pytest.mark.broker

ACCEPTED, WITHDRAWN = "intake.introduction-accepted.v1", "intake.introduction-withdrawn.v1"
INTAKE = Manifest(service="intake", says=(ACCEPTED, WITHDRAWN))
TRIAGE = Manifest(service="triage", hears=(ACCEPTED, WITHDRAWN))
REPORTING = Manifest(service="reporting", hears=(ACCEPTED,))
ALL = (INTAKE, TRIAGE, REPORTING)


async def until(condition: Callable[[], Awaitable[bool]], within: float = 5) -> None:
    async with asyncio.timeout(within):
        while not await condition():
            await asyncio.sleep(0.02)


class Tap:
    """A connected listener that remembers what reached it."""

    def __init__(self, connection: aio_pika.abc.AbstractRobustConnection) -> None:
        self.connection = connection
        self.heard: list[bytes] = []

    @classmethod
    async def on(cls, url: str, queue: str, arguments: dict[str, Any] | None = None) -> "Tap":
        tap = cls(await aio_pika.connect_robust(url, reconnect_interval=0.1, fail_fast=True))
        channel = await tap.connection.channel()
        await channel.set_qos(prefetch_count=50)
        source = await channel.get_queue(queue, ensure=False)
        await source.consume(tap._keep, arguments=arguments)
        return tap

    async def _keep(self, message: AbstractIncomingMessage) -> None:
        self.heard.append(message.body)
        await message.ack()

    async def has(self, body: bytes) -> bool:
        return body in self.heard


async def say(url: str, kind: str, body: bytes) -> None:
    service, _, key = kind.partition(".")
    connection = await aio_pika.connect(url)
    async with connection:
        channel = await connection.channel(on_return_raises=True)
        exchange = await channel.get_exchange(f"{service}.events", ensure=False)
        await exchange.publish(aio_pika.Message(body, user_id=service), key)


async def plan_of(vhost: LaidOutVhost) -> str:
    topology = compile_topology(vhost.agreement, vhost.manifests, vhost=vhost.name, rungs=vhost.rungs)
    return str(await plan_for(topology, vhost.management, vhost.secrets))


async def test_a_second_apply_finds_nothing_to_do(alliance_vhost: LayOut) -> None:
    vhost = await alliance_vhost(ALL, logs=[("reporting", "intake")])
    again = await vhost.apply()
    assert not again.plan
    assert again.equal


async def test_an_operator_who_listens_in_is_left_alone(alliance_vhost: LayOut) -> None:
    vhost = await alliance_vhost(ALL)
    async with open_tap(vhost.admin_url, ["intake"]):
        assert not (await vhost.apply()).plan


async def test_a_binding_that_moves_to_the_other_lane_is_made_before_the_old_one_goes(
    alliance_vhost: LayOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    vhost = await alliance_vhost(list(ALL))
    key = "introduction-accepted.v1"
    old, new = ("intake.events", "triage.urgent", key), ("intake.events", "triage.inbox", key)
    await vhost.management.delete("bindings", vhost.name, "e", "intake.events", "q", "triage.inbox", key)
    path = ("bindings", vhost.name, "e", "intake.events", "q", "triage.urgent")
    await vhost.management.post(*path, body={"routing_key": key})
    seen: list[set[tuple[str, str, str]]] = []
    delete_all = vhost.management.delete_all

    async def watched(paths: Iterable[tuple[str, ...]]) -> None:
        await delete_all(paths)
        rows = await vhost.management.get("bindings", vhost.name)
        seen.append({(row["source"], row["destination"], row["routing_key"]) for row in rows} & {old, new})

    monkeypatch.setattr(vhost.management, "delete_all", watched)
    topology = compile_topology(vhost.agreement, vhost.manifests, vhost=vhost.name, rungs=vhost.rungs)
    assert (await apply(topology, vhost.management, vhost.secrets)).equal
    assert all(seen), "at every moment one of the two was there"
    assert seen[-1] == {new}


async def test_a_removed_grant_stops_delivery_to_a_connected_listener(alliance_vhost: LayOut) -> None:
    vhost = await alliance_vhost(ALL)
    triage = await Tap.on(vhost.url("triage"), "triage.inbox")
    await say(vhost.url("intake"), ACCEPTED, b"before")
    await until(lambda: triage.has(b"before"))

    narrower = (INTAKE, Manifest(service="triage", hears=(WITHDRAWN,)), REPORTING)
    async with asyncio.timeout(5):
        outcome = await vhost.apply(agreement_granting(narrower))
        assert outcome.equal
        await say(vhost.url("intake"), ACCEPTED, b"after")
        await say(vhost.url("intake"), WITHDRAWN, b"still granted")
        await until(lambda: triage.has(b"still granted"))
    assert [str(step) for step in outcome.plan.steps] == [
        "remove binding intake.events → triage.inbox by 'introduction-accepted.v1'"
    ]
    assert b"after" not in triage.heard
    await triage.connection.close()


async def test_an_added_grant_starts_without_a_restart_of_anybody(alliance_vhost: LayOut) -> None:
    without = agreement_granting((INTAKE, TRIAGE))
    vhost = await alliance_vhost(ALL, without)
    listeners = {
        service: await Tap.on(vhost.url(service), f"{service}.inbox") for service in ("triage", "reporting", "intake")
    }
    reconnected: list[str] = []
    for service, tap in listeners.items():
        tap.connection.reconnect_callbacks.add(lambda *_, who=service: reconnected.append(who))
    await say(vhost.url("intake"), ACCEPTED, b"first")
    await until(lambda: listeners["triage"].has(b"first"))

    assert (await vhost.apply(agreement_granting(ALL))).equal
    await say(vhost.url("intake"), ACCEPTED, b"second")
    await until(lambda: listeners["reporting"].has(b"second"))
    assert listeners["reporting"].heard == [b"second"]
    assert reconnected == []
    for tap in listeners.values():
        await tap.connection.close()


async def test_a_withdrawn_log_grant_cuts_off_an_open_reader(alliance_vhost: LayOut) -> None:
    vhost = await alliance_vhost(ALL, logs=[("reporting", "intake")])
    reader = await Tap.on(vhost.url("reporting"), "intake.log", {"x-stream-offset": "first"})
    await say(vhost.url("intake"), ACCEPTED, b"read")
    await until(lambda: reader.has(b"read"))

    async with asyncio.timeout(5):
        outcome = await vhost.apply(agreement_granting(ALL))
    assert outcome.equal
    assert outcome.plan.shrunk() == {"reporting", "reporting.b"}
    await say(vhost.url("intake"), ACCEPTED, b"unread")
    listener = await Tap.on(vhost.url("triage"), "triage.inbox")
    await until(lambda: listener.has(b"unread"))
    assert b"unread" not in reader.heard
    await reader.connection.close()
    await listener.connection.close()


@pytest.mark.parametrize(
    ("address", "body"),
    [
        (("permissions", "{v}", "triage"), {"configure": "^$", "write": ".*", "read": ".*"}),
        (("exchanges", "{v}", "shadow"), {"type": "topic", "durable": True}),
        (("queues", "{v}", "shadow"), {"durable": True, "arguments": {"x-queue-type": "quorum"}}),
        (("policies", "{v}", "shadow"), {"pattern": ".*", "definition": {"max-length": 1}, "apply-to": "queues"}),
        (("bindings", "{v}", "e", "intake.events", "q", "finance.inbox"), {"routing_key": "#"}),
        (("bindings", "{v}", "e", "intake.events", "e", "finance.events"), {"routing_key": "#"}),
        (("users", "triage"), {"password": "another", "tags": "alliance-service"}),
        (("users", "finance"), {"password_hash": "", "tags": "administrator"}),
        (("user-limits", "triage", "max-channels"), {"value": 9_999}),
    ],
    ids=["right", "exchange", "queue", "policy", "binding", "exchange binding", "password", "tags", "limit"],
)
async def test_whatever_was_planted_behind_the_agreement_is_found_and_undone(
    alliance_vhost: LayOut, address: tuple[str, ...], body: dict[str, object]
) -> None:
    vhost = await alliance_vhost(ALL)
    path = tuple(part.format(v=vhost.name) for part in address)
    if path[0] == "bindings":
        await vhost.management.post(*path, body=body)
    else:
        await vhost.management.put(*path, body=body)
    assert await plan_of(vhost) != "nothing to do: broker and agreement are equal"
    assert (await vhost.apply()).equal


async def test_a_queue_with_messages_is_kept_until_it_may_be_discarded(alliance_vhost: LayOut) -> None:
    vhost = await alliance_vhost(ALL)
    arguments = {"durable": True, "arguments": {"x-queue-type": "quorum"}}
    await vhost.management.put("queues", vhost.name, "leftover", body=arguments)
    connection = await aio_pika.connect(vhost.admin_url)
    async with connection:
        channel = await connection.channel()
        await channel.default_exchange.publish(aio_pika.Message(b"still wanted?"), "leftover")

    outcome = await vhost.apply()
    assert not outcome.equal
    assert outcome.kept == ("queue leftover holds 1 messages and was left as it is",)
    assert (await vhost.apply(discard_messages=True)).equal


async def test_a_member_that_leaves_loses_its_users_and_connections(alliance_vhost: LayOut) -> None:
    vhost = await alliance_vhost((*ALL, Manifest(service="guest", hears=(ACCEPTED,))))
    guest = await Tap.on(vhost.url("guest"), "guest.inbox")
    closed = asyncio.Event()
    guest.connection.close_callbacks.add(lambda *_: closed.set())

    assert (await vhost.apply(agreement_granting(ALL), ALL)).equal
    assert "guest" not in {row["name"] for row in await vhost.management.get("users")}
    await asyncio.wait_for(closed.wait(), 5)
    await guest.connection.close()
