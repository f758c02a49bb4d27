"""Reconcile: read what the broker has, plan, remove, add, close what shrank, and read again."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

import aio_pika
from aio_pika.exceptions import ChannelClosed

from alliance_deploy.reconcile.definitions import definitions
from alliance_deploy.reconcile.management import BrokerUnreachable, Management
from alliance_deploy.reconcile.picture import Thing, present, wanted
from alliance_deploy.reconcile.plan import Plan, difference
from alliance_deploy.reconcile.secrets import Secrets
from alliance_deploy.topology import Topology

ROUNDS = 3
"""What is made anew (an exchange of another type) loses its bindings: the next round brings them back."""


@dataclass(frozen=True)
class Outcome:
    """What was planned, what is still different afterwards (empty: equal), and why queues were kept."""

    plan: Plan
    remaining: Plan
    kept: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        return not self.remaining


async def plan_for(
    topology: Topology, management: Management, secrets: Secrets, *, operators: Iterable[str] = ()
) -> Plan:
    """What `apply` would do; the virtual host need not exist yet, and nothing is changed."""
    left_alone = frozenset({management.user, *operators})
    return difference(wanted(topology), await present(management, topology, secrets, left_alone))


async def apply(
    topology: Topology,
    management: Management,
    secrets: Secrets,
    *,
    amqp_url: str = "",
    operators: Iterable[str] = (),
    discard_messages: bool = False,
) -> Outcome:
    """Make them equal. A queue that holds messages goes only with `discard_messages`; counting needs `amqp_url`."""
    first = remaining = await plan_for(topology, management, secrets, operators=operators)
    kept: tuple[str, ...] = ()
    for _ in range(ROUNDS):
        if not remaining:
            break
        kept = await _carry_out(remaining, topology, management, secrets, amqp_url, discard_messages)
        before, remaining = remaining, await plan_for(topology, management, secrets, operators=operators)
        if remaining == before:
            break
    return Outcome(first, remaining, kept)


async def _carry_out(
    plan: Plan, topology: Topology, management: Management, secrets: Secrets, amqp_url: str, discard_messages: bool
) -> tuple[str, ...]:
    """Removals first, then everything new in one request, then the connections of those who lost something.

    A binding that moves to the other lane of its listener goes last: in between, events would reach neither.
    """
    vhost = topology.vhost
    moved = [_address(thing, vhost) for thing in _moved(plan)]
    first = _doomed(plan, vhost, ("binding", "right", "policy"))
    await management.delete_all(address for address in first if address not in moved)
    kept = await _remove_queues(plan, vhost, management, amqp_url, discard_messages)
    await management.delete_all(_doomed(plan, vhost, ("exchange",)))
    await _remove_users(plan, management)
    await management.post("definitions", body=definitions(plan, topology, management.user, secrets))
    await management.delete_all(moved)
    await asyncio.gather(*(_close(management, user) for user in plan.shrunk()))
    return kept


def _moved(plan: Plan) -> Iterable[Thing]:
    """Bindings that go while the same listener gets another for the same events."""
    made = {(thing.name[0], thing.name[1].partition(".")[0], thing.name[2]) for thing in plan.made("binding")}
    for thing in plan.removed("binding"):
        if (thing.name[0], thing.name[1].partition(".")[0], thing.name[2]) in made:
            yield thing


def _doomed(plan: Plan, vhost: str, kinds: Iterable[str]) -> Iterable[tuple[str, ...]]:
    for kind in kinds:
        for thing in plan.removed(kind):
            yield _address(thing, vhost)


def _address(thing: Thing, vhost: str) -> tuple[str, ...]:
    match thing.kind:
        case "binding":
            source, target, _, target_kind, properties = thing.name
            return ("bindings", vhost, "e", source, target_kind, target, properties)
        case "right":
            return ("permissions", vhost, thing.name[0])
        case "user":
            return ("users", thing.name[0])
        case "policy":
            return ("policies", vhost, thing.name[0])
        case "exchange":
            return ("exchanges", vhost, thing.name[0])
        case "queue":
            return ("queues", vhost, thing.name[0])


async def _remove_queues(
    plan: Plan, vhost: str, management: Management, amqp_url: str, discard_messages: bool
) -> tuple[str, ...]:
    doomed, kept = [], []
    for thing in plan.removed("queue"):
        messages = 0 if discard_messages else await _messages_in(thing.name[0], vhost, management, amqp_url)
        if messages:
            kept.append(f"{thing} holds {messages} messages and was left as it is")
        else:
            doomed.append(_address(thing, vhost))
    await management.delete_all(doomed)
    return tuple(kept)


async def _messages_in(queue: str, vhost: str, management: Management, amqp_url: str) -> int:
    """The larger of two counts: statistics know unacknowledged messages but lag, a passive declare is exact."""
    counted = int((await management.get("queues", vhost, queue)).get("messages", 0))
    if not amqp_url:
        return counted or 1
    connection = await aio_pika.connect(amqp_url, timeout=10)
    async with connection:
        channel = await connection.channel()
        try:
            declared = await channel.declare_queue(queue, passive=True)
        except ChannelClosed:
            return counted
        return max(counted, declared.declaration_result.message_count or 0)


async def _remove_users(plan: Plan, management: Management) -> None:
    """Delete a user of an agreement once it has no right in any virtual host."""
    for thing in plan.removed("user"):
        if not await management.get("users", thing.name[0], "permissions"):
            await management.delete("users", thing.name[0])


async def _close(management: Management, user: str) -> None:
    """Close every connection of the user; it may come back with the rights it has now."""
    try:
        await management.delete("connections", "username", user)
    except BrokerUnreachable:
        rows = await management.get("connections")
        await management.delete_all(("connections", row["name"]) for row in rows if row.get("user") == user)
