"""How to reach somebody changes while they wait: by the clock they are asked whether it has."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from alliance.kernel import LONDON, to_text
from intake.domain import facts, refusals
from intake.domain.introduction_file import IntroductionFile
from intake.domain.records import Addition, Promise, State

ASKED_AT = time(9)
"""On the day, in London: a message that somebody may see is not written at night."""
MOST_SAID = 40
"""Additions, with those from before it was accepted."""


@dataclass(kw_only=True)
class ContactClock(IntroductionFile):
    """Runs while the person waits for us: accepted, and the case that it led to is not closed."""

    contact_known_at: datetime | None = None
    """When how to reach the person was last given or confirmed; None on those from before that was kept."""
    not_to_be_asked: bool = False
    """They have died, or are erased."""
    contact_asked_at: datetime | None = None
    contact_check_days: int = 60
    contact_said_at: datetime | None = None
    """When the person wrote here that how to reach them has changed."""

    @property
    def in_hand_elsewhere(self) -> bool:
        """Accepted and not ended."""
        return self.state is State.ACCEPTED and self.case_closed_at is None

    @property
    def asks_how_to_reach(self) -> bool:
        """Whether the person may be asked: somebody here, or who works with them, means to reach them."""
        return not self.not_to_be_asked and (self.at_the_door or self.in_hand_elsewhere)

    @property
    def contact_said(self) -> str | None:
        """By which staff find what they have to change: it leaves the list when the details are changed."""
        said = self.contact_said_at
        if said is None or said < self._known_at or not self.in_hand_elsewhere or self.not_to_be_asked:
            return None
        return f"at:{to_text(said)}:{self.id}"

    def follow_contact(self, known_at: datetime | None, *, gone: bool, promise: Promise) -> None:
        """What is known of the person now; `gone`: they have died or are erased, and nobody asks them."""
        self.contact_known_at, self.not_to_be_asked = known_at, gone
        self.contact_check_days = promise.contact_check_days

    def ask_no_more(self) -> None:
        """The person is erased."""
        self.not_to_be_asked, self.contact_said_at = True, None

    def say_contact_changed(self, text: str, *, at: datetime) -> None:
        """The person writes how to reach them from now on; staff read it and change the details."""
        if not self.in_hand_elsewhere:
            raise refusals.IntroductionAlreadyClosed("This introduction has already been closed.")
        if len(self.additions) >= MOST_SAID:
            raise refusals.EnoughAdded("You have added a lot already. Call us, so that we can talk.")
        self.additions.append(Addition(text=text, at=at))
        self.contact_said_at = at

    def due_at(self) -> datetime | None:
        return super().due_at() if self.at_the_door else self._contact_check_at

    def on_due(self, now: datetime) -> None:
        super().on_due(now)
        due_at = self._contact_check_at
        if due_at is not None and due_at <= now:
            self.contact_asked_at = now
            self.record(
                facts.ContactCheckDue(
                    introduction_id=self.id,
                    person_id=self.person_id,
                    known_since=self._known_at.astimezone(LONDON).date(),
                    due_at=due_at,
                )
            )

    @property
    def _known_at(self) -> datetime:
        return self.contact_known_at or self.received_at

    @property
    def _contact_check_at(self) -> datetime | None:
        if not self.in_hand_elsewhere or self.not_to_be_asked:
            return None
        last = max(self._known_at, self.contact_asked_at or self._known_at)
        day = last.astimezone(LONDON).date() + timedelta(days=self.contact_check_days)
        return datetime.combine(day, ASKED_AT, tzinfo=LONDON)
