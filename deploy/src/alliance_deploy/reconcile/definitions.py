"""RabbitMQ's definitions format: everything that a plan adds or changes, for one request or one file."""

from typing import Any

from alliance_deploy.reconcile.picture import MANAGED, wanted
from alliance_deploy.reconcile.plan import Plan, difference
from alliance_deploy.reconcile.secrets import Secrets, hashed
from alliance_deploy.topology import Topology


def all_definitions(topology: Topology, secrets: Secrets) -> dict[str, Any]:
    """The whole topology, for a broker that is still empty; it names no administrator."""
    return definitions(difference(wanted(topology), {}), topology, "", secrets)


def definitions(plan: Plan, topology: Topology, admin: str, secrets: Secrets) -> dict[str, Any]:
    """What must be made or changed, in RabbitMQ's own format: one request does it all."""
    vhost = topology.vhost
    made = {kind: {thing.name for thing in plan.made(kind)} for kind in ("user", "right", "exchange", "queue")}
    policies = {thing.name for thing in plan.made("policy")}
    bindings = {thing.name[:3] for thing in plan.made("binding")}
    queues = [queue for queue in topology.queues if (queue.name,) in made["queue"]]
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    rights = [{"user": admin, "vhost": vhost, **everything}] if admin else []
    for user in topology.users:
        if (user.name,) in made["right"]:
            own = {"configure": user.configure, "write": user.write, "read": user.read}
            rights.append({"user": user.name, "vhost": vhost, **own})
    return {
        "vhosts": [{"name": vhost}],
        "users": [
            {
                "name": user.name,
                "password_hash": hashed(secrets.password(user.name)),
                "hashing_algorithm": "rabbit_password_hashing_sha256",
                "tags": [MANAGED],
                "limits": {"max-connections": user.max_connections, "max-channels": user.max_channels},
            }
            for user in topology.users
            if (user.name,) in made["user"]
        ],
        "permissions": rights,
        "policies": [
            {"name": p.name, "vhost": vhost, "pattern": p.pattern, "apply-to": "queues", "priority": 0}
            | {"definition": dict(p.definition)}
            for p in topology.policies
            if (p.name,) in policies
        ],
        "exchanges": [
            {"name": e.name, "vhost": vhost, "type": e.type, "durable": True, "auto_delete": False}
            | {"internal": False, "arguments": {}}
            for e in topology.exchanges
            if (e.name,) in made["exchange"]
        ],
        "queues": [
            {"name": q.name, "vhost": vhost, "durable": True, "auto_delete": False, "arguments": q.arguments}
            for q in queues
        ],
        "bindings": [
            {"source": b.source, "vhost": vhost, "destination": b.queue, "destination_type": "queue"}
            | {"routing_key": b.key, "arguments": {}}
            for b in topology.bindings
            if (b.source, b.queue, b.key) in bindings
        ],
    }
