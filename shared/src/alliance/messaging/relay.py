"""The relay: publishes what was written, at once; a leased sweep takes what a crash or an outage left behind."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from alliance.contracts import Envelope
from alliance.kernel import Clock, SystemClock, new_id
from alliance.kernel.crash import crash_point
from alliance.messaging import metrics
from alliance.messaging.confirming import Confirming
from alliance.messaging.link import Link, NotPublished
from alliance.messaging.outbox import Confirmed, Health, Outboxes, is_urgent, route_of
from alliance.messaging.sweeping import Sweeping
from alliance.messaging.wire import body_of, headers_of, properties

log = structlog.get_logger(__name__)

WINDOW = 100
MOST_SENT = 20
"""Events of one document that are told to the store at once."""
MOST_PARKED, PARKED_SECONDS = 50_000, 30.0

Key = tuple[str, str]


@dataclass(slots=True)
class Flow:
    """The events of one document on their way out: one in flight, the others behind it in order."""

    key: Key
    version: int
    entries: deque[Envelope] = field(default_factory=deque)
    sent: list[str] = field(default_factory=list)
    """Events that the broker has, of which the store has not been told."""


class Relay:
    """Publishes the outboxes of one service. `written` is for the store to call; it never blocks and never fails."""

    def __init__(
        self,
        outboxes: Outboxes,
        *,
        service: str,
        amqp_url: str,
        clock: Clock | None = None,
        sweep_seconds: float = 1.0,
        older_than: timedelta = timedelta(seconds=5),
        age_limit: timedelta = timedelta(minutes=1),
        publish_timeout: float = 10.0,
    ) -> None:
        self._service = service
        self._link = Link(amqp_url, purpose=f"{service} relay", timeout=publish_timeout)
        self._age_limit = age_limit
        self._flows: dict[Key, Flow] = {}
        self._parked: dict[Key, float] = {}
        self._urgent: deque[Flow] = deque()
        self._ordinary: deque[Flow] = deque()
        self._known: set[str] = set()
        self._workers: set[asyncio.Task[None]] = set()
        self._confirming = Confirming(outboxes, idle=self._is_idle, pulled=self._pulled)
        self._sweeping = Sweeping(
            outboxes,
            self,
            service=service,
            holder=new_id(),
            clock=clock or SystemClock(),
            every=sweep_seconds,
            older_than=older_than,
        )
        self._link.came_up = self._sweeping.nudge
        self._published = metrics.PUBLISHED.labels(service)

    @property
    def up(self) -> bool:
        """Whether there is a connection to publish on."""
        return self._link.up

    @property
    def oldest_pending(self) -> timedelta:
        """Age of the oldest event that the last sweep found waiting."""
        return self._sweeping.oldest

    @property
    def unconfirmed(self) -> int:
        """How many events the broker has confirmed that the store has not been told of yet."""
        return self._confirming.waiting

    async def start(self) -> None:
        """Begin; does not wait for the broker."""
        await self._link.start()
        self._confirming.start()
        self._sweeping.start()

    async def stop(self, within: float = 5.0) -> None:
        """Let what is in flight finish, tell the store, close. What is left stays in the outboxes."""
        await self._sweeping.stop()
        if self._workers and self._link.up:
            await asyncio.wait(tuple(self._workers), timeout=within)
        for worker in tuple(self._workers):
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        await self._confirming.stop(within)
        await self._link.stop()

    async def health(self) -> Health:
        """Ready: connected, not blocked, and nothing has waited for too long."""
        why = []
        if not self._link.up:
            why.append("relay-not-connected")
        elif not await self._link.unblocked():
            why.append("relay-blocked")
        if self.oldest_pending > self._age_limit:
            why.append("outbox-too-old")
        return Health(not why, tuple(why))

    def written(self, collection: str, id: str, version: int, envelopes: Sequence[Envelope]) -> None:  # noqa: A002
        """Publish what has just been written, or leave it to the sweep while the broker is away."""
        if not envelopes:
            return
        key = (collection, id)
        if key not in self._flows and (not self._link.up or self._is_parked(key)):
            self._park(key)
            return
        self._enqueue(key, version, envelopes)

    def take_up(self, collection: str, id: str, version: int, entries: Sequence[Envelope]) -> None:  # noqa: A002
        """Publish what the sweep has found: all that waits in that version of the document."""
        key = (collection, id)
        if key in self._flows:
            return
        self._parked.pop(key, None)
        fresh = [entry for entry in entries if entry.id not in self._known]
        if fresh:
            self._enqueue(key, version, fresh)

    def _park(self, key: Key) -> None:
        """Leave this document to the sweep for a while, so that its later events do not overtake the earlier."""
        if len(self._parked) >= MOST_PARKED:
            self._parked.clear()
        self._parked[key] = asyncio.get_running_loop().time()

    def _is_parked(self, key: Key) -> bool:
        """Another replica may have swept it up meanwhile, so this ends by itself."""
        since = self._parked.get(key)
        return since is not None and asyncio.get_running_loop().time() - since < PARKED_SECONDS

    def _enqueue(self, key: Key, version: int, envelopes: Sequence[Envelope]) -> None:
        self._known.update(envelope.id for envelope in envelopes)
        flow = self._flows.get(key)
        if flow is not None:
            flow.entries.extend(envelopes)
            flow.version = max(version, flow.version)
            return
        flow = self._flows[key] = Flow(key, version, deque(envelopes))
        self._make_ready(flow)
        if len(self._workers) < WINDOW:
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    def _make_ready(self, flow: Flow) -> None:
        urgent = any(is_urgent(entry.type) for entry in flow.entries)
        (self._urgent if urgent else self._ordinary).append(flow)

    def _is_idle(self) -> bool:
        return not self._flows

    async def _work(self) -> None:
        while self._urgent or self._ordinary:
            flow = (self._urgent or self._ordinary).popleft()
            try:
                await self._publish(flow)
            except NotPublished as failure:
                self._give_back(flow, failure.why)
            except asyncio.CancelledError:
                self._give_back(flow, "stopped")
                raise
            except Exception as error:  # noqa: BLE001 - one entry that cannot be sent must not stop the others
                log.error(
                    "cannot publish", service=self._service, event_id=flow.entries[0].id, error=type(error).__name__
                )
                self._give_back(flow, "unsendable")

    async def _publish(self, flow: Flow) -> None:
        if not self._link.up:
            raise NotPublished("not-connected")
        envelope = flow.entries[0]
        route = route_of(self._service, envelope)
        await self._link.publish(
            body_of(envelope),
            route.exchange,
            route.key,
            properties(envelope.id, self._link.user, headers_of(envelope)),
            mandatory=route.mandatory,
        )
        crash_point("after-publish")
        self._published.inc()
        flow.entries.popleft()
        flow.sent.append(envelope.id)
        last = not flow.entries
        if last:
            del self._flows[flow.key]
        else:
            self._make_ready(flow)
        if last or len(flow.sent) >= MOST_SENT:
            self._confirm(flow, last=last)

    def _confirm(self, flow: Flow, *, last: bool) -> None:
        """One write takes out all that a document had to say."""
        sent, flow.sent = tuple(flow.sent), []
        self._confirming.add(Confirmed(*flow.key, flow.version, sent, last))

    def _give_back(self, flow: Flow, why: str) -> None:
        """Forget the flow: its entries are still in the outbox, and the sweep will bring them again in order."""
        metrics.PUBLISH_FAILURES.labels(self._service, why).inc()
        self._flows.pop(flow.key, None)
        if flow.sent:
            self._confirm(flow, last=False)
        self._park(flow.key)
        self._known.difference_update(entry.id for entry in flow.entries)
        self._sweeping.back_off()

    def _pulled(self, event_ids: Sequence[str]) -> None:
        self._known.difference_update(event_ids)
        self._sweeping.pulled(event_ids)
