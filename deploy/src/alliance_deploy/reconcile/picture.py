"""What a broker holds, as one flat mapping: the same shape for what is wanted and for what is there."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from alliance_deploy.reconcile.management import Management
from alliance_deploy.reconcile.secrets import Secrets, matches
from alliance_deploy.topology import Topology

Kind = Literal["user", "right", "exchange", "queue", "binding", "policy"]
MANAGED = "alliance-service"
"""The tag of users that belong to an agreement. It gives no rights; a user without it is never deleted."""

TAPS = "alliance.tap."
"""Queues by which an operator listens in for a while (`alliance events tail`): left alone, they end by themselves."""


@dataclass(frozen=True, order=True)
class Thing:
    """Identity of one part: its kind and its name (a binding's name is source, queue and key)."""

    kind: Kind
    name: tuple[str, ...]

    def __str__(self) -> str:
        if self.kind == "binding":
            source, target, key = self.name[0], self.name[1], self.name[2]
            return f"binding {source} → {target} by {key!r}"
        return f"{self.kind} {self.name[0]}"


Picture = Mapping[Thing, Any]


def wanted(topology: Topology) -> dict[Thing, Any]:
    picture: dict[Thing, Any] = {}
    for user in topology.users:
        limits = {"max-connections": user.max_connections, "max-channels": user.max_channels}
        picture[Thing("user", (user.name,))] = {"password": "agreed", "tags": [MANAGED], "limits": limits}
        picture[Thing("right", (user.name,))] = {"configure": user.configure, "write": user.write, "read": user.read}
    for exchange in topology.exchanges:
        picture[Thing("exchange", (exchange.name,))] = _exchange(exchange.type)
    for queue in topology.queues:
        picture[Thing("queue", (queue.name,))] = {"durable": True, "arguments": queue.arguments}
    for binding in topology.bindings:
        picture[Thing("binding", (binding.source, binding.queue, binding.key, "q", _plain(binding.key)))] = {}
    for policy in topology.policies:
        picture[Thing("policy", (policy.name,))] = _policy(policy.pattern, dict(policy.definition))
    return picture


async def present(management: Management, topology: Topology, secrets: Secrets, operators: frozenset[str]) -> Picture:
    """What the virtual host holds now; operators' users and the broker's own exchanges are left out."""
    vhost = topology.vhost
    if all(row["name"] != vhost for row in await management.get("vhosts")):
        return {}
    exchanges, queues, bindings, policies, rights, users, limits = await asyncio.gather(
        management.get("exchanges", vhost),
        management.get("queues", vhost),
        management.get("bindings", vhost),
        management.get("policies", vhost),
        management.get("vhosts", vhost, "permissions"),
        management.get("users"),
        management.get("user-limits"),
    )
    agreed = {user.name for user in topology.users}
    limit_of = {row["user"]: row["value"] for row in limits}
    holders = {row["user"] for row in rights} - operators
    picture: dict[Thing, Any] = {}
    for row in users:
        name = row["name"]
        if name in agreed or (name in holders and MANAGED in row["tags"]):
            known = name in agreed and matches(secrets.password(name), row["password_hash"])
            state = "agreed" if known else "other"
            limited = limit_of.get(name, {})
            picture[Thing("user", (name,))] = {"password": state, "tags": row["tags"], "limits": limited}
    for row in rights:
        if row["user"] in holders:
            picture[Thing("right", (row["user"],))] = {part: row[part] for part in ("configure", "write", "read")}
    for row in exchanges:
        if row["name"] and not row["name"].startswith("amq."):
            name = Thing("exchange", (row["name"],))
            picture[name] = _exchange(row["type"], row["durable"], row["internal"], row["arguments"])
    for row in queues:
        if row["name"].startswith(TAPS):
            continue
        picture[Thing("queue", (row["name"],))] = {"durable": row["durable"], "arguments": row["arguments"]}
    for row in bindings:
        if row["source"] and not row["destination"].startswith(TAPS):
            target = "q" if row["destination_type"] == "queue" else "e"
            name = (row["source"], row["destination"], row["routing_key"], target, row["properties_key"])
            picture[Thing("binding", name)] = row["arguments"]
    for row in policies:
        picture[Thing("policy", (row["name"],))] = _policy(
            row["pattern"], row["definition"], row["apply-to"], row["priority"]
        )
    return picture


def _plain(key: str) -> str:
    """The management API's name for a binding without arguments."""
    return key or "~"


def _exchange(kind: str, durable: bool = True, internal: bool = False, arguments: Any = None) -> dict[str, Any]:
    return {"type": kind, "durable": durable, "internal": internal, "arguments": arguments or {}}


def _policy(pattern: str, definition: dict[str, Any], apply_to: str = "queues", priority: int = 0) -> dict[str, Any]:
    return {"pattern": pattern, "apply-to": apply_to, "priority": priority, "definition": definition}
