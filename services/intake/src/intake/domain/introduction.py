"""An introduction: somebody at the front door, until they are accepted, closed with an ending, or withdraw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from intake.domain import facts, refusals
from intake.domain.codes import CorrectionReason, HelpArea, SafetyKind, SourceCode, WayIn
from intake.domain.contact_clock import ContactClock
from intake.domain.ending import Endings
from intake.domain.records import Addition, Introducer, Move, Promise, State, Story

MOST_ADDITIONS = 20


@dataclass(kw_only=True)
class Introduction(Endings, ContactClock):
    """Ends at the front door once each time it is opened; an accepted one can still be withdrawn by the person."""

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
        introducer: Introducer | None = None,
        introducer_key: str = "",
        contact_known_at: datetime | None = None,
    ) -> Self:
        """Somebody is at the door; `danger` when somebody may be in danger now.

        `received_at`: when somebody else had received it, for one that was written down elsewhere before. The promise
        counts from `at`, when it came to us: before that nobody here could look, and 10,000 alarms would help nobody.
        `contact_known_at`: when somebody who was known before last said how to reach them.
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
            introducer=introducer,
            introducer_key=introducer_key,
            looks_automated=looks_automated,
            contact_known_at=contact_known_at or at,
            contact_check_days=promise.contact_check_days,
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

    def add(self, text: str, *, at: datetime) -> None:
        """The person tells more, while somebody at the front door will still read it."""
        self._must_be_at_the_door()
        if len(self.additions) >= MOST_ADDITIONS:
            raise refusals.EnoughAdded("You have added a lot already. Call us, so that we can talk.")
        self.additions.append(Addition(text=text, at=at))

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

    def note_case(self, case_id: str, spell: int = 1) -> None:
        """Triage has opened a case. Refused when the person had withdrawn and triage does not seem to know."""
        if self._is_of_now(case_id, spell):
            self._must_be_wanted()

    def note_case_closed(self, case_id: str, spell: int = 1, *, at: datetime) -> None:
        """The case of this introduction is closed; the first closing counts, of those that nobody undid."""
        if self._is_of_now(case_id, spell):
            self._count_closings(closed=at)

    def note_case_reopened(self, case_id: str, spell: int = 1, *, closed_at: datetime) -> None:
        """The same case is open again, so that its closing at `closed_at` does not count. Refused as a new case is."""
        if self._is_of_now(case_id, spell):
            self._count_closings(undone=closed_at)
            self._must_be_wanted()

    def repeat_withdrawal(self, case_id: str, spell: int = 1, *, reopened_after: datetime | None = None) -> None:
        """Answer a case that was opened in spite of the withdrawal, or again after it was closed at `reopened_after`:
        say the withdrawal once more, of the opening that led to that case.
        """
        if not self._is_of_now(case_id, spell):
            return
        if reopened_after is not None:
            self._count_closings(undone=reopened_after)
        if self.state is State.WITHDRAWN and self.ended_at is not None:
            self._say_withdrawn(self.ended_at, repeated=True)

    def _is_of_now(self, case_id: str, spell: int) -> bool:
        """Whether news is about the latest case. One of a later opening than is known here was opened by triage, and
        is the latest from now on; news of an earlier one is old: whoever held that has closed it, or hears that they
        should.
        """
        if spell < self.spell:
            return False
        if spell > self.spell:
            self._next_spell(spell)
        self.case_id = case_id
        return True

    def _count_closings(self, *, closed: datetime | None = None, undone: datetime | None = None) -> None:
        """Whatever order they are told in, and however often, the same closing counts."""
        known = {*self.case_closings, *(at for at in (closed, self.case_closed_at) if at)}
        self.case_closings = sorted(known)
        self.case_closings_undone = sorted({*self.case_closings_undone, *([undone] if undone else [])})
        self.case_closed_at = min((at for at in known if at not in self.case_closings_undone), default=None)

    def _must_be_wanted(self) -> None:
        if self.state is State.WITHDRAWN and self.case_closed_at is None:
            raise refusals.IntroductionAlreadyWithdrawn("The person has withdrawn this introduction.")

    def follow_into(self, merge_id: str, survivor_id: str) -> None:
        """The record of the person is part of an older one now; the introduction belongs to that one."""
        self.moves.append(Move(merge_id=merge_id, from_person_id=self.person_id))
        self.person_id = survivor_id

    def go_back(self, merge_id: str) -> None:
        """That merge was undone: the introduction belongs to whom it belonged before."""
        for move in [each for each in self.moves if each.merge_id == merge_id]:
            self.moves.remove(move)
            self.person_id = move.from_person_id
