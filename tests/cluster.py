"""The whole alliance in processes on free ports, for tests that start, kill and slow down its parts."""

import asyncio
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from alliance_deploy.agreement.load import load_agreement
from alliance_deploy.agreement.manifest import read_manifest
from alliance_deploy.embedded import RabbitNode, StoreServer
from alliance_deploy.embedded.child import end, free_port, kill, spawn
from alliance_deploy.launcher.agreed import VHOST, Agreed
from alliance_deploy.launcher.broker import Broker
from alliance_deploy.launcher.keys import ISSUER, token
from alliance_deploy.launcher.place import Place
from alliance_deploy.launcher.ports import Port
from alliance_deploy.launcher.probe import is_ready
from alliance_deploy.launcher.sign_in import SIGN_IN, issuer_environment

ROOT = Path(__file__).parents[1]
SERVICES = ("intake", "triage", "housing", "finance", "notify", "reporting")
ROLES: Mapping[str, tuple[str, ...]] = {
    "intake": ("front-door-worker",),
    "triage": ("triage-worker", "key-worker"),
    "housing": ("housing-worker", "housing-manager"),
    "finance": ("finance-officer",),
    "notify": ("front-door-worker", "key-worker"),
    "reporting": ("alliance-lead",),
}


@dataclass
class Member:
    """One service as a process that can be killed and started again."""

    name: str
    environment: dict[str, str]
    port: int
    log: Path
    python: str = sys.executable
    crashes: int = 0
    wanted: bool = False
    afterwards: list[Mapping[str, str]] = field(default_factory=list)
    """What to set at each of the next starts after a death, one after the other."""
    _process: asyncio.subprocess.Process | None = field(default=None, repr=False)
    _keeper: "asyncio.Task[None] | None" = field(default=None, repr=False)

    async def start(self, **also: str) -> None:
        """Start; whenever it dies it is started again, without what `also` set (a crash point): see `afterwards`."""
        self.wanted = True
        await self._spawn(also)
        self._keeper = asyncio.create_task(self._keep())

    async def ready(self, within: float = 60) -> None:
        async with asyncio.timeout(within):
            while not await is_ready(self.port):
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """`kill -9`; it comes back by itself."""
        if self._process is not None and self._process.returncode is None:
            await kill(self._process)

    async def stop(self) -> None:
        """SIGTERM, and it stays away."""
        self.wanted = False
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        if self._process is not None:
            await end(self._process, within=25)

    async def _spawn(self, also: Mapping[str, str]) -> None:
        command = [self.python, "-m", self.name, "serve"]
        environment = {**_inherited(), **self.environment, **also}
        self._process = await spawn(command, log=self.log, env=environment, folder=self.log.parent)

    async def _keep(self) -> None:
        while self.wanted and self._process is not None:
            code = await self._process.wait()
            self.crashes += code == 137
            await asyncio.sleep(0.2)
            await self._spawn(self.afterwards.pop(0) if self.afterwards else {})


def _inherited() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("ALLIANCE_", "PYTEST"))}


def _with_guest(agreed: Agreed, guest: Path, folder: Path) -> Agreed:
    """The agreement with the guest's lines at its end, and its manifest beside the others."""
    text = agreed.place.agreement.read_text() + (guest / "agreement-lines.toml").read_text()
    file = folder / "agreement.toml"
    file.write_text(text)
    manifest = read_manifest(guest / "manifest.json")
    agreement = load_agreement(file, agreed.place.demo_agreement)
    return Agreed(agreed.place, agreement, {**agreed.manifests, manifest.service: manifest})


class Cluster:
    """Broker, store and services below `folder`. `async with Cluster(folder) as cluster:`"""

    def __init__(
        self,
        folder: Path,
        *,
        settings: Mapping[str, str] | None = None,
        guest: Path | None = None,
        sign_in: bool = False,
    ) -> None:
        """`settings` for every service; `guest`: a folder with a manifest and the lines that let its listener in.

        `sign_in`: with the development issuer, so that a browser can sign in; else only tokens count.
        """
        self.place = Place(ROOT, folder)
        self.place.prepare()
        self.broker = RabbitNode(folder / "broker")
        self.store = StoreServer(folder / "store")
        self.agreed = Agreed.read(self.place, demo=True)
        if guest is not None:
            self.agreed = _with_guest(self.agreed, guest, folder)
        self.settings = dict(settings or {})
        self.sign_in = Port(SIGN_IN, free_port()) if sign_in else None
        self.members: dict[str, Member] = {}

    @property
    def admin(self) -> Broker:
        ports = self.broker.ports
        return Broker("127.0.0.1", ports.amqp, False, self.broker.management_url, self.broker.admin)

    @property
    def admin_url(self) -> str:
        return self.admin.url(VHOST)

    @property
    def start_page(self) -> str:
        """Where the issuer is, if there is one; its name in any case."""
        return f"http://localhost:{self.sign_in.number}" if self.sign_in else ISSUER

    async def __aenter__(self) -> "Cluster":
        await asyncio.gather(self.broker.start(), self.store.start())
        ports = {name: Port(name, free_port()) for name in self.agreed.agreement.services}
        if self.sign_in:
            ports[SIGN_IN] = self.sign_in
        around = self.agreed.surroundings(self.admin, self.store.url, ports, pinned=self.sign_in is None)
        environments = self.agreed.compile(around)
        await self.agreed.apply(self.admin)
        for name, environment in environments.items():
            log = self.place.logs / f"{name}.log"
            self.members[name] = Member(name, {**environment, **self.settings}, ports[name].number, log)
        if self.sign_in:
            told = issuer_environment(self.place, environments["intake"], self.sign_in.number)
            log = self.place.logs / f"{SIGN_IN}.log"
            self.members[SIGN_IN] = Member("alliance_deploy.issuer", told, self.sign_in.number, log)
            await self.start(SIGN_IN)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(member.stop() for member in self.members.values()))
        await asyncio.gather(self.broker.kill(), self.store.kill())

    async def start(self, *names: str) -> None:
        """Start these services (all of them if none is named) and wait until they are ready."""
        chosen = [self.members[name] for name in names or SERVICES]
        await asyncio.gather(*(member.start() for member in chosen))
        await asyncio.gather(*(member.ready() for member in chosen))

    def pid(self, name: str) -> int:
        process = self.members[name]._process
        assert process is not None
        return process.pid

    def token(self, name: str, *roles: str) -> str:
        """Of the service's owner where it may hold these roles there, else of a member that may."""
        wanted = roles or ROLES[name]
        return token(
            self.place.secrets,
            service=name,
            organisation=self._organisation_for(name, wanted),
            roles=wanted,
            subject=f"staff-test-{name}",
            issuer=self.start_page,
        )

    def _organisation_for(self, name: str, roles: Iterable[str]) -> str:
        owner, at = self.agreed.agreement.services[name].owner, self.agreed.agreement.roles_at(name)
        for member in (owner, *at):
            if set(roles) <= set(at.get(member, ())):
                return member
        raise LookupError(f"nobody may be {', '.join(roles)} at {name}")

    def client(self, name: str, *roles: str, **options: Any) -> httpx2.AsyncClient:
        """An HTTP client of the service, signed in with all its roles unless some are named."""
        headers = {"Authorization": f"Bearer {self.token(name, *roles)}"}
        url = f"http://127.0.0.1:{self.members[name].port}"
        return httpx2.AsyncClient(base_url=url, headers=headers, timeout=20, trust_env=False, **options)
