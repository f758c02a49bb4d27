"""Reactions whose effect is a list, with the deduplication that a store would do; and a listener around them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from alliance.contracts import intake, triage
from alliance.kernel import Clock, NotYet, Refusal, provenance
from alliance.messaging import Heard, Hears, listen, on
from alliance.messaging.listener import Listener
from alliance.messaging.settling import GIVES_UP_AFTER

from .waiting import until


class NobodyHome(Refusal):
    """There is nobody home."""


class Effects:
    """What took effect, once for each mark."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.attempts: list[str] = []
        self.times_heard: dict[str, int] = {}
        self._marks: set[str] = set()
        self.failing: Exception | None = None
        self.waits_for: set[str] = set()
        self.hold: Any = None

    async def take(self, heard: Heard[Any]) -> None:
        mark = str(provenance().mark)
        self.attempts.append(mark)
        self.times_heard[heard.id] = self.times_heard.get(heard.id, 0) + 1
        if self.failing is not None:
            raise self.failing
        if self.hold is not None:
            await self.hold(heard)
        if heard.id in self.waits_for:
            raise NotYet("something is missing")
        if mark not in self._marks:
            self._marks.add(mark)
            self.events.append(heard.id)


async def note_withdrawal(heard: Heard[intake.IntroductionWithdrawn], effects: Effects) -> None:
    await effects.take(heard)


async def note_concern(heard: Heard[intake.SafetyConcernRaised], effects: Effects) -> None:
    await effects.take(heard)


async def keep_details(heard: Heard[intake.PersonShared], effects: Effects) -> None:
    await effects.take(heard)


async def note_closure(heard: Heard[triage.CaseClosed], effects: Effects) -> None:
    await effects.take(heard)


TABLE = listen(
    on(intake.IntroductionWithdrawn, do=note_withdrawal),
    on(intake.SafetyConcernRaised, do=note_concern),
    on(intake.PersonShared, do=keep_details),
    on(triage.CaseClosed, do=note_closure),
)


@asynccontextmanager
async def hearing(
    url: str,
    effects: Effects,
    *,
    table: Hears = TABLE,
    given: Mapping[str, object] | None = None,
    gives_up_after: timedelta = GIVES_UP_AFTER,
    clock: Clock | None = None,
    ready: bool = True,
) -> AsyncIterator[Listener]:
    listener = Listener(
        table,
        {"effects": effects, **(given or {})},
        service="triage",
        organisation="slam",
        amqp_url=url,
        gives_up_after=gives_up_after,
        clock=clock,
        grace=2.0,
        look_every=0.1,
    )
    await listener.start()
    try:
        if ready:
            await until(lambda: is_ready(listener))
        yield listener
    finally:
        await listener.stop()


async def is_ready(listener: Listener) -> bool:
    return (await listener.health()).ready
