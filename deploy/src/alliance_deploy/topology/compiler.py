"""Agreement and manifests in, topology out: the table of MESSAGING §2, service by service."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from alliance.contracts import Event
from alliance.contracts.catalogue import catalogue
from alliance_deploy.agreement.manifest import Manifest
from alliance_deploy.agreement.model import Agreement
from alliance_deploy.topology.parts import Binding, Exchange, Policy, Queue, Topology, User

RETRY_RUNGS = {"5s": 5_000, "5m": 300_000}
"""The ladder: name of the rung and how long a message waits on it, in milliseconds."""

LANES = ("inbox", "urgent")
AT_LEAST_ONCE = {"dead-letter-strategy": "at-least-once", "overflow": "reject-publish"}
"""RabbitMQ keeps a dead letter until its target confirms it only with this overflow; it caps nothing by itself."""


def compile_topology(
    agreement: Agreement,
    manifests: Mapping[str, Manifest],
    *,
    vhost: str = "alliance",
    rungs: Mapping[str, int] = RETRY_RUNGS,
    broker: tuple[int, int] = (3, 10),
) -> Topology:
    """Pure: the same agreement and manifests give the same topology. `broker` is RabbitMQ's (major, minor)."""
    services = sorted(agreement.services)
    return Topology(
        vhost=vhost,
        users=tuple(user for service in services for user in _users(agreement, service)),
        exchanges=tuple(exchange for service in services for exchange in _exchanges(service, rungs)),
        queues=tuple(queue for service in services for queue in _queues(service, rungs)),
        bindings=tuple(sorted(set(_bindings(agreement, manifests, rungs)), key=lambda b: (b.queue, b.source, b.key))),
        policies=tuple(policy for service in services for policy in _policies(agreement, service, rungs, broker)),
    )


def users_of(service: str) -> tuple[str, str]:
    """Two users per service, so that its credentials can be renewed without a gap."""
    return service, f"{service}.b"


def _users(agreement: Agreement, service: str) -> Iterable[User]:
    own = re.escape(service)
    logs = [re.escape(publisher) for publisher in agreement.may_read_log_of(service)]
    read = rf"^{own}\.(inbox|urgent|quarantine)$" + (rf"|^({'|'.join(logs)})\.log$" if logs else "")
    terms = agreement.services[service]
    for name in users_of(service):
        yield User(
            name=name,
            service=service,
            configure="^$",
            write=rf"^{own}\.(events|personal|retry\..*|quarantine)$",
            read=read,
            max_connections=terms.connections,
            max_channels=terms.channels,
        )


def _exchanges(service: str, rungs: Mapping[str, int]) -> Iterable[Exchange]:
    yield Exchange(f"{service}.events", "topic")
    yield Exchange(f"{service}.personal", "topic")
    yield Exchange(f"{service}.return", "direct")
    yield Exchange(f"{service}.quarantine", "fanout")
    for rung in rungs:
        yield Exchange(f"{service}.retry.{rung}", "fanout")


def _queues(service: str, rungs: Mapping[str, int]) -> Iterable[Queue]:
    for lane in LANES:
        yield Queue(f"{service}.{lane}", "quorum", single_active_consumer=True)
    for rung in rungs:
        yield Queue(f"{service}.retry.{rung}", "quorum")
    yield Queue(f"{service}.quarantine", "quorum")
    yield Queue(f"{service}.log", "stream")


def _bindings(agreement: Agreement, manifests: Mapping[str, Manifest], rungs: Mapping[str, int]) -> Iterable[Binding]:
    known = catalogue()
    for service in agreement.services:
        manifest = manifests.get(service, Manifest(service=service))
        for rung in rungs:
            yield Binding(f"{service}.retry.{rung}", f"{service}.retry.{rung}", "")
        yield Binding(f"{service}.quarantine", f"{service}.quarantine", "")
        for lane in LANES:
            yield Binding(f"{service}.return", f"{service}.{lane}", lane)
        for said in manifest.says:
            if said in known and known[said].confidentiality == "open":
                yield Binding(f"{service}.events", f"{service}.log", known[said].routing_key())
        yield from _heard(agreement, manifest, known, only_itself=agreement.is_suspended(service))


def _heard(
    agreement: Agreement, manifest: Manifest, known: Mapping[str, type[Event]], *, only_itself: bool
) -> Iterable[Binding]:
    """Only what is granted *and* heard: an event without a reaction would end in quarantine.

    A suspended member still hears itself: by its own events one of its documents follows another.
    """
    listener, open_types, personal_types = (
        manifest.service,
        agreement.may_hear(manifest.service),
        agreement.may_receive(manifest.service),
    )
    for heard in manifest.hears:
        if heard not in known:
            continue
        event = known[heard]
        lane, publisher = f"{listener}.{event.lane}", event.publisher()
        if only_itself and publisher != listener:
            continue
        if event.confidentiality == "personal" and heard in personal_types:
            yield Binding(f"{publisher}.personal", lane, f"{event.routing_key()}.{listener}")
        elif event.confidentiality != "personal" and heard in open_types:
            yield Binding(f"{publisher}.events", lane, event.routing_key())


def _policies(
    agreement: Agreement, service: str, rungs: Mapping[str, int], broker: tuple[int, int]
) -> Iterable[Policy]:
    own, terms = re.escape(service), agreement.broker
    unlimited: dict[str, Any] = {"delivery-limit": -1} if broker >= (4, 0) else {}
    yield Policy(
        f"{service}.lanes",
        rf"^{own}\.(inbox|urgent)$",
        {
            "dead-letter-exchange": f"{service}.quarantine",
            "dead-letter-routing-key": "quarantine",
            **AT_LEAST_ONCE,
            **unlimited,
        },
    )
    for rung, milliseconds in rungs.items():
        yield Policy(
            f"{service}.retry.{rung}",
            rf"^{own}\.retry\.{re.escape(rung)}$",
            {
                "message-ttl": milliseconds,
                "dead-letter-exchange": f"{service}.return",
                "max-length-bytes": terms.retry_bytes,
                **AT_LEAST_ONCE,
                **unlimited,
            },
        )
    yield Policy(
        f"{service}.quarantine",
        rf"^{own}\.quarantine$",
        {"max-length-bytes": terms.quarantine_bytes, "overflow": "reject-publish", **unlimited},
    )
    yield Policy(
        f"{service}.log",
        rf"^{own}\.log$",
        {"max-age": f"{terms.log_days}D", "stream-max-segment-size-bytes": terms.log_segment_bytes},
    )
