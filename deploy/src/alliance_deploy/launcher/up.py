"""Brings everything up in order, stays until told to stop, and takes everything down again."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from alliance_deploy.embedded import RabbitNode, StoreServer
from alliance_deploy.launcher import ports
from alliance_deploy.launcher.agreed import Agreed
from alliance_deploy.launcher.broker import Broker, choose
from alliance_deploy.launcher.kept import HttpProcess, Run, Server
from alliance_deploy.launcher.once import only_copy
from alliance_deploy.launcher.place import Place
from alliance_deploy.launcher.progress import Progress
from alliance_deploy.launcher.record import Record
from alliance_deploy.launcher.sign_in import SIGN_IN, issuer_environment
from alliance_deploy.launcher.supervisor import Supervisor

Then = Callable[[Record], Awaitable[None]]


async def _nothing_more(record: Record) -> None:
    return


async def stay_up(place: Place, progress: Progress, *, demo: bool = False, then: Then = _nothing_more) -> None:
    """Everything up, `then` once when all is ready, and on until SIGINT, SIGTERM or SIGHUP; everything down."""
    place.prepare()
    with only_copy(place.lock):
        work = asyncio.create_task(_Raising(place, progress, Record(demo=demo)).run(then))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number is not signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # nohup is respected
                loop.add_signal_handler(number, work.cancel)
        try:
            await work
        except asyncio.CancelledError:
            progress.say("everything is stopped")


@dataclass
class _Raising:
    place: Place
    progress: Progress
    record: Record

    def __post_init__(self) -> None:
        before = Record.read(self.place.record)
        self._patience = 20.0 if before is not None and before.ready else 0.0
        self.supervisor = Supervisor(self._changed)
        self.ports = ports.chosen()

    async def run(self, then: Then) -> None:
        try:
            with self.progress.showing():
                await self._raise()
            await then(self.record)
            await asyncio.Event().wait()
        finally:
            if self.supervisor.runs:
                self.progress.say("stopping")
            self.record.ready = False
            await self.supervisor.stop(*(name for name in self.supervisor.runs if name not in ("broker", "store")))
            await self.supervisor.stop()

    async def _raise(self) -> None:
        agreed = Agreed.read(self.place, demo=self.record.demo)
        broker = await choose(self.place, self.ports, self.progress.say)
        store_url, store = self._store()
        ports.check(self._needed(broker, store), patience=self._patience)
        servers: dict[str, Server] = {"broker": broker.server} if broker.server else {}
        servers |= {"store": store} if store else {}
        self.record.management_url = broker.management_url
        self.record.start_page = f"http://localhost:{self.ports[SIGN_IN].number}"
        self.supervisor.start(servers)
        environments = agreed.compile(agreed.surroundings(broker, store_url, self.ports))
        self.supervisor.start({SIGN_IN: self._sign_in(next(iter(environments.values())))})
        await self.supervisor.wait(*servers, SIGN_IN)
        self.progress.say("applying the agreement to the broker")
        await agreed.apply(broker)
        services = {name: self._service(name, environment) for name, environment in environments.items()}
        self.record.urls = {name: f"http://127.0.0.1:{service.port}" for name, service in services.items()}
        self.supervisor.start(services)
        await self.supervisor.wait(*services)
        self.record.ready = True
        self.record.write(self.place.record)
        self.progress.say(f"all {len(services)} services are ready")

    def _store(self) -> tuple[str, StoreServer | None]:
        if url := os.environ.get("ALLIANCE_MONGODB_URL"):
            return url, None
        server = StoreServer(self.place.state / "store", self.ports["store"].number)
        return server.url, server

    def _needed(self, broker: Broker, store: StoreServer | None) -> list[ports.Port]:
        ours = {"store"} if store else set()
        if broker.server is not None:
            ours |= {"broker", "management"}
        if isinstance(broker.server, RabbitNode):
            ours |= {"distribution", "epmd"}
        embedded = {"store", "broker", "management", "distribution", "epmd"}
        return [port for need, port in self.ports.items() if need in ours or need not in embedded]

    def _sign_in(self, environment: Mapping[str, str]) -> HttpProcess:
        told = issuer_environment(self.place, environment, self.ports[SIGN_IN].number)
        return self._process(SIGN_IN, (sys.executable, "-m", "alliance_deploy.issuer"), told)

    def _service(self, name: str, environment: Mapping[str, str]) -> HttpProcess:
        return self._process(name, (sys.executable, "-m", name, "serve"), environment)

    def _process(self, name: str, command: tuple[str, ...], environment: Mapping[str, str]) -> HttpProcess:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("ALLIANCE_")}
        return HttpProcess(
            name=name,
            command=command,
            port=self.ports[name].number,
            log=self.place.logs / f"{name}.log",
            folder=self.place.state,
            environment={**inherited, **environment},
        )

    def _changed(self, run: Run) -> None:
        self.record.note(run)
        self.record.write(self.place.record)
        self.progress.changed(run)
