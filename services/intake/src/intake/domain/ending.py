"""How an introduction ends at the front door, each ending with what it must say; and how it is opened again."""

from dataclasses import dataclass
from datetime import datetime

from intake.domain import facts, refusals
from intake.domain.claiming import Claiming
from intake.domain.codes import Ending, Priority, ReopenReason
from intake.domain.concerning import Concerning
from intake.domain.contacting import Contacting, Ways
from intake.domain.records import Ended, HandOver, Promise, Reopening, State

WAITED_ALL_ALONG = (ReopenReason.HANDED_BACK, ReopenReason.NOT_A_DUPLICATE, ReopenReason.CLOSED_BY_MISTAKE)
"""It was we who were wrong: the person's wait counts from when it had counted before."""


@dataclass(kw_only=True)
class Endings(Claiming, Contacting, Concerning):
    """There is no "rejected": the front door has no eligibility criteria. Nothing ends without saying why."""

    def accept(self, priority: Priority, *, at: datetime) -> None:
        """The alliance takes the person on: a conversation follows."""
        if self.state is State.ACCEPTED and self.suggested_priority is priority:
            return
        self._must_be_at_the_door()
        self.state, self.suggested_priority, self.ended_at = State.ACCEPTED, priority, at
        self._leave_the_door()
        self.record(
            facts.IntroductionAccepted(
                introduction_id=self.id,
                person_id=self.person_id,
                suggested_priority=priority,
                help_areas=self.help_areas,
                received_at=self.waits_from,
                accepted_at=at,
                spell=self.spell,
            )
        )

    def close(
        self,
        ended: Ended,
        *,
        at: datetime,
        promise: Promise,
        ways: Ways | None = None,
        other: "Endings | None" = None,
    ) -> None:
        """End at the front door. `ways`: how the person can be reached; `other`: what this is a duplicate of.

        Signposted says to where; a duplicate of which introduction; not reached only after the agreed attempts; out of
        area only once the other service has confirmed that it has the person.
        """
        if self.state is State.CLOSED and self.ended == ended:
            return
        self._must_be_at_the_door()
        match ended.ending:
            case Ending.SIGNPOSTED if ended.elsewhere is None:
                raise refusals.ElsewhereNeeded("Say where the person is signposted to.")
            case Ending.DUPLICATE:
                self._must_be_duplicate_of(other)
            case Ending.NOT_REACHED:
                self.must_have_tried(promise, ways or Ways())
            case Ending.OUT_OF_AREA if self.hand_over is None or self.hand_over.confirmed_at is None:
                raise refusals.HandOverNotConfirmed(
                    "Hand the person over to the other area's service first; the introduction ends when that confirms."
                )
            case _:
                pass
        self._close(ended, at)

    def hand_over_to(self, area: str, service: str, *, by: str, at: datetime, promise: Promise) -> None:
        """Another area's service is asked to take the person; until it confirms, they are ours, and in the queue."""
        self._must_be_at_the_door()
        same = self.hand_over is not None and (self.hand_over.area, self.hand_over.service) == (area, service)
        if not same:
            self.hand_over = HandOver(area=area, service=service, by=by, at=at)
            self._touch(at, promise)

    def confirm_hand_over(self, confirmed_by: str, *, at: datetime) -> None:
        """The other service says that it has the person: here it ends. `confirmed_by`: who there said so."""
        if self.state is State.CLOSED and self.ending is Ending.OUT_OF_AREA:
            return
        self._must_be_at_the_door()
        if self.hand_over is None:
            raise refusals.NotHandedOver("This introduction has not been handed over to anybody.")
        told = self.hand_over
        self.hand_over = HandOver(
            area=told.area,
            service=told.service,
            by=told.by,
            at=told.at,
            confirmed_by=confirmed_by,
            confirmed_at=at,
        )
        self._close(Ended(ending=Ending.OUT_OF_AREA), at)

    def withdraw(self, *, at: datetime) -> None:
        """The person does not want to go on; possible also after acceptance."""
        if self.state is State.WITHDRAWN:
            return
        if self.state is State.CLOSED:
            raise refusals.IntroductionAlreadyClosed("This introduction has already been closed.")
        self.state, self.ended_at = State.WITHDRAWN, at
        self._leave_the_door()
        self._say_withdrawn(at)

    def reopen(self, reason: ReopenReason, *, by: str, at: datetime, promise: Promise) -> None:
        """What was closed or withdrawn is at the door again, for somebody to take on; a case of it will be another.

        A safety concern stands again too: whoever opens the next case hears of it.
        """
        if self.state is State.ACCEPTED:
            raise refusals.IntroductionAlreadyAccepted(
                "This introduction was accepted. The conversation's team can open the case again."
            )
        if self.ended_at is None or self.at_the_door:
            raise refusals.NothingToReopen("This introduction is still at the front door.")
        self.reopenings.append(Reopening(reason=reason, by=by, at=at, ended_at=self.ended_at, closed=self.ended))
        self._next_spell(self.spell + 1)
        self.ending, self.ended, self.ended_at, self.hand_over = None, None, None, None
        if reason not in WAITED_ALL_ALONG:
            self.waiting_since = at
        self._back_to_everybody(at, promise)
        self.record(
            facts.IntroductionReopened(
                introduction_id=self.id,
                person_id=self.person_id,
                spell=self.spell,
                reason_code=reason,
                reopened_at=at,
                waiting_since=self.waits_from,
            )
        )
        if self.concerns:
            self.raise_safety_concern(self.concerns[-1].kind, at=at, promise=promise)

    def note_duplicate(self, duplicate_id: str, *, at: datetime, promise: Promise) -> None:
        """Another was closed as a duplicate of this one. If this was closed as a duplicate of that, it opens again."""
        if duplicate_id not in self.duplicates:
            self.duplicates.append(duplicate_id)
        if self.ended is not None and self.ended.duplicate_of == duplicate_id:
            self.reopen(ReopenReason.NOT_A_DUPLICATE, by="system", at=at, promise=promise)

    def _must_be_duplicate_of(self, other: "Endings | None") -> None:
        if other is None or other.id == self.id:
            raise refusals.DuplicateOfWhat("Say which other introduction this is a duplicate of.")
        if not (other.at_the_door or other.state is State.ACCEPTED):
            raise refusals.DuplicateOfWhat("The other introduction has ended: nobody would go on with either.")
        missing = {concern.kind for concern in self.concerns} - {concern.kind for concern in other.concerns}
        if missing:
            raise refusals.ConcernWouldBeLost("Raise this one's safety concern on the other introduction first.")

    def _close(self, ended: Ended, at: datetime) -> None:
        self.state, self.ending, self.ended, self.ended_at = State.CLOSED, ended.ending, ended, at
        self._leave_the_door()
        self.record(
            facts.IntroductionClosed(
                introduction_id=self.id,
                person_id=self.person_id,
                ending=ended.ending,
                closed_at=at,
                spell=self.spell,
                duplicate_of=ended.duplicate_of,
            )
        )

    def _say_withdrawn(self, at: datetime, *, repeated: bool = False) -> None:
        self.record(
            facts.IntroductionWithdrawn(
                introduction_id=self.id,
                person_id=self.person_id,
                withdrawn_at=at,
                spell=self.spell,
                repeated=repeated,
            )
        )
