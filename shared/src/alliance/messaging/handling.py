"""One delivery from the door to its settlement: the outcome table of what hearing an event can lead to."""

import time
from functools import cache, partial

from prometheus_client import Counter, Histogram

from alliance.kernel import NotYet
from alliance.messaging import metrics
from alliance.messaging.arriving import Arrival, Arrivals, Delivery, Unacceptable
from alliance.messaging.lane import Abandoned, InHand, Lane
from alliance.messaging.reacting import Bound, Reactions
from alliance.messaging.settling import Settling, reason_of
from alliance.messaging.tracing import hearing_span


@cache
def _counted(type_: str, reaction: str, outcome: str) -> Counter:
    return metrics.HEARD.labels(type_, reaction, outcome)


@cache
def _timed(reaction: str) -> Histogram:
    return metrics.REACTION_SECONDS.labels(reaction)


class Handling:
    """Handles deliveries of one service. Knows nothing of how they come or how they are acknowledged."""

    def __init__(self, reactions: Reactions, settling: Settling, *, service: str) -> None:
        self._reactions, self._settling = reactions, settling
        self._arrivals = Arrivals(reactions, service)

    async def handle(self, delivery: Delivery, lane: Lane, taken: InHand) -> bool:
        """True when the message is settled and may be acknowledged; False to leave it for another delivery."""
        try:
            try:
                arrival = self._arrivals.admit(delivery)
            except Unacceptable as no:
                taken.put_aside = True
                put_aside = partial(
                    self._settling.quarantine, delivery, lane.name, reason=no.reason, producer=no.producer
                )
                await lane.steadily(put_aside)
                return True
            envelope = arrival.heard.envelope
            taken.time = envelope.time
            async with lane.turn(envelope.partitionkey):
                with hearing_span(envelope) as traceparent:
                    only = arrival.retry.reaction if arrival.retry else None
                    for bound in self._reactions.to(envelope.type, only):
                        await self._react(bound, delivery, arrival, lane, traceparent)
        except Abandoned:
            return False
        return True

    async def _react(
        self, bound: Bound, delivery: Delivery, arrival: Arrival, lane: Lane, traceparent: str | None
    ) -> None:
        began = time.perf_counter()
        try:
            await lane.steadily(partial(self._reactions.run, bound, arrival.heard, traceparent))
            outcome = "done"
        except Abandoned:
            raise
        except NotYet:
            outcome = await self._later(bound, delivery, arrival, lane)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop the next message
            outcome = "quarantined"
            await self._put_aside(bound, delivery, arrival, lane, reason_of(error), error)
        _timed(bound.name).observe(time.perf_counter() - began)
        _counted(arrival.heard.envelope.type, bound.name, outcome).inc()

    async def _later(self, bound: Bound, delivery: Delivery, arrival: Arrival, lane: Lane) -> str:
        retry = self._settling.next_try(arrival, bound.name)
        if retry is None:
            await self._put_aside(bound, delivery, arrival, lane, "gave-up", None)
            return "gave-up"
        await lane.steadily(partial(self._settling.retry, delivery, arrival, retry, lane.name))
        return "not-yet"

    async def _put_aside(
        self, bound: Bound, delivery: Delivery, arrival: Arrival, lane: Lane, reason: str, error: Exception | None
    ) -> None:
        put_aside = partial(
            self._settling.quarantine,
            delivery,
            lane.name,
            reason=reason,
            producer=arrival.producer,
            retry=arrival.retry,
            reaction=bound.name,
            error=error,
        )
        await lane.steadily(put_aside)
