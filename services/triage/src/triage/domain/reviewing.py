"""Reviews by everybody who works with the person: planned, due, overdue, held with an outcome."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from alliance.kernel import LONDON
from triage.domain import facts, refusals
from triage.domain.case_file import CaseFile
from triage.domain.codes import ReviewOutcome

MOST_ATTENDEES = 12


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A review that is to be held on `due_on`. `attendees` are subjects."""

    id: str
    due_on: date
    attendees: tuple[str, ...]
    planned_by: str
    planned_at: datetime
    due_said: bool = False
    overdue_said: bool = False

    @property
    def due_from(self) -> datetime:
        """The beginning of its day."""
        return datetime.combine(self.due_on, time(), tzinfo=LONDON)

    @property
    def overdue_from(self) -> datetime:
        """The end of its day."""
        return datetime.combine(self.due_on + timedelta(days=1), time(), tzinfo=LONDON)


@dataclass(frozen=True, kw_only=True)
class Held:
    """A review as it came out."""

    id: str
    due_on: date
    held_on: date
    outcome: ReviewOutcome
    by: str


@dataclass(kw_only=True)
class Reviewing(CaseFile):
    """One review is planned at a time; the next one is planned when it is held."""

    review: Planned | None = None
    reviews_held: list[Held] = field(default_factory=list)

    def plan_review(self, review_id: str, due_on: date, *, attendees: tuple[str, ...], by: str, at: datetime) -> None:
        """Plan the next review, or move the one that is planned."""
        if self.review and (self.review.due_on, self.review.attendees) == (due_on, attendees):
            return
        self._must_be_open()
        if due_on < at.astimezone(LONDON).date():
            raise refusals.InThePast("A review can only be planned for today or a later day.")
        self.review = Planned(
            id=self.review.id if self.review else review_id,
            due_on=due_on,
            attendees=attendees[:MOST_ATTENDEES],
            planned_by=by,
            planned_at=at,
        )

    def hold_review(
        self,
        review_id: str,
        outcome: ReviewOutcome,
        *,
        held_on: date,
        next_on: date | None,
        next_id: str,
        by: str,
        now: datetime,
    ) -> None:
        """The review took place. With `next_on`, the same people meet again then. Raises `ReviewNotPlanned`."""
        if any(each.id == review_id for each in self.reviews_held):
            return
        self._must_be_open()
        if self.review is None or self.review.id != review_id:
            raise refusals.ReviewNotPlanned("That review is not planned any more.")
        today = now.astimezone(LONDON).date()
        if held_on > today:
            raise refusals.InTheFuture("A review that was held cannot be in the future.")
        if next_on is not None and next_on <= held_on:
            raise refusals.InThePast("The next review comes after this one.")
        planned, self.review = self.review, None
        self.reviews_held.append(Held(id=planned.id, due_on=planned.due_on, held_on=held_on, outcome=outcome, by=by))
        self._say(
            facts.ReviewHeld,
            review_id=planned.id,
            due_on=planned.due_on,
            held_on=held_on,
            outcome=outcome,
            next_on=next_on,
        )
        if next_on is not None:
            self.review = Planned(
                id=next_id, due_on=next_on, attendees=planned.attendees, planned_by=by, planned_at=now
            )

    def remind_of_review(self, now: datetime) -> None:
        """Say that its day has come, and that it has gone by; each once."""
        if self.review and self.review.due_from <= now and not self.review.due_said:
            self.review = replace(self.review, due_said=True)
            self._say(facts.ReviewDue, review_id=self.review.id, due_on=self.review.due_on)
        if self.review and self.review.overdue_from <= now and not self.review.overdue_said:
            self.review = replace(self.review, overdue_said=True)
            self._say(facts.ReviewOverdue, review_id=self.review.id, due_on=self.review.due_on)

    @property
    def review_moment(self) -> datetime | None:
        """When the planned review is to be spoken of next."""
        if self.review is None or self.review.overdue_said:
            return None
        return self.review.overdue_from if self.review.due_said else self.review.due_from
