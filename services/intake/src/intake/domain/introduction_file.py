"""What is known of an introduction, and what follows from it: its place in the queue, and when time matters to it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from alliance.kernel import Aggregate, to_text
from intake.domain import facts, refusals
from intake.domain.codes import Ending, HelpArea, Priority, SourceCode, WayIn
from intake.domain.records import (
    Addition,
    Concern,
    ContactAttempt,
    Ended,
    HandOver,
    Introducer,
    Move,
    Note,
    Promise,
    Reopening,
    State,
    Story,
    Turn,
)
from intake.domain.reference import reference_for


@dataclass(kw_only=True)
class IntroductionFile(Aggregate):
    """The state of an introduction and what it says of itself; the verbs are in the classes that make it whole."""

    indexed: ClassVar[tuple[str, ...]] = (
        "person_id",
        "reference",
        "queue",
        "in_hand",
        "unlooked",
        "to_contact",
        "attend",
        "contact_said",
    )

    person_id: str
    status_key: str
    way_in: WayIn
    source_code: SourceCode
    received_at: datetime
    look_by: datetime
    help_areas: tuple[HelpArea, ...] = ()
    story: Story = field(default_factory=Story)
    introducer: Introducer | None = None
    introducer_key: str = ""
    """With the reference it tells the professional who introduced the person how far that has come, and no more."""
    state: State = State.RECEIVED
    overdue: bool = False
    concerns: list[Concern] = field(default_factory=list)
    attempts: list[ContactAttempt] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    looks_automated: bool = False
    """The way it was sent is a machine's; a human decides, so it is in the queue like any other."""
    claimed_by: str | None = None
    claimed_at: datetime | None = None
    contact_by: datetime | None = None
    """When the person is to be tried next; None while nobody has it in hand, and once the person was reached."""
    contact_late: bool = False
    touch_by: datetime | None = None
    """When whoever has it in hand must have done something, else it comes back to everybody's attention."""
    left_alone: bool = False
    suggested_priority: Priority | None = None
    ending: Ending | None = None
    ended: Ended | None = None
    ended_at: datetime | None = None
    hand_over: HandOver | None = None
    duplicates: list[str] = field(default_factory=list)
    """Introductions closed as duplicates of this one."""
    spell: int = 1
    """Counts the openings: 1, and one more each time it is opened again, here or by triage long after its case was
    closed. Each may lead to a case of its own, and what is said about the introduction is about the latest.
    """
    waiting_since: datetime | None = None
    """From when the wait counts, where that is not when it was received."""
    reopenings: list[Reopening] = field(default_factory=list)
    case_id: str | None = None
    case_closed_at: datetime | None = None
    """The first closing of the latest case that still counts."""
    case_closings: list[datetime] = field(default_factory=list)
    case_closings_undone: list[datetime] = field(default_factory=list)
    """Those after which triage opened the same case again: they do not count, also where they are told later."""
    moves: list[Move] = field(default_factory=list)

    @property
    def reference(self) -> str:
        return reference_for(self.id)

    @property
    def waits_from(self) -> datetime:
        return self.waiting_since or self.received_at

    @property
    def concerned_from_the_start(self) -> bool:
        """Somebody was said to be in danger when the introduction was made."""
        return any(concern.raised_at == self.received_at for concern in self.concerns)

    @property
    def at_the_door(self) -> bool:
        """Neither accepted nor ended."""
        return self.state in (State.RECEIVED, State.CLAIMED)

    @property
    def needs_somebody(self) -> bool:
        """Nobody has it in hand, or whoever has it does not get on with it."""
        return self.claimed_by is None or self.contact_late or self.left_alone

    @property
    def queue(self) -> str | None:
        """The work queue's order: safety concerns on top, then what needs somebody, then the longest wait."""
        if not self.at_the_door:
            return None
        place = f"{int(not self.concerns)}:{int(not self.needs_somebody)}"
        return f"open:{place}:{to_text(self.waits_from)}:{self.id}"

    @property
    def in_hand(self) -> str | None:
        """By which a worker finds what they have taken on: the longest wait first."""
        if not self.at_the_door or self.claimed_by is None:
            return None
        return f"{self.claimed_by}:{to_text(self.waits_from)}:{self.id}"

    @property
    def unlooked(self) -> str | None:
        """By which those are found that nobody has in hand: the first to be overdue first."""
        return f"by:{to_text(self.look_by)}:{self.id}" if self.state is State.RECEIVED else None

    @property
    def to_contact(self) -> str | None:
        """By which those are found whom somebody has to try: who is due first."""
        return f"by:{to_text(self.contact_by)}:{self.id}" if self.contact_by is not None else None

    @property
    def attend(self) -> str | None:
        """By which those are found that are late, or soon will be: the first promise to be broken first."""
        by = self.attend_by
        return f"by:{to_text(by)}:{self.id}" if by is not None else None

    @property
    def contact_said(self) -> str | None:
        """By which those are found who say that how to reach them has changed."""
        return None

    @property
    def attend_by(self) -> datetime | None:
        """The earliest of what was promised about it; None for what is no longer at the door."""
        if not self.at_the_door:
            return None
        if self.state is State.RECEIVED:
            return self.look_by
        return min((by for by in (self.contact_by, self.touch_by) if by is not None), default=None)

    def is_late(self, now: datetime) -> bool:
        """Nobody looked, got in touch or went on within what was promised."""
        by = self.attend_by
        return by is not None and by <= now

    def due_at(self) -> datetime | None:
        if not self.at_the_door:
            return None
        waiting = (
            (self.look_by, self.overdue or self.state is not State.RECEIVED),
            (self.contact_by, self.contact_late),
            (self.touch_by, self.left_alone),
        )
        return min((by for by, said in waiting if by is not None and not said), default=None)

    def on_due(self, now: datetime) -> None:
        """A promise is broken: say so, and put it among those that need somebody."""
        if not self.at_the_door:
            return
        if self.state is State.RECEIVED and not self.overdue and self.look_by <= now:
            self.overdue = True
            self._say_late(facts.IntroductionOverdue, self.look_by)
        if self.contact_by is not None and self.contact_by <= now:
            self.contact_late = True
        if self.touch_by is not None and not self.left_alone and self.touch_by <= now:
            self.left_alone = True
            self._say_late(facts.IntroductionLeftAlone, self.touch_by)

    def _say_late(
        self, fact: type[facts.IntroductionOverdue] | type[facts.IntroductionLeftAlone], due_at: datetime
    ) -> None:
        self.record(fact(introduction_id=self.id, person_id=self.person_id, due_at=due_at))

    def _touch(self, at: datetime, promise: Promise) -> None:
        """Somebody at the front door has done something about it."""
        if self.state is State.CLAIMED:
            self.touch_by, self.left_alone = at + promise.touch_within, False

    def _contact_by(self, by: datetime | None) -> None:
        self.contact_by, self.contact_late = by, False

    def _leave_the_door(self) -> None:
        """Nothing is promised here any more."""
        self._contact_by(None)
        self.touch_by, self.left_alone = None, False

    def _next_spell(self, spell: int) -> None:
        """What was known of an earlier case is not about the one that this opening leads to."""
        self.spell = spell
        self.case_id, self.case_closed_at = None, None
        self.case_closings, self.case_closings_undone = [], []

    def _must_be_at_the_door(self) -> None:
        match self.state:
            case State.ACCEPTED:
                raise refusals.IntroductionAlreadyAccepted("This introduction has already been accepted.")
            case State.CLOSED:
                raise refusals.IntroductionAlreadyClosed("This introduction has already been closed.")
            case State.WITHDRAWN:
                raise refusals.IntroductionAlreadyWithdrawn("The person has withdrawn this introduction.")
            case _:
                return
