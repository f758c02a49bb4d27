"""What becomes of a message that cannot be done now or ever: the retry ladder and the quarantine."""

import hashlib
import re
import traceback
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from alliance.contracts.event import registered
from alliance.kernel import Clock, Refusal, new_id, to_text
from alliance.messaging import metrics
from alliance.messaging.arriving import Arrival, Delivery, Retry
from alliance.messaging.link import Link, NotPublished
from alliance.messaging.wire import PREFIX, event_headers, properties

log = structlog.get_logger(__name__)

SHORT_STEPS = 3
GIVES_UP_AFTER = timedelta(days=14)


class Settling:
    """Publishes, as the service itself, to its own retry and quarantine exchanges; returns once confirmed."""

    def __init__(self, link: Link, *, service: str, clock: Clock, gives_up_after: timedelta = GIVES_UP_AFTER) -> None:
        self._link, self._service, self._clock, self._gives_up_after = link, service, clock, gives_up_after

    def next_try(self, arrival: Arrival, reaction: str) -> Retry | None:
        """The next rung for this reaction, or None when it has waited for long enough."""
        before = arrival.retry
        first_heard = before.first_heard if before else self._clock.now()
        if self._clock.now() - first_heard >= self._gives_up_after:
            return None
        return Retry(reaction, (before.attempt if before else 0) + 1, first_heard)

    async def retry(self, delivery: Delivery, arrival: Arrival, retry: Retry, lane: str) -> None:
        """Put the message on the ladder: 5 s three times, then 5 min."""
        rung = "5s" if retry.attempt <= SHORT_STEPS else "5m"
        message_id = f"{arrival.heard.id}:{retry.reaction}:{retry.attempt}"
        headers = event_headers(delivery.headers) | retry_headers(retry, arrival.producer)
        await self._link.publish(
            delivery.body, f"{self._service}.retry.{rung}", lane, properties(message_id, self._link.user, headers)
        )

    async def quarantine(
        self,
        delivery: Delivery,
        lane: str,
        *,
        reason: str,
        producer: str | None = None,
        retry: Retry | None = None,
        reaction: str | None = None,
        error: BaseException | None = None,
    ) -> None:
        """Put the message aside for a person to look at, with what is needed to find the cause and to redrive it.

        When the quarantine is full, what comes from nobody we know is dropped, so that a flood of forgeries cannot
        stop a lane; everything else waits for room.
        """
        stack = stack_of(error)
        type_ = str(delivery.headers.get(PREFIX + "type", "none"))[:100]
        event_id = str(delivery.headers.get(PREFIX + "id", "none"))[:64]
        logged = {"reason": reason, "event_id": event_id if _is_id(event_id) else "none"}
        shown = type_ if type_ in registered() else "unknown"
        fingerprint = fingerprint_of(type_, reason, reaction, stack)
        headers: dict[str, Any] = event_headers(delivery.headers)
        headers |= {"type": type_, "reason": reason, "fingerprint": fingerprint, "lane": lane}
        headers |= {"stack": "\n".join(stack), "quarantined-at": to_text(self._clock.now())}
        headers |= {"said-by": delivery.user_id or "nobody"}
        if reaction is not None:
            headers["reaction"] = reaction
        if producer is not None:
            headers["producer"] = producer
        if retry is not None:
            headers["first-heard"] = to_text(retry.first_heard)
        sent = properties(f"{event_id}:quarantine:{new_id()}", self._link.user, headers)
        sent.content_type = delivery.content_type
        try:
            await self._link.publish(delivery.body, f"{self._service}.quarantine", lane, sent)
        except NotPublished as failure:
            if producer is not None or failure.why != "refused":
                raise
            log.error("dropped what nobody may have said, the quarantine is full", **logged)
            reason = f"dropped:{reason}"
        metrics.QUARANTINED.labels(shown if producer else "unverified", reason).inc()
        log.error("quarantined", type=shown, reaction=reaction, stack=stack[-3:], **{**logged, "reason": reason})


def _is_id(text: str) -> bool:
    """What a stranger calls an id may be anything: only a UUID gets into a log."""
    return re.fullmatch(r"[0-9a-f-]{36}", text) is not None


def retry_headers(retry: Retry, producer: str) -> dict[str, Any]:
    """What we tell ourselves; `producer` was verified when the event was first heard."""
    headers = {"attempt": retry.attempt, "first-heard": to_text(retry.first_heard), "producer": producer}
    return headers | ({"reaction": retry.reaction} if retry.reaction else {})


def reason_of(error: BaseException) -> str:
    """A code for an outcome, without any of the error's text."""
    if isinstance(error, Refusal):
        return f"refused:{error.name}"
    return f"failed:{type(error).__name__}"


def stack_of(error: BaseException | None) -> list[str]:
    """Where it happened: files, lines and functions; never the message, which could hold anything."""
    if error is None:
        return []
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


def fingerprint_of(type_: str, reason: str, reaction: str | None, stack: list[str]) -> str:
    """The same for the same mistake: of type, reason, reaction and the place where it happened."""
    place = stack[-1] if stack else ""
    return hashlib.sha256("|".join((type_, reason, reaction or "", place)).encode()).hexdigest()[:12]
