"""Pytest fixtures: a private broker node and store for the session, and virtual hosts laid out as an agreement says."""

import secrets as random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

if TYPE_CHECKING:
    from alliance_deploy.agreement import Agreement, Manifest
    from alliance_deploy.embedded import RabbitNode, StoreServer
    from alliance_deploy.reconcile import Management, Outcome, Secrets


@dataclass
class LaidOutVhost:
    """A virtual host of its own on the session's node, with the users, rights and queues of an agreement."""

    name: str
    node: "RabbitNode"
    management: "Management"
    secrets: "Secrets"
    agreement: "Agreement"
    manifests: dict[str, "Manifest"]
    rungs: dict[str, int]

    def url(self, user: str) -> str:
        """AMQP URL for a service (`triage`), or for its second user (`triage.b`)."""
        return self.node.amqp_url(user, self.secrets.password(user), self.name)

    @property
    def admin_url(self) -> str:
        """For looking and for planting holes: may do everything here."""
        return self.node.amqp_url(vhost=self.name)

    async def apply(
        self,
        agreement: "Agreement | None" = None,
        manifests: "Iterable[Manifest] | None" = None,
        *,
        discard_messages: bool = False,
    ) -> "Outcome":
        """Reconcile with a changed agreement or changed manifests, as `alliance agreement apply` does."""
        from alliance_deploy.agreement import by_service
        from alliance_deploy.reconcile import apply
        from alliance_deploy.topology import compile_topology

        self.agreement = agreement or self.agreement
        self.manifests = self.manifests if manifests is None else by_service(manifests)
        topology = compile_topology(self.agreement, self.manifests, vhost=self.name, rungs=self.rungs)
        return await apply(
            topology, self.management, self.secrets, amqp_url=self.admin_url, discard_messages=discard_messages
        )


LayOut = Callable[..., Awaitable[LaidOutVhost]]


def agreement_granting(
    manifests: "Sequence[Manifest]", *, logs: Iterable[tuple[str, str]] = (), **also: Any
) -> "Agreement":
    """An agreement of one made-up member per service, granting all that is heard; `logs`: (reader, publisher)."""
    from alliance.contracts.catalogue import SERVICES, catalogue
    from alliance_deploy.agreement import Agreement

    hears, personal, known = [], [], catalogue()
    for manifest in manifests:
        for heard in manifest.hears:
            publisher, _, event = heard.partition(".")
            grant = {"publisher": publisher, "events": [event], "why": "made up for a test"}
            if heard in known and known[heard].confidentiality == "personal":
                personal.append({**grant, "recipient": manifest.service, "basis": "direct-care-implied"})
            else:
                hears.append({**grant, "listener": manifest.service})
    names = sorted({*SERVICES, *(manifest.service for manifest in manifests)})
    return Agreement.model_validate(
        {
            "name": "Made-up Alliance",
            "members": {f"{name}-member": {"name": name, "capacities": ["provider"]} for name in names},
            "services": {name: {"owner": f"{name}-member"} for name in names},
            "hears": hears,
            "personal": personal,
            "logs": [{"reader": reader, "publisher": who, "why": "made up for a test"} for reader, who in logs],
            **also,
        }
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def broker_node(tmp_path_factory: pytest.TempPathFactory) -> "AsyncIterator[RabbitNode]":
    """One private RabbitMQ for the whole session. A test that kills it starts it again."""
    from alliance_deploy.embedded import RabbitNode

    node = RabbitNode(tmp_path_factory.mktemp("broker"))
    await node.start()
    yield node
    await node.kill()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def store_server(tmp_path_factory: pytest.TempPathFactory) -> "AsyncIterator[StoreServer]":
    """One embedded store for the whole session (`.url`); use a database of your own in it."""
    from alliance_deploy.embedded import StoreServer

    store = StoreServer(tmp_path_factory.mktemp("store"))
    await store.start()
    yield store
    await store.stop()


@pytest.fixture(scope="session")
def broker_secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Users belong to the node, not to a virtual host: one set of passwords for the session."""
    return tmp_path_factory.mktemp("secrets")


@pytest_asyncio.fixture(loop_scope="session")
async def alliance_vhost(broker_node: "RabbitNode", broker_secrets: Path) -> AsyncIterator[LayOut]:
    """`vhost = await alliance_vhost(manifests, logs=[("reporting", "intake")], rungs={"5s": 200, "5m": 400})`.

    Everything that the manifests hear is granted, unless an `agreement` is given. Deleted after the test.
    """
    from alliance_deploy.reconcile import Management, Secrets
    from alliance_deploy.topology import RETRY_RUNGS

    made: list[str] = []
    async with Management(broker_node.management_url, *broker_node.admin) as management:

        async def lay_out(
            manifests: "Sequence[Manifest]",
            agreement: "Agreement | None" = None,
            *,
            logs: Iterable[tuple[str, str]] = (),
            rungs: dict[str, int] | None = None,
        ) -> LaidOutVhost:
            vhost = LaidOutVhost(
                name=f"test-{random.token_hex(4)}",
                node=broker_node,
                management=management,
                secrets=Secrets(broker_secrets),
                agreement=agreement or agreement_granting(manifests, logs=logs),
                manifests={manifest.service: manifest for manifest in manifests},
                rungs=dict(rungs or RETRY_RUNGS),
            )
            made.append(vhost.name)
            outcome = await vhost.apply()
            assert outcome.equal, str(outcome.remaining)
            return vhost

        yield lay_out
        if broker_node.running:
            await management.delete_all(("vhosts", name) for name in made)
