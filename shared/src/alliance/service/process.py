"""One running service: starts its parts in order, and stops them so that nothing in hand is lost."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from alliance.access import Verifier
from alliance.access.issuers import read_issuers
from alliance.access.providers import Provider, providers_for
from alliance.kernel import SystemClock
from alliance.messaging.listener import Listener
from alliance.messaging.purging import QuarantinePurge
from alliance.messaging.relay import Relay
from alliance.observability import configure_logs, configure_traces
from alliance.service.fronting import Terms, fronting
from alliance.service.persistence import cancelled, until_done
from alliance.service.settings import ServiceSettings
from alliance.service.wiring import Service, Wiring
from alliance.store import Database, MongoDatabase, StoreUnavailable, Ticker
from alliance.web import build_app
from alliance.web.health import Check


class Process:
    """The parts of a service and how they are doing."""

    def __init__(self, service: Service, settings: ServiceSettings, database: Database | None = None) -> None:
        self.service, self.settings = service, settings
        self.clock = SystemClock()
        self.database: Database = database or MongoDatabase(
            settings.mongodb_url.get_secret_value(), settings.database or service.name, driver=settings.mongodb_driver
        )
        self.wiring: Wiring = service.wire(self.database, settings, self.clock)
        self.providers = _providers(settings)
        self.fronting = fronting(service, self.wiring, self.database, self.clock, Terms.of(settings), self.providers)
        amqp_url = settings.amqp_url.get_secret_value()
        purge = QuarantinePurge(service=service.name, amqp_url=amqp_url)
        self.given = {**self.wiring.given, **self.fronting.given, "quarantine": purge}
        self.relay = Relay(self.database, service=service.name, amqp_url=amqp_url)
        self.listener = Listener(
            service.hears,
            self.given,
            service=service.name,
            organisation=settings.organisation,
            amqp_url=amqp_url,
        )
        self.ticker = Ticker(
            self.wiring.collections,
            self.clock,
            self.listener.horizon,
            service=service.name,
            organisation=settings.organisation,
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Started on entry, stopped on exit: hear no more, finish what is in hand, then say what is left to say."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.database.close)
            await until_done("open the store", self.database.warm)
            self.database.on_written(self.relay.written)
            await self.relay.start()
            stack.push_async_callback(self.relay.stop)
            if self.settings.run != "api":
                beside = (self.fronting.auditing.run, self.fronting.forget_sessions)
                for loop in (self.ticker.run, *beside, *self.wiring.workers):
                    task = asyncio.create_task(until_done("a worker loop", loop))
                    stack.push_async_callback(cancelled, task)
                await self.listener.start()
                stack.push_async_callback(self.listener.stop)
            _leave_out_of_collections()
            yield

    def checks(self) -> dict[str, Check]:
        """What ready means: the store answers, the relay keeps up, every lane has a consumer."""
        checks: dict[str, Check] = {"store": self._store_answers, "relay": self._relay_keeps_up}
        return checks if self.settings.run == "api" else {**checks, "listener": self._every_lane_is_heard}

    async def _store_answers(self) -> tuple[bool, str]:
        try:
            await self.database.ping()
        except StoreUnavailable:
            return False, "the store does not answer"
        return True, "answers"

    async def _relay_keeps_up(self) -> tuple[bool, str]:
        health = await self.relay.health()
        return health.ready, ", ".join(health.why) or "keeps up"

    async def _every_lane_is_heard(self) -> tuple[bool, str]:
        health = await self.listener.health()
        return health.ready, ", ".join(health.why) or "every lane has a consumer"


def _leave_out_of_collections() -> None:
    """What was made at the start stays as long as the process: looking through it for garbage held everybody up, for
    0.14 s each time.
    """
    gc.collect()
    gc.freeze()


def build(service: Service, settings: ServiceSettings) -> FastAPI:
    """The application that uvicorn serves; everything else lives in its lifespan."""
    configure_logs(service=service.name, organisation=settings.organisation)
    process = Process(service, settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with process.running():
            yield

    return build_app(
        title=service.title,
        version=service.version,
        service=service.name,
        organisation=settings.organisation,
        routers=() if settings.run == "worker" else service.routers,
        given=process.given,
        verifier=Verifier(process.providers, service.name),
        control=process.fronting.control,
        front=None if settings.run == "worker" else process.fronting.front(),
        readiness=process.checks(),
        watched=process.wiring.watched if settings.run != "api" else {},
        lifespan=lifespan,
        larger_bodies=service.takes_files,
        development=settings.environment == "development",
        says=[event.type for event in service.says.types],
        hears=[event.type for event in service.hears.types],
        tracer_provider=configure_traces(service=service.name, version=service.version),
    )


def _providers(settings: ServiceSettings) -> tuple[Provider, ...]:
    """Without a sign-in file nobody's word is taken."""
    if settings.sign_in_file is None:
        return ()
    return providers_for(read_issuers(settings.sign_in_file, development=settings.environment == "development"))
