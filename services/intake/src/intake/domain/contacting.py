"""Getting in touch: only by a safe way, noted with what came of it, tried again until the person is reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alliance.kernel import LONDON
from intake.domain import refusals
from intake.domain.codes import ContactChannel, ContactOutcome
from intake.domain.facts import ContactPoint
from intake.domain.introduction_file import IntroductionFile
from intake.domain.records import ContactAttempt, Promise, State

MOST_ATTEMPTS = 60
KIND_OF = {
    ContactChannel.PHONE: "phone",
    ContactChannel.TEXT: "phone",
    ContactChannel.EMAIL: "email",
    ContactChannel.LETTER: "address",
}
"""Which contact point a channel uses. The others use none: meeting, whoever introduced, and the status page."""


@dataclass(frozen=True, kw_only=True)
class Ways:
    """The kinds of contact point of a person: those safe to use, those not known to be, and whether voicemail is."""

    safe: frozenset[str] = frozenset()
    unsafe: frozenset[str] = frozenset()
    voicemail_ok: bool = False

    @classmethod
    def of(cls, points: Iterable[ContactPoint]) -> "Ways":
        known = list(points)
        safe = frozenset(point.kind for point in known if point.safe)
        return cls(
            safe=safe,
            unsafe=frozenset(point.kind for point in known) - safe,
            voicemail_ok=any(point.kind == "phone" and point.safe and point.voicemail_ok for point in known),
        )


def way_of(channel: ContactChannel | None) -> str | None:
    """What counts as one way when we ask by how many the person was tried: a call and a text use the same phone."""
    return None if channel is None else KIND_OF.get(channel, channel.value)


@dataclass(kw_only=True)
class Contacting(IntroductionFile):
    """An attempt that would not be safe is refused; the status page is always safe, since the person comes to it."""

    def note_contact_attempt(
        self,
        channel: ContactChannel,
        outcome: ContactOutcome,
        *,
        by: str,
        at: datetime,
        ways: Ways,
        promise: Promise,
        message: str = "",
    ) -> None:
        """Somebody tried to reach the person, or the person got in touch."""
        self._must_be_at_the_door()
        if len(self.attempts) >= MOST_ATTEMPTS:
            raise refusals.NotesFull("The person was tried very often. Talk about this introduction, and decide.")
        if outcome is not ContactOutcome.THEY_CAME:
            self._must_be_safe(channel, outcome, ways)
        if (channel is ContactChannel.STATUS_PAGE) is not bool(message):
            raise refusals.MessageNeeded("Write the message for the status page; for other ways leave it empty.")
        attempt = ContactAttempt(channel=channel, outcome=outcome, at=at, by=by, message=message)
        self.attempts.append(attempt)
        self._touch(at, promise)
        if attempt.reached:
            self._contact_by(None)
        elif self.state is State.CLAIMED:
            self._contact_by(at + promise.to_contact(unsafe=bool(self.concerns)))

    @property
    def missed(self) -> list[ContactAttempt]:
        """Attempts in vain since the person was last reached, or since the introduction was opened again."""
        found: list[ContactAttempt] = []
        opened = self.reopenings[-1].at if self.reopenings else self.received_at
        for attempt in self.attempts:
            found = [] if attempt.reached or attempt.at < opened else [*found, attempt]
        return found

    def must_have_tried(self, promise: Promise, ways: Ways) -> None:
        """Only then can somebody not be reached: often enough, on different days, by two ways where two are safe."""
        missed = self.missed
        if len(missed) < promise.contact_attempts:
            raise refusals.NotEnoughAttempts(
                f"Try to reach the person {promise.contact_attempts} times first: so far it was {len(missed)}."
            )
        if len({attempt.at.astimezone(LONDON).date() for attempt in missed}) < promise.contact_days:
            raise refusals.NotEnoughAttempts(f"Try on {promise.contact_days} different days first.")
        tried = {way_of(attempt.channel) for attempt in missed}
        if len(ways.safe) > 1 and len(tried) < 2:
            raise refusals.NotEnoughAttempts("Try another way first: more than one is safe.")

    def _must_be_safe(self, channel: ContactChannel, outcome: ContactOutcome, ways: Ways) -> None:
        if channel is ContactChannel.INTRODUCER and not (self.introducer and self.introducer.can_be_asked):
            raise refusals.WayNotSafe("Nobody who introduced the person can be asked.")
        kind = KIND_OF.get(channel)
        if kind is None:
            return
        if kind in ways.unsafe:
            raise refusals.WayNotSafe(
                "This way is not known to be safe: somebody else may see or hear it. Use another; their status page is "
                "always safe. If it has been used, raise a safety concern."
            )
        if kind not in ways.safe:
            raise refusals.WayNotSafe(
                "We do not know how to reach the person this way. If they got in touch with us, note that instead."
            )
        if channel is ContactChannel.PHONE and outcome is ContactOutcome.LEFT_MESSAGE and not ways.voicemail_ok:
            raise refusals.WayNotSafe(
                "No voicemail may be left on this phone. If one was left, raise a safety concern: somebody else may "
                "have heard it."
            )
