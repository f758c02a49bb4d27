"""A message to a person: waits for their details, goes by a safe channel only, and ends delivered or failed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from alliance.kernel import Aggregate, to_text
from alliance.people import KnownPerson
from notify.domain.codes import Channel, Failure, Template
from notify.domain.facts import MessageDelivered, MessageFailed
from notify.domain.reaching import safe_channel
from notify.domain.refusals import AlreadyTaken
from notify.domain.trying import FIRST, GIVE_UP_AFTER, wait_after

FINAL = frozenset(Failure) - {Failure.NO_SAFE_CHANNEL}
"""Whatever is learnt later, the message stays where it is."""


class Progress(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(kw_only=True)
class Message(Aggregate):
    """Holds no name and no address: those are looked up when it is sent, and gone when sharing is withdrawn."""

    indexed: ClassVar[tuple[str, ...]] = ("by_person", "undelivered_to", "to_send")

    person_id: str
    template: Template
    cause_event_id: str
    correlation_id: str
    written_at: datetime
    give_up_at: datetime
    progress: Progress = Progress.WAITING
    channel: Channel | None = None
    taken_until: datetime | None = None
    """Until then no courier takes it: one is carrying it, or it was put off."""
    put_off_times: int = 0
    put_off_since: datetime | None = None
    reason_code: Failure | None = None
    settled_at: datetime | None = None
    language: str | None = None
    """In which it went, with English beneath any other."""

    @property
    def by_person(self) -> str:
        return f"{self.person_id}:{to_text(self.written_at)}:{self.id}"

    @property
    def undelivered_to(self) -> str | None:
        """The person, as long as new details could still change what becomes of it."""
        return None if self.progress is Progress.DELIVERED or self.reason_code in FINAL else self.person_id

    @property
    def to_send(self) -> str | None:
        """When a courier may take it; one that is being carried sorts into the future."""
        if self.progress is not Progress.READY:
            return None
        return f"{to_text(self.taken_until or self.written_at)}:{self.id}"

    def address(self, person: KnownPerson | None, *, at: datetime) -> None:
        """Follow what is now known of the person: wait, go by a safe channel, or fail for want of one.

        Until it is delivered or its time is up the answer depends on the details alone, not on what came first. One
        that is ready follows them also later, or it would be carried for ever to an address that is gone.
        """
        if self.undelivered_to is None or (at >= self.give_up_at and self.progress is not Progress.READY):
            return
        if person is None or person.awaited:
            self.progress, self.channel, self.reason_code, self.settled_at = Progress.WAITING, None, None, None
        elif (channel := safe_channel(person.snapshot)) is None:
            self.fail(Failure.NO_SAFE_CHANNEL, at=at)
        elif channel is not self.channel:
            self.progress, self.channel, self.reason_code, self.settled_at = Progress.READY, channel, None, None

    def stop(self, *, at: datetime) -> None:
        """The person has died: unless it has gone it never goes, also if that turns out to be a mistake."""
        if self.progress is Progress.FAILED and self.undelivered_to is not None:
            self.reason_code = Failure.PERSON_DIED
        self.fail(Failure.PERSON_DIED, at=at)

    def take(self, *, now: datetime, until: datetime) -> Channel:
        """A courier carries it until then. Raises `AlreadyTaken` when it is not there to be taken."""
        carried = self.taken_until is not None and now < self.taken_until
        if self.progress is not Progress.READY or carried or self.channel is None:
            raise AlreadyTaken
        self.taken_until = until
        return self.channel

    def put_off(self, *, at: datetime) -> None:
        """It was not taken just now: later again, each time after a longer wait, and not for ever."""
        if self.progress is not Progress.READY:
            return
        self.put_off_since = self.put_off_since or at
        if at >= self.put_off_since + GIVE_UP_AFTER:
            self.fail(Failure.NOT_TAKEN, at=at)
            return
        self.taken_until = at + wait_after(self.put_off_times)
        self.put_off_times += 1

    def put_back(self, *, at: datetime) -> None:
        """Nothing is taken just now, so this says nothing of it; others are tried before it is again."""
        if self.progress is Progress.READY:
            self.taken_until = at + FIRST

    def deliver(self, *, language: str, at: datetime) -> None:
        """It reached the channel."""
        if self.progress is not Progress.READY or self.channel is None:
            return
        self.progress, self.taken_until, self.settled_at = Progress.DELIVERED, None, at
        self.language = language
        self.record(
            MessageDelivered(
                message_id=self.id, person_id=self.person_id, channel=self.channel, template=self.template, at=at
            )
        )

    def fail(self, reason: Failure, *, at: datetime) -> None:
        """It will not reach the person, for this reason."""
        if self.progress in (Progress.DELIVERED, Progress.FAILED):
            return
        fact = MessageFailed(
            message_id=self.id,
            person_id=self.person_id,
            channel=self.channel,
            template=self.template,
            reason_code=reason,
            at=at,
        )
        self.progress, self.channel, self.taken_until = Progress.FAILED, None, None
        self.reason_code, self.settled_at = reason, at
        self.record(fact)

    def forget(self) -> None:
        """The person is erased: what they speak goes with the rest of what tells who they are.

        What a courier carries just now is not called delivered any more, or it would write the language down again.
        """
        self.language = None
        if self.progress is Progress.READY:
            self.channel = None

    def due_at(self) -> datetime | None:
        return self.give_up_at if self.progress is Progress.WAITING else None

    def on_due(self, now: datetime) -> None:
        """The details never came."""
        if self.progress is Progress.WAITING and now >= self.give_up_at:
            self.fail(Failure.DETAILS_NOT_SHARED, at=now)
