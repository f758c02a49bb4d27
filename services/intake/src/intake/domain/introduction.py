"""An introduction: somebody at the front door, until they are accepted, closed with an ending, or withdraw."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Self

from alliance.kernel import Aggregate, to_text
from intake.domain import facts, refusals
from intake.domain.codes import (
    ContactOutcome,
    CorrectionReason,
    Ending,
    HelpArea,
    Priority,
    SafetyKind,
    SourceCode,
    WayIn,
)
from intake.domain.records import Addition, Concern, ContactAttempt, Move, Promise, State, Story
from intake.domain.reference import reference_for

MOST_ADDITIONS = 20


@dataclass(kw_only=True)
class Introduction(Aggregate):
    """Ends at the front door exactly once; an accepted one can still be withdrawn by the person."""

    indexed: ClassVar[tuple[str, ...]] = ("person_id", "reference", "queue", "in_hand", "unlooked")

    person_id: str
    status_key: str
    way_in: WayIn
    source_code: SourceCode
    received_at: datetime
    look_by: datetime
    help_areas: tuple[HelpArea, ...] = ()
    story: Story = field(default_factory=Story)
    state: State = State.RECEIVED
    overdue: bool = False
    concerns: list[Concern] = field(default_factory=list)
    attempts: list[ContactAttempt] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    looks_automated: bool = False
    """The way it was sent is a machine's; a human decides, so it is in the queue like any other."""
    claimed_by: str | None = None
    claimed_at: datetime | None = None
    suggested_priority: Priority | None = None
    ending: Ending | None = None
    ended_at: datetime | None = None
    case_id: str | None = None
    case_closed_at: datetime | None = None
    moves: list[Move] = field(default_factory=list)

    @classmethod
    def receive(
        cls,
        *,
        id: str,  # noqa: A002 - the aggregate's own word
        person_id: str,
        status_key: str,
        way_in: WayIn,
        source_code: SourceCode,
        help_areas: tuple[HelpArea, ...],
        story: Story,
        danger: SafetyKind | None,
        at: datetime,
        promise: Promise,
        looks_automated: bool = False,
        received_at: datetime | None = None,
    ) -> Self:
        """Somebody is at the door; `danger` when somebody may be in danger now.

        `received_at`: when somebody else had received it, for one that was written down elsewhere before. The promise
        counts from `at`, when it came to us: before that nobody here could look, and 10,000 alarms would help nobody.
        """
        received_at = min(received_at or at, at)
        introduction = cls(
            id=id,
            person_id=person_id,
            status_key=status_key,
            way_in=way_in,
            source_code=source_code,
            received_at=received_at,
            look_by=at + promise.look_within,
            help_areas=help_areas,
            story=story,
            looks_automated=looks_automated,
        )
        introduction.record(
            facts.IntroductionReceived(
                introduction_id=id,
                person_id=person_id,
                way_in=way_in,
                source_code=source_code,
                received_at=received_at,
                safety_concern=danger is not None,
                help_areas=help_areas,
            )
        )
        if danger is not None:
            introduction.raise_safety_concern(danger, at=at, promise=promise)
        return introduction

    @property
    def reference(self) -> str:
        return reference_for(self.id)

    @property
    def concerned_from_the_start(self) -> bool:
        """Somebody was said to be in danger when the introduction was made."""
        return any(concern.raised_at == self.received_at for concern in self.concerns)

    @property
    def at_the_door(self) -> bool:
        """Neither accepted nor ended."""
        return self.state in (State.RECEIVED, State.CLAIMED)

    @property
    def queue(self) -> str | None:
        """The work queue's order: safety concerns on top, then unassigned, then oldest."""
        if not self.at_the_door:
            return None
        return f"open:{int(not self.concerns)}:{int(self.claimed_by is not None)}:{to_text(self.received_at)}:{self.id}"

    @property
    def in_hand(self) -> str | None:
        """By which a worker finds what they have taken on: oldest first."""
        if not self.at_the_door or self.claimed_by is None:
            return None
        return f"{self.claimed_by}:{to_text(self.received_at)}:{self.id}"

    @property
    def unlooked(self) -> str | None:
        """By which those are found that nobody has looked at: the first to be overdue first."""
        return f"by:{to_text(self.look_by)}:{self.id}" if self.state is State.RECEIVED else None

    def is_late(self, now: datetime) -> bool:
        """Nobody looked within what was promised."""
        return self.state is State.RECEIVED and self.look_by <= now

    def due_at(self) -> datetime | None:
        return self.look_by if self.state is State.RECEIVED and not self.overdue else None

    def on_due(self, now: datetime) -> None:
        due = self.due_at()
        if due is not None and due <= now:
            self.overdue = True
            self.record(
                facts.IntroductionOverdue(introduction_id=self.id, person_id=self.person_id, due_at=self.look_by)
            )

    def claim(self, *, by: str, at: datetime) -> None:
        """A worker takes the introduction on; it has now been looked at."""
        if self.state is State.CLAIMED and self.claimed_by != by:
            raise refusals.ClaimedBySomebodyElse("A colleague has taken this introduction on.")
        if self.state is State.CLAIMED:
            return
        self._must_be_at_the_door()
        self.state, self.claimed_by, self.claimed_at = State.CLAIMED, by, at

    def note_contact_attempt(self, outcome: ContactOutcome, *, by: str, at: datetime) -> None:
        """Somebody tried to reach the person."""
        self._must_be_at_the_door()
        self.attempts.append(ContactAttempt(outcome=outcome, at=at, by=by))

    def add(self, text: str, *, at: datetime) -> None:
        """The person tells more, while somebody at the front door will still read it."""
        self._must_be_at_the_door()
        if len(self.additions) >= MOST_ADDITIONS:
            raise refusals.EnoughAdded("You have added a lot already. Call us, so that we can talk.")
        self.additions.append(Addition(text=text, at=at))

    def accept(self, priority: Priority, *, at: datetime) -> None:
        """The alliance takes the person on: a conversation follows."""
        if self.state is State.ACCEPTED and self.suggested_priority is priority:
            return
        self._must_be_at_the_door()
        self.state, self.suggested_priority, self.ended_at = State.ACCEPTED, priority, at
        self.record(
            facts.IntroductionAccepted(
                introduction_id=self.id,
                person_id=self.person_id,
                suggested_priority=priority,
                help_areas=self.help_areas,
                received_at=self.received_at,
                accepted_at=at,
            )
        )

    def close(self, ending: Ending, *, at: datetime, promise: Promise) -> None:
        """End at the front door. Not reached can be said only after the agreed attempts."""
        if self.state is State.CLOSED and self.ending is ending:
            return
        self._must_be_at_the_door()
        missed = sum(attempt.outcome is not ContactOutcome.SPOKE for attempt in self.attempts)
        if ending is Ending.NOT_REACHED and missed < promise.contact_attempts:
            raise refusals.NotEnoughAttempts(f"Try to reach the person {promise.contact_attempts} times first.")
        self.state, self.ending, self.ended_at = State.CLOSED, ending, at
        self.record(
            facts.IntroductionClosed(introduction_id=self.id, person_id=self.person_id, ending=ending, closed_at=at)
        )

    def withdraw(self, *, at: datetime) -> None:
        """The person does not want to go on; possible also after acceptance."""
        if self.state is State.WITHDRAWN:
            return
        if self.state is State.CLOSED:
            raise refusals.IntroductionAlreadyClosed("This introduction has already been closed.")
        self.state, self.ended_at = State.WITHDRAWN, at
        self._say_withdrawn(at)

    def raise_safety_concern(self, kind: SafetyKind, *, at: datetime, promise: Promise) -> None:
        """Somebody may be in danger now; possible at any time, whatever became of the introduction."""
        concern = Concern(kind=kind, raised_at=at)
        if concern in self.concerns:
            return
        self.concerns.append(concern)
        if self.state is State.RECEIVED:
            soon = at + promise.look_within_when_unsafe
            self.look_by, self.overdue = (soon if self.overdue else min(self.look_by, soon)), False
        self.record(
            facts.SafetyConcernRaised(introduction_id=self.id, person_id=self.person_id, kind=kind, raised_at=at)
        )

    def correct_source(self, source_code: SourceCode, *, reason: CorrectionReason) -> None:
        """Who introduced the person had been recorded wrongly."""
        if source_code is self.source_code:
            return
        before, self.source_code = self.source_code, source_code
        self.record(
            facts.SourceCorrected(
                introduction_id=self.id,
                person_id=self.person_id,
                source_code_before=before,
                source_code=source_code,
                received_at=self.received_at,
                reason_code=reason,
            )
        )

    def note_case(self, case_id: str) -> None:
        """Triage has opened a case. Refused when the person had withdrawn and triage does not seem to know."""
        if self.state is State.WITHDRAWN and self.case_closed_at is None:
            raise refusals.IntroductionAlreadyWithdrawn("The person has withdrawn this introduction.")
        self.case_id = case_id

    def repeat_withdrawal(self, case_id: str) -> None:
        """Answer a case that was opened in spite of the withdrawal: say the withdrawal once more."""
        self.case_id = case_id
        if self.state is State.WITHDRAWN and self.ended_at is not None:
            self._say_withdrawn(self.ended_at, repeated=True)

    def note_case_closed(self, case_id: str, *, at: datetime) -> None:
        """The case of this introduction is closed; the first closing counts."""
        self.case_id, self.case_closed_at = case_id, min(at, self.case_closed_at or at)

    def follow_into(self, merge_id: str, survivor_id: str) -> None:
        """The record of the person is part of an older one now; the introduction belongs to that one."""
        self.moves.append(Move(merge_id=merge_id, from_person_id=self.person_id))
        self.person_id = survivor_id

    def go_back(self, merge_id: str) -> None:
        """That merge was undone: the introduction belongs to whom it belonged before."""
        for move in [each for each in self.moves if each.merge_id == merge_id]:
            self.moves.remove(move)
            self.person_id = move.from_person_id

    def _say_withdrawn(self, at: datetime, *, repeated: bool = False) -> None:
        self.record(
            facts.IntroductionWithdrawn(
                introduction_id=self.id, person_id=self.person_id, withdrawn_at=at, repeated=repeated
            )
        )

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
