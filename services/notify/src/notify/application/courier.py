"""Carries messages that are ready to the outside world: taken by one courier at a time, again if it got lost."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

from alliance.kernel import Clock, Provenance, acting
from alliance.people import Known
from notify.application.collections import Messages
from notify.domain.codes import Channel, Failure
from notify.domain.message import Message
from notify.domain.reaching import safe_address
from notify.domain.refusals import AlreadyTaken
from notify.domain.wording import Letter, Wordings

CARRYING = timedelta(seconds=60)
"""For how long a courier takes a message, besides what the way out may need with it."""
FIRST_REST, LONGEST_REST = timedelta(seconds=5), timedelta(minutes=5)
IDLE_SECONDS = 0.5
ROUND = 50


class Undeliverable(Exception):
    """The outside world will never take this message."""

    reason = Failure.REJECTED


class NotServed(Undeliverable):
    """Nothing goes out from here by this channel."""

    reason = Failure.CHANNEL_NOT_SERVED


class NotTakenNow(Exception):
    """The outside world does not take this message just now; it is tried again, each time after a longer wait."""


class WayDown(Exception):
    """The outside world takes no message at all just now, whichever it is."""


class Post(Protocol):
    """A way to the outside world."""

    @property
    def within(self) -> timedelta:
        """The longest that it needs with one message. So long nobody else may take it, or it goes twice."""
        ...

    async def send(self, message_id: str, channel: Channel, address: str, letter: Letter) -> None:
        """Send it, once for each `message_id` however often asked. Raises `Undeliverable`, `NotTakenNow`, `WayDown`."""
        ...


class Rest:
    """A courier's rest while the way out is down: twice as long each time, and never longer than `LONGEST_REST`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next, self._until = FIRST_REST, clock.now()

    @property
    def is_on(self) -> bool:
        return self._clock.now() < self._until

    def begin(self) -> None:
        self._until = self._clock.now() + self._next
        self._next = min(2 * self._next, LONGEST_REST)

    def end(self) -> None:
        self._next = FIRST_REST


async def again_and_again(carry_all: Callable[[], Awaitable[None]]) -> None:
    """Round after round until cancelled. An outage of the store is waited out."""
    while True:
        try:
            await carry_all()
        except Exception as error:
            if not getattr(type(error), "transient", False):
                raise
        await asyncio.sleep(IDLE_SECONDS)


class Courier:
    def __init__(
        self, messages: Messages, known: Known, wordings: Wordings, post: Post, clock: Clock, *, organisation: str
    ) -> None:
        self._messages, self._known, self._wordings = messages, known, wordings
        self._post, self._clock, self._organisation = post, clock, organisation
        self._rest = Rest(clock)

    async def run(self) -> None:
        await again_and_again(self.carry_all)

    async def carry_all(self) -> None:
        """One round: everything that is ready now. While the way out is down one is tried, and ever more rarely."""
        if self._rest.is_on:
            return
        for message in (await self._messages.page("to_send", limit=ROUND)).items:
            try:
                with acting(self._provenance(message)), suppress(AlreadyTaken):
                    await self._carry(message)
            except WayDown:
                self._rest.begin()
                return

    async def _carry(self, message: Message) -> None:
        now = self._clock.now()
        taken = await self._messages.change(
            message.id, lambda m: m.take(now=now, until=now + self._post.within + CARRYING)
        )
        if await self._known.died_on(taken.person_id) is not None:
            await self._messages.change(taken.id, lambda m: m.stop(at=now))
            return
        person = await self._known.now(taken.person_id)
        details = person.snapshot if person else None
        address = safe_address(details, taken.channel) if taken.channel else None
        if details is None or taken.channel is None or address is None:
            await self._messages.change(taken.id, lambda m: m.address(person, at=now))
            return
        language = self._wordings.language_for(details.interpreter_language)
        letter = self._wordings.letter(taken.template, language=language, call_me=details.call_me)
        try:
            await self._post.send(taken.id, taken.channel, address, letter)
        except Undeliverable as refused:
            reason, at = refused.reason, self._clock.now()
            known = safe_address(await self._known.details_of(taken.person_id), taken.channel)
            end = known == address  # another that became known meanwhile was not refused
            await self._messages.change(taken.id, lambda m: m.fail(reason, at=at) if end else m.put_back(at=at))
        except NotTakenNow:
            await self._messages.change(taken.id, lambda m: m.put_off(at=self._clock.now()))
        except WayDown:
            await self._messages.change(taken.id, lambda m: m.put_back(at=self._clock.now()))
            raise
        else:
            await self._messages.change(taken.id, lambda m: m.deliver(language=language, at=self._clock.now()))
        self._rest.end()

    def _provenance(self, message: Message) -> Provenance:
        return Provenance(
            actor="service:notify",
            organisation=self._organisation,
            correlation_id=message.correlation_id,
            causation_id=message.cause_event_id,
        )
