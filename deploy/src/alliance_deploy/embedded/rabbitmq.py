"""A private RabbitMQ node: own ports, folders, cookie and epmd, all on 127.0.0.1; nothing of the system is touched."""

import asyncio
import base64
import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from alliance_deploy.embedded.child import NotReady, answers, end, free_port, kill, spawn, wait_until

DEBIAN_SCRIPTS = Path("/usr/lib/rabbitmq/bin")
ADMIN = "alliance-admin"
START_SECONDS = 90.0
STOP_SECONDS = 30.0


class ServerMissing(Exception):
    """No RabbitMQ server program was found on this machine."""


def find_server() -> Path | None:
    """The un-wrapped `rabbitmq-server` script: Debian's own wrapper insists on root or the rabbitmq user."""
    candidates = [DEBIAN_SCRIPTS / "rabbitmq-server"]
    if on_path := shutil.which("rabbitmq-server"):
        candidates.append(Path(on_path).resolve())
    for candidate in candidates:
        if candidate.exists() and (candidate.resolve().parent / "rabbitmq-env").exists():
            return candidate
    return None


@dataclass(frozen=True)
class Ports:
    amqp: int
    management: int
    distribution: int
    epmd: int


@dataclass
class RabbitNode:
    """One node whose state lives in `folder` and survives stop, kill and start."""

    folder: Path
    amqp_port: int | None = None
    management_port: int | None = None
    distribution_port: int | None = None
    epmd_port: int | None = None
    password: str = ""

    def __post_init__(self) -> None:
        self.folder = self.folder.absolute()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.ports = self._remembered_ports()
        self.password = self.password or self._secret("admin-password", secrets.token_urlsafe(24))
        self._server: asyncio.subprocess.Process | None = None
        self._epmd: asyncio.subprocess.Process | None = None

    @property
    def management_url(self) -> str:
        return f"http://127.0.0.1:{self.ports.management}"

    @property
    def admin(self) -> tuple[str, str]:
        """User and password of the administrator; there is no guest."""
        return ADMIN, self.password

    @property
    def pid(self) -> int | None:
        return self._server.pid if self.running and self._server else None

    @property
    def running(self) -> bool:
        return self._server is not None and self._server.returncode is None

    @property
    def log(self) -> Path:
        return self.folder / "log" / "rabbitmq.out"

    def amqp_url(self, user: str = ADMIN, password: str | None = None, vhost: str = "/") -> str:
        secret = quote(self.password if password is None else password, safe="")
        return f"amqp://{quote(user, safe='')}:{secret}@127.0.0.1:{self.ports.amqp}/{quote(vhost, safe='')}"

    async def start(self, within: float = START_SECONDS) -> None:
        """Start and wait until AMQP and the management API answer. Raises ServerMissing or NotReady."""
        if self.running:
            return
        server = find_server()
        if server is None:
            raise ServerMissing("no rabbitmq-server found: install Debian's rabbitmq-server, or set ALLIANCE_AMQP_URL")
        for name, port in asdict(self.ports).items():
            if name != "epmd" and await answers(port):
                raise NotReady(f"port {port} ({name} of the private RabbitMQ) is in use by another program")
        self._write_configuration()
        await self._start_epmd()
        env = self._environment()
        self._server = await spawn([str(server)], log=self.log, env=env, folder=self.folder)
        try:
            await wait_until(self._ready, self._server, what="RabbitMQ", log=self.log, within=within)
        except BaseException:
            await self.kill()
            raise

    async def stop(self) -> None:
        """Stop cleanly, epmd too."""
        if self._server is not None:
            await end(self._server, within=STOP_SECONDS)
        await self._stop_epmd()

    async def kill(self) -> None:
        """`kill -9` the node (and end its epmd); state on disk stays as it is."""
        if self._server is not None:
            await kill(self._server)
        await self._stop_epmd()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def wait(self) -> int:
        """Until the node ends by itself; its exit code."""
        if self._server is None:
            raise NotReady("RabbitMQ has not been started")
        return await self._server.wait()

    async def _start_epmd(self) -> None:
        if self._epmd is not None and self._epmd.returncode is None:
            return
        program = shutil.which("epmd")
        if program is None:
            raise ServerMissing("epmd of Erlang was not found beside rabbitmq-server")
        command = [program, "-address", "127.0.0.1", "-port", str(self.ports.epmd)]
        log = self.folder / "log" / "epmd.out"
        self._epmd = await spawn(command, log=log, env=self._environment(), folder=self.folder)
        await wait_until(lambda: answers(self.ports.epmd), self._epmd, what="epmd", log=log, within=10)

    async def _stop_epmd(self) -> None:
        if self._epmd is not None:
            await end(self._epmd, within=5)

    async def _ready(self) -> bool:
        return await answers(self.ports.amqp) and await self._management_answers()

    async def _management_answers(self) -> bool:
        """A plain request, so that starting a node needs no HTTP client."""
        token = base64.b64encode(f"{ADMIN}:{self.password}".encode()).decode()
        request = f"GET /api/vhosts HTTP/1.0\r\nHost: localhost\r\nAuthorization: Basic {token}\r\n\r\n"
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.ports.management)
            writer.write(request.encode())
            status = await asyncio.wait_for(reader.readline(), 5)
            writer.close()
        except (OSError, TimeoutError):
            return False
        return b" 200 " in status

    def _environment(self) -> dict[str, str]:
        folder, keep = self.folder, ("PATH", "LANG", "LC_ALL", "TMPDIR")
        return {
            **{name: os.environ[name] for name in keep if name in os.environ},
            "HOME": str(folder),
            "RABBITMQ_NODENAME": "alliance@localhost",  # known to the private epmd alone, so it clashes with nobody
            "RABBITMQ_NODE_PORT": str(self.ports.amqp),
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_DIST_PORT": str(self.ports.distribution),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_MNESIA_DIR": str(folder / "data" / "node"),
            "RABBITMQ_PLUGINS_EXPAND_DIR": str(folder / "data" / "plugins"),
            "RABBITMQ_FEATURE_FLAGS_FILE": str(folder / "data" / "feature_flags"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_LOGS": str(folder / "log" / "rabbitmq.log"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "advanced.config"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "rabbitmq-env.conf"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(folder / "data" / "config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_PID_FILE": str(folder / "data" / "node.pid"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}",
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self.ports.epmd),
            "RUNNING_UNDER_SYSTEMD": "true",  # the script then becomes the node itself: one process, one signal
        }

    def _write_configuration(self) -> None:
        (self.folder / "data").mkdir(exist_ok=True)
        (self.folder / "enabled_plugins").write_text("[rabbitmq_management].\n")
        self._secret(".erlang.cookie", secrets.token_hex(24), mode=0o400)
        settings = self.folder / "rabbitmq.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f"listeners.tcp.private = 127.0.0.1:{self.ports.amqp}\n"
            f"management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = {self.ports.management}\n"
            f"default_user = {ADMIN}\ndefault_pass = {self.password}\n"
            "default_user_tags.administrator = true\n"
            "collect_statistics_interval = 1000\n"
            "log.file.level = info\nlog.console = false\n"
        )

    def _remembered_ports(self) -> Ports:
        """A folder keeps the ports it was last started with, so that its clients find it again after a restart."""
        memory = self.folder / "ports.json"
        known = json.loads(memory.read_text()) if memory.exists() else {}
        ports = Ports(
            amqp=self.amqp_port or known.get("amqp") or free_port(),
            management=self.management_port or known.get("management") or free_port(),
            distribution=self.distribution_port or known.get("distribution") or free_port(),
            epmd=self.epmd_port or known.get("epmd") or free_port(),
        )
        memory.write_text(json.dumps(asdict(ports)))
        return ports

    def _secret(self, name: str, value: str, mode: int = 0o600) -> str:
        path = self.folder / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(value)
            path.chmod(mode)
        return path.read_text().strip()
