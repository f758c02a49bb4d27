"""Everything that a service's user might try at the broker, as a table: what it must not do, and what it must."""

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiormq.abc import AbstractChannel
from pamqp.commands import Basic

from alliance_deploy.topology import Topology
from alliance_deploy.topology.compiler import users_of

Act = Callable[[AbstractChannel], Awaitable[Any]]
FORGED = b'{"forged": true}'
PERSISTENT = 2
REFUSED, FALSE_SIGNATURE, UNHEARD = "access refused", "precondition failed", "reaches nobody"


@dataclass(frozen=True)
class Attempt:
    """One operation on a channel of the user's own; `at` is the service that it is aimed at.

    `refusal` is the one answer that counts as a refusal: anything else would hide a right that should not be there.
    """

    what: str
    at: str
    act: Act
    refusal: str = REFUSED


def forbidden_to(user: str, topology: Topology) -> Iterator[Attempt]:
    """What must be refused. A service's second user has the same rights as the first."""
    own = service_of(user, topology)
    services = sorted({user.service for user in topology.users})
    readable = logs_of(user, topology)
    yield from _against_everybody(user, own, topology)
    for other in services:
        if other != own:
            yield from _speaking(user, own, other, topology)
            yield from _planting(own, other)
            yield from _listening(own, other, topology, with_log=other not in readable)


def allowed_to(user: str, topology: Topology) -> Iterator[Attempt]:
    """What must work: speak as itself, retry, quarantine, listen to its own queues and the logs granted."""
    own = service_of(user, topology)
    spoken = next((b.key for b in topology.bindings if b.source == f"{own}.events"), None)
    if spoken:
        yield Attempt("publish its own event", own, _say(f"{own}.events", spoken, user))
    yield Attempt("publish personal data as itself", own, _say(f"{own}.personal", "anything.v1.nobody", user, False))
    for rung in retries_of(own, topology):
        yield Attempt(f"publish to {rung}", own, _say(rung, "inbox", user))
    yield Attempt("put into its own quarantine", own, _say(f"{own}.quarantine", "", user))
    for queue in ("inbox", "urgent", "quarantine"):
        yield Attempt(f"listen to its own {queue}", own, _consume(f"{own}.{queue}"))
    for publisher in logs_of(user, topology):
        yield Attempt(f"read the log of {publisher}", publisher, _consume(f"{publisher}.log"))


def service_of(user: str, topology: Topology) -> str:
    return next(one.service for one in topology.users if one.name == user)


def logs_of(user: str, topology: Topology) -> list[str]:
    """Publishers whose log this user's rights name."""
    right = next(one.read for one in topology.users if one.name == user)
    services = {one.service for one in topology.users}
    return sorted(service for service in services if re.search(right, f"{service}.log"))


def retries_of(service: str, topology: Topology) -> list[str]:
    return [one.name for one in topology.exchanges if one.name.startswith(f"{service}.retry.")]


def _speaking(user: str, own: str, other: str, topology: Topology) -> Iterator[Attempt]:
    """Saying something in another's name, or slipping something into another's queue."""
    keys = sorted({b.key for b in topology.bindings if b.source == f"{other}.events"}) or ["anything.v1"]
    for exchange in ("events", "personal", "return", "quarantine"):
        yield Attempt(f"publish to {exchange}", other, _say(f"{other}.{exchange}", keys[0], user))
    for rung in retries_of(other, topology):
        yield Attempt(f"publish to {rung.removeprefix(f'{other}.')}", other, _say(rung, "inbox", user))
    for queue in ("inbox", "urgent", "quarantine", "log"):
        yield Attempt(f"publish to {queue} by the default exchange", other, _say("", f"{other}.{queue}", user))
    yield Attempt("sign as it", other, _say(f"{own}.events", keys[0], other), FALSE_SIGNATURE)
    for second in users_of(other):
        yield Attempt(f"sign a retry as {second}", other, _say(f"{own}.retry.5s", "inbox", second), FALSE_SIGNATURE)
    ours = {b.key for b in topology.bindings if b.source == f"{own}.events"}
    theirs = [key for key in keys if key not in ours]
    for header in ("CC", "BCC"):
        copies: dict[str, Any] = {header: [*theirs, f"{other}.inbox", f"{other}.urgent"]}
        act = _say(f"{own}.events", "no-such-thing.v1", user, copies=copies)
        yield Attempt(f"publish with {header} to its keys and queues", other, act, UNHEARD)


def _planting(own: str, other: str) -> Iterator[Attempt]:
    """Making something that would speak or listen later. Dead-letter and alternate exchanges need a declaration."""
    far, near = f"{other}.events", f"{own}.events"
    yield Attempt("bind its events to one's own", other, lambda ch: ch.exchange_bind(far, near, "#"))
    yield Attempt(
        "bind its personal exchange to one's own", other, lambda ch: ch.exchange_bind(f"{other}.personal", near)
    )
    yield Attempt("bind its return exchange to one's own", other, lambda ch: ch.exchange_bind(f"{other}.return", near))
    yield Attempt("bind one's own events to its", other, lambda ch: ch.exchange_bind(near, far, "#"))
    yield Attempt("bind one's own retry to its events", other, lambda ch: ch.exchange_bind(f"{own}.retry.5s", far, "#"))
    yield Attempt(
        "declare an exchange with its events as alternate",
        other,
        partial(_declare_exchange, name=f"{own}.side", arguments={"alternate-exchange": far}),
    )
    for target in (far, f"{other}.return", f"{other}.retry.5s", ""):
        arguments = {
            "x-dead-letter-exchange": target,
            "x-dead-letter-routing-key": f"{other}.inbox",
            "x-message-ttl": 1,
        }
        yield Attempt(
            f"declare a queue whose dead letters go to {target or 'the default exchange'}",
            other,
            partial(_declare_queue, name=f"{own}.side", arguments=arguments),
        )


