"""On a real broker every user tries everything that is forbidden; nothing of it works, and what is agreed does."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiormq
import pytest
from aiormq.abc import AbstractChannel, DeliveredMessage
from aiormq.exceptions import AMQPError
from pamqp.commands import Basic

from alliance.contracts.catalogue import SERVICES, catalogue
from alliance_deploy.agreement import Manifest, load_agreement
from alliance_deploy.isolation import Finding, examine, table
from alliance_deploy.isolation.examination import counts
from alliance_deploy.testing import LaidOutVhost, LayOut
from alliance_deploy.topology import Topology, compile_topology

pytestmark = pytest.mark.broker

AGREEMENT = load_agreement(Path(__file__).parents[2] / "agreement.toml")
RUNGS = {"5s": 200, "5m": 400}
MANIFESTS = [
    Manifest(
        service=service,
        hears=tuple(sorted(AGREEMENT.may_hear(service) | AGREEMENT.may_receive(service))),
        says=tuple(sorted(kind for kind in catalogue() if kind.startswith(f"{service}."))),
    )
    for service in SERVICES
]
USERS = [name for service in sorted(SERVICES) for name in (service, f"{service}.b")]


def topology_of(vhost: LaidOutVhost) -> Topology:
    return compile_topology(vhost.agreement, vhost.manifests, vhost=vhost.name, rungs=vhost.rungs)


async def settle(vhost: LaidOutVhost, condition: Callable[[dict[str, int]], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition(await counts(topology_of(vhost), vhost.admin_url)):
            await asyncio.sleep(0.05)


async def reject_next(channel: AbstractChannel, queue: str) -> None:
    taken: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def take(message: DeliveredMessage) -> None:
        taken.set_result(message.delivery_tag or 0)

    await channel.basic_qos(prefetch_count=1)
    await channel.basic_consume(queue, take)
    await channel.basic_reject(await asyncio.wait_for(taken, 5), requeue=False)


def of(findings: list[Finding], *, forbidden: bool) -> list[Finding]:
    return [finding for finding in findings if finding.forbidden is forbidden]


async def test_nothing_forbidden_works_and_everything_agreed_does(
    alliance_vhost: LayOut, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    vhost = await alliance_vhost(MANIFESTS, AGREEMENT, rungs=RUNGS)
    topology = topology_of(vhost)
    findings = await examine(topology, vhost.url)
    (tmp_path / "isolation.md").write_text(table(findings))
    with capsys.disabled():
        print("\n" + table(findings))
    assert [str(finding) for finding in findings if not finding.right] == []
    assert {finding.user for finding in findings} == set(USERS)
    assert len(of(findings, forbidden=True)) > 100 * len(USERS)
    assert len(of(findings, forbidden=False)) >= 8 * len(USERS)


@pytest.mark.parametrize(
    ("kind", "right", "caught"),
    [
        ("write", r"^triage\.(events|personal|retry\..*|quarantine)$|^finance\.events$", "publish to events"),
        ("write", r"^triage\.(events|personal|retry\..*|quarantine)$|^amq\.default$", "by the default exchange"),
        ("write", r"^triage\..*$|^finance\.return$", "publish to return"),
        ("read", r"^.*\.(inbox|urgent|quarantine)$", "consume finance.inbox"),
        ("read", r"^triage\.(inbox|urgent|quarantine)$|^intake\.events$", "bind triage.quarantine to intake.events"),
        ("read", r"^triage\.(inbox|urgent|quarantine)$|^intake\.log$", "consume intake.log"),
        ("configure", r"^triage\.(side|new)$", "declare a topic exchange"),
        ("configure", r"^triage\.inbox$", "delete its own triage.inbox"),
    ],
)
async def test_a_planted_hole_is_caught(alliance_vhost: LayOut, kind: str, right: str, caught: str) -> None:
    vhost = await alliance_vhost(MANIFESTS, AGREEMENT, rungs=RUNGS)
    topology = topology_of(vhost)
    agreed = next(user for user in topology.users if user.name == "triage")
    rights = {"configure": agreed.configure, "write": agreed.write, "read": agreed.read, kind: right}
    await vhost.management.put("permissions", vhost.name, "triage", body=rights)

    findings = await examine(topology, vhost.url, users=["triage"])
    assert any(caught in finding.what for finding in findings if not finding.right), table(findings)


@pytest.mark.parametrize("key", ["finance.inbox", "commitment-opened.v1", "finance.events", "quarantine", "#"])
async def test_a_retry_never_leaves_its_own_service(alliance_vhost: LayOut, key: str) -> None:
    vhost = await alliance_vhost(MANIFESTS, AGREEMENT, rungs=RUNGS)
    connection = await aiormq.connect(vhost.url("triage"))
    channel = await connection.channel(on_return_raises=True)
    copies: dict[str, Any] = {"CC": ["finance.inbox", "urgent"], "BCC": ["finance.urgent"]}
    properties = Basic.Properties(user_id="triage", delivery_mode=2, headers=copies)
    await channel.basic_publish(b"{}", exchange="triage.retry.5s", routing_key=key, properties=properties)
    await channel.basic_publish(b"{}", exchange="triage.retry.5s", routing_key="inbox", properties=properties)
    await settle(vhost, lambda held: held["triage.inbox"] >= 1 and held["triage.retry.5s"] == 0)
    held = await counts(topology_of(vhost), vhost.admin_url)
    assert {queue for queue, messages in held.items() if messages} <= {"triage.inbox", "triage.urgent"}
    await connection.close()


async def test_what_another_said_cannot_be_passed_on_through_the_own_quarantine(alliance_vhost: LayOut) -> None:
    """A service may bind what it may read to what it may write: its quarantine to its events, all its own."""
    vhost = await alliance_vhost(MANIFESTS, AGREEMENT, rungs=RUNGS)
    triage = await aiormq.connect(vhost.url("triage"))
    binding = await triage.channel()
    for key in ("quarantine", "introduction-accepted.v1", "case-opened.v1"):
        await binding.exchange_bind("triage.events", "triage.quarantine", key)
    intake = await aiormq.connect(vhost.url("intake"))
    said = Basic.Properties(user_id="intake", delivery_mode=2, headers={"CC": ["case-opened.v1"]})
    speaking = await intake.channel(on_return_raises=True)
    await speaking.basic_publish(
        b"{}", exchange="intake.events", routing_key="introduction-accepted.v1", properties=said
    )
    await settle(vhost, lambda held: held["triage.inbox"] == 1)
    await reject_next(binding, "triage.inbox")
    await settle(vhost, lambda held: held["triage.quarantine"] == 1)
    held = await counts(topology_of(vhost), vhost.admin_url)
    heard = {queue: messages for queue, messages in held.items() if messages}
    assert heard == {"triage.quarantine": 1, "notify.inbox": 1, "reporting.inbox": 1}
    await triage.close()
    await intake.close()


async def test_a_service_has_no_way_into_the_management_api_or_another_virtual_host(alliance_vhost: LayOut) -> None:
    vhost = await alliance_vhost(MANIFESTS, AGREEMENT, rungs=RUNGS)
    from alliance_deploy.reconcile import BrokerUnreachable, Management

    for user in USERS:
        async with Management(vhost.node.management_url, user, vhost.secrets.password(user)) as management:
            with pytest.raises(BrokerUnreachable, match="401"):
                await management.get("queues", vhost.name)
        with pytest.raises(AMQPError):
            await aiormq.connect(vhost.node.amqp_url(user, vhost.secrets.password(user), "/"))
