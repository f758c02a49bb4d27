"""Who has an introduction in hand: taking it on, giving it back, giving it to a colleague, and notes between shifts."""

from dataclasses import dataclass
from datetime import datetime

from intake.domain import refusals
from intake.domain.introduction_file import IntroductionFile
from intake.domain.records import Note, Promise, State, Turn

MOST_NOTES = 60


@dataclass(kw_only=True)
class Claiming(IntroductionFile):
    """Whoever takes an introduction on has looked at it, and gets in touch next."""

    def claim(self, *, by: str, at: datetime, promise: Promise) -> None:
        """A worker takes the introduction on. What a colleague has left alone may be taken from them."""
        if self.state is State.CLAIMED and self.claimed_by == by:
            return
        if self.state is State.CLAIMED and not self.left_alone:
            raise refusals.ClaimedBySomebodyElse(
                f"{self.claimed_by} has taken this introduction on, and goes on with it. Ask them, or let it be given "
                "to you."
            )
        self._must_be_at_the_door()
        self._give_to(by, by=by, at=at, promise=promise)

    def release(self, *, by: str, at: datetime, promise: Promise, note: str = "") -> None:
        """Give it back to everybody: somebody must look at it again within what is promised."""
        self._must_be_at_the_door()
        if self.state is State.RECEIVED:
            raise refusals.NobodyHasClaimed("Nobody has taken this introduction on.")
        if note:
            self.note(note, by=by, at=at, promise=promise)
        self._back_to_everybody(at, promise)
        self.turns.append(Turn(to=None, by=by, at=at))

    def reassign(self, to: str, *, by: str, at: datetime, promise: Promise, note: str = "") -> None:
        """Give it to a named colleague, whoever has it now."""
        if self.state is State.CLAIMED and self.claimed_by == to:
            return
        self._must_be_at_the_door()
        if note:
            self.note(note, by=by, at=at, promise=promise)
        self._give_to(to, by=by, at=at, promise=promise)

    def note(self, text: str, *, by: str, at: datetime, promise: Promise) -> None:
        """Tell the next shift something; it stays as it was written."""
        self._must_be_at_the_door()
        if len(self.notes) >= MOST_NOTES:
            raise refusals.NotesFull("There are many notes already. Talk about this introduction, and decide.")
        self.notes.append(Note(text=text, at=at, by=by))
        self._touch(at, promise)

    def _give_to(self, worker: str, *, by: str, at: datetime, promise: Promise) -> None:
        """The next contact stays due when it was, if it was: another worker is no reason to wait longer."""
        self.state, self.claimed_by, self.claimed_at = State.CLAIMED, worker, at
        self.turns.append(Turn(to=worker, by=by, at=at))
        if self.contact_by is None and not self._reached_since_opened:
            self._contact_by(at + promise.to_contact(unsafe=bool(self.concerns)))
        self._touch(at, promise)

    def _back_to_everybody(self, at: datetime, promise: Promise) -> None:
        self.state, self.claimed_by, self.claimed_at = State.RECEIVED, None, None
        self._leave_the_door()
        self.look_by, self.overdue = at + promise.to_look(unsafe=bool(self.concerns)), False

    @property
    def _reached_since_opened(self) -> bool:
        opened = self.reopenings[-1].at if self.reopenings else self.received_at
        return any(attempt.reached and attempt.at >= opened for attempt in self.attempts)