def _listening(own: str, other: str, topology: Topology, *, with_log: bool) -> Iterator[Attempt]:
    """Hearing without a grant, and taking away what belongs to another."""
    queues = [queue.name for queue in topology.queues if queue.name.startswith(f"{other}.")]
    for queue in queues:
        if with_log or not queue.endswith(".log"):
            yield Attempt(f"consume {queue}", other, _consume(queue))
        yield Attempt(f"delete {queue}", other, partial(_delete_queue, name=queue))
        if not queue.endswith(".log"):
            yield Attempt(f"get from {queue}", other, partial(_get, name=queue))
            yield Attempt(f"purge {queue}", other, partial(_purge, name=queue))
        yield Attempt(f"bind one's own events to {queue}", other, partial(_bind, name=queue, source=f"{own}.events"))
    for mine in (f"{own}.quarantine", f"{own}.retry.5s", f"{own}.inbox"):
        for source in (f"{other}.events", f"{other}.personal"):
            yield Attempt(f"bind {mine} to {source}", other, partial(_bind, name=mine, source=source))
        yield Attempt(f"unbind {mine} from its events", other, partial(_unbind, name=mine, source=f"{other}.events"))
    for exchange in (one.name for one in topology.exchanges if one.name.startswith(f"{other}.")):
        yield Attempt(f"delete the exchange {exchange}", other, partial(_delete_exchange, name=exchange))


def _against_everybody(user: str, own: str, topology: Topology) -> Iterator[Attempt]:
    """Creating, deleting and signing falsely, at nobody in particular."""
    for kind in ("direct", "fanout", "topic", "headers"):
        yield Attempt(f"declare a {kind} exchange", own, partial(_declare_exchange, name=f"{own}.new", kind=kind))
    yield Attempt("declare its own events anew", own, partial(_declare_exchange, name=f"{own}.events", kind="topic"))
    for kind in ("classic", "quorum", "stream"):
        arguments = {"x-queue-type": kind}
        yield Attempt(f"declare a {kind} queue", own, partial(_declare_queue, name=f"{own}.new", arguments=arguments))
    yield Attempt("declare a queue named by the server", own, lambda ch: ch.queue_declare(exclusive=True))
    for exchange in ("amq.topic", "amq.direct", "amq.fanout", "amq.headers", "amq.rabbitmq.trace"):
        yield Attempt(f"publish to {exchange}", own, _say(exchange, "anything.v1", user))
        yield Attempt(f"listen to {exchange}", own, partial(_bind, name=f"{own}.quarantine", source=exchange))
    yield Attempt("publish straight to its own inbox", own, _say("", f"{own}.inbox", user))
    yield Attempt("publish to its own return exchange", own, _say(f"{own}.return", "inbox", user))
    yield Attempt(
        "sign as the administrator", own, _say(f"{own}.events", "anything.v1", "alliance-admin"), FALSE_SIGNATURE
    )
    for queue in (one.name for one in topology.queues if one.name.startswith(f"{own}.")):
        yield Attempt(f"delete its own {queue}", own, partial(_delete_queue, name=queue))
    for exchange in (one.name for one in topology.exchanges if one.name.startswith(f"{own}.")):
        yield Attempt(f"delete its own exchange {exchange}", own, partial(_delete_exchange, name=exchange))


def _say(exchange: str, key: str, signed: str, routable: bool = True, copies: dict[str, Any] | None = None) -> Act:
    def publish(channel: AbstractChannel) -> Awaitable[Any]:
        properties = Basic.Properties(user_id=signed, delivery_mode=PERSISTENT, headers=copies)
        return channel.basic_publish(
            FORGED, exchange=exchange, routing_key=key, properties=properties, mandatory=routable
        )

    return publish


def _consume(queue: str) -> Act:
    async def nothing(_: object) -> None:
        return None

    async def consume(channel: AbstractChannel) -> None:
        await channel.basic_qos(prefetch_count=1)
        started = await channel.basic_consume(queue, nothing)
        await channel.basic_cancel(started.consumer_tag or "")

    return consume


async def _declare_exchange(
    channel: AbstractChannel, *, name: str, kind: str = "topic", arguments: dict[str, Any] | None = None
) -> None:
    await channel.exchange_declare(name, exchange_type=kind, durable=True, arguments=arguments)


async def _declare_queue(channel: AbstractChannel, *, name: str, arguments: dict[str, Any]) -> None:
    await channel.queue_declare(name, durable=True, arguments=arguments)


async def _bind(channel: AbstractChannel, *, name: str, source: str) -> None:
    await channel.queue_bind(name, source, "#")


async def _unbind(channel: AbstractChannel, *, name: str, source: str) -> None:
    await channel.queue_unbind(name, source, "#")


async def _get(channel: AbstractChannel, *, name: str) -> None:
    await channel.basic_get(name)


async def _purge(channel: AbstractChannel, *, name: str) -> None:
    await channel.queue_purge(name)


async def _delete_queue(channel: AbstractChannel, *, name: str) -> None:
    await channel.queue_delete(name)


async def _delete_exchange(channel: AbstractChannel, *, name: str) -> None:
    await channel.exchange_delete(name)
