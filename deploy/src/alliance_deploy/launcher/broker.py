"""Which RabbitMQ: the one named by `ALLIANCE_AMQP_URL`, a private node of the machine's server, or a container."""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from alliance_deploy.embedded import RabbitNode, find_server
from alliance_deploy.install import install_rabbitmq, may_install
from alliance_deploy.launcher.container import RabbitContainer
from alliance_deploy.launcher.kept import Server
from alliance_deploy.launcher.place import Place
from alliance_deploy.launcher.ports import Port, chosen

ADVICE = (
    "There is no RabbitMQ here: install Debian's `rabbitmq-server` (or Docker), "
    "or name a running broker in ALLIANCE_AMQP_URL and ALLIANCE_MANAGEMENT_URL."
)


class NoBroker(Exception):
    """Nothing to run RabbitMQ with; the message says what to install."""


@dataclass(frozen=True)
class Broker:
    """How to reach a broker as its administrator, and the server to keep running when it is ours."""

    host: str
    port: int
    tls: bool
    management_url: str
    admin: tuple[str, str]
    server: Server | None = None

    def url(self, vhost: str, user: str | None = None, password: str = "") -> str:
        """The AMQP URL for `user`, by default for the administrator."""
        name, secret = self.admin if user is None else (user, password)
        scheme = "amqps" if self.tls else "amqp"
        name, secret, vhost = (quote(part, safe="") for part in (name, secret, vhost))
        return f"{scheme}://{name}:{secret}@{self.host}:{self.port}/{vhost}"


def named(environment: Mapping[str, str]) -> Broker | None:
    """The broker that the environment names, or None. The management API gets the same user unless its URL has one."""
    if not (text := environment.get("ALLIANCE_AMQP_URL")):
        return None
    amqp = urlsplit(text)
    tls = amqp.scheme == "amqps"
    host = amqp.hostname or "127.0.0.1"
    management = urlsplit(environment.get("ALLIANCE_MANAGEMENT_URL") or f"http://{host}:15672")
    user, password = management.username or amqp.username, management.password or amqp.password
    return Broker(
        host=host,
        port=amqp.port or (5671 if tls else 5672),
        tls=tls,
        management_url=management._replace(netloc=management.netloc.rpartition("@")[2]).geturl().rstrip("/"),
        admin=(unquote(user or "guest"), unquote(password or "guest")),
    )


async def choose(place: Place, ports: Mapping[str, Port], say: Callable[[str], None]) -> Broker:
    """Decide, installing Debian's package when that is what it takes. Raises `NoBroker`."""
    if broker := named(os.environ):
        return broker
    if find_server() is None and await may_install():
        say("installing Debian's rabbitmq-server (once)")
        await install_rabbitmq(place.logs / "install.log")
    if find_server() is not None:
        return _ours(_node(place, ports), ports["broker"].number)
    if shutil.which("docker"):
        amqp, management = ports["broker"].number, ports["management"].number
        return _ours(RabbitContainer(place.state / "broker", amqp, management), amqp)
    raise NoBroker(ADVICE)


def _node(place: Place, ports: Mapping[str, Port]) -> RabbitNode:
    return RabbitNode(
        place.state / "broker",
        amqp_port=ports["broker"].number,
        management_port=ports["management"].number,
        distribution_port=ports["distribution"].number,
        epmd_port=ports["epmd"].number,
    )


def _ours(server: RabbitNode | RabbitContainer, port: int) -> Broker:
    return Broker("127.0.0.1", port, False, server.management_url, server.admin, server)


def in_use(place: Place) -> Broker:
    """The broker of an alliance that runs, or ran, here: for operators' tools."""
    if broker := named(os.environ):
        return broker
    folder, ports_in_force = place.state / "broker", chosen()
    if (folder / "container-password").exists():
        server: RabbitNode | RabbitContainer = RabbitContainer(
            folder, ports_in_force["broker"].number, ports_in_force["management"].number
        )
        return _ours(server, ports_in_force["broker"].number)
    if not (folder / "ports.json").exists():
        raise NoBroker("No broker has run here yet: `alliance up` starts one, or name one in ALLIANCE_AMQP_URL.")
    node = RabbitNode(folder)
    return _ours(node, node.ports.amqp)
