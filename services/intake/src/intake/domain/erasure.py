"""A request to be erased: asked, decided by the governance lead, confirmed, and done once every holder has said so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from alliance.kernel import Aggregate, to_text
from intake.domain import facts, refusals
from intake.domain.rights import (
    AskedBy,
    ErasureGround,
    Hindrance,
    IdentityCheck,
    RefusalGround,
    a_month_after,
    holder_of,
)


class ErasureState(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"
    ERASING = "erasing"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The governance lead's word, by codes alone, so that nothing of it has to be erased."""

    agreed: bool
    ground: str
    hindrances: tuple[Hindrance, ...]
    by: str
    at: datetime


@dataclass(kw_only=True)
class Erasure(Aggregate):
    """Holds pseudonyms, codes and times alone: it outlives the person's record, and shows that it was done."""

    indexed: ClassVar[tuple[str, ...]] = ("person_id", "listed", "waiting")

    person_id: str
    asked_by: AskedBy
    asked_at: datetime
    identity: IdentityCheck | None = None
    recorded_by: str | None = None
    state: ErasureState = ErasureState.ASKED
    decision: Decision | None = None
    people: tuple[str, ...] = ()
    """Every pseudonym of the person."""
    holders: tuple[str, ...] = ()
    """Services that have to say that nothing is left."""
    confirmed: dict[str, datetime] = field(default_factory=dict)
    erased_at: datetime | None = None
    erased_by: str | None = None
    confirm_by: datetime | None = None
    overdue: bool = False
    done_at: datetime | None = None

    @property
    def answer_by(self) -> datetime:
        return a_month_after(self.asked_at)

    def is_late(self, now: datetime) -> bool:
        """Nobody has decided within the month, or a service has not confirmed in time."""
        undecided = self.state in (ErasureState.ASKED, ErasureState.AGREED)
        return self.overdue or (undecided and now >= self.answer_by)

    @property
    def open(self) -> bool:
        return self.state in (ErasureState.ASKED, ErasureState.AGREED, ErasureState.ERASING)

    @property
    def listed(self) -> str:
        """Open ones first, those that are overdue on top, then the oldest."""
        return f"{int(not self.open)}:{int(not self.overdue)}:{to_text(self.asked_at)}:{self.id}"

    @property
    def waiting(self) -> str | None:
        """The list of those about which somebody has to do something."""
        return self.listed if self.open else None

    @property
    def missing(self) -> list[str]:
        """Services that have not confirmed for every pseudonym."""
        return [each for each in self.holders if any(holder_of(each, id_) not in self.confirmed for id_ in self.people)]

    def confirmed_at(self, service: str) -> datetime | None:
        """When the last pseudonym was confirmed; None while one is missing."""
        found = [self.confirmed.get(holder_of(service, id_)) for id_ in self.people]
        known = [at for at in found if at is not None]
        return max(known) if known and len(known) == len(found) else None

    @property
    def needs_identity(self) -> bool:
        """Whoever holds the key of a status page asked; nobody has made sure yet that it is them."""
        return self.asked_by is AskedBy.PERSON and self.identity is None

    @property
    def needs_answer(self) -> bool:
        """Somebody asked, and is told. Where the record's time had come nobody did."""
        return self.asked_by is not AskedBy.KEEPING

    def agree(
        self,
        ground: ErasureGround,
        *,
        hindrances: Iterable[Hindrance],
        by: str,
        at: datetime,
        identity: IdentityCheck | None = None,
    ) -> None:
        """The person is going to be erased. Raises `NotIdentified`, and `StillInCare` while something forbids it."""
        self._must_be_undecided()
        if self.needs_identity:
            if identity is None:
                raise refusals.NotIdentified("Make sure first that it is them.")
            self.identity = identity
        found = tuple(hindrances)
        if any(each.forbids for each in found):
            raise refusals.StillInCare("Something is still open for this person, or a legal hold stands.")
        self.decision = Decision(agreed=True, ground=ground, hindrances=found, by=by, at=at)
        self.state = ErasureState.AGREED

    def refuse(self, ground: RefusalGround, *, hindrances: Iterable[Hindrance], by: str, at: datetime) -> None:
        """The law lets us keep it; the person is told why, and that they may complain to the ICO."""
        self._must_be_undecided()
        self.decision = Decision(agreed=False, ground=ground, hindrances=tuple(hindrances), by=by, at=at)
        self.state = ErasureState.REFUSED

    def take_back(self) -> None:
        """The person does not want it any more; possible until it has begun."""
        if self.state is ErasureState.TAKEN_BACK:
            return
        if self.state not in (ErasureState.ASKED, ErasureState.AGREED):
            raise refusals.ErasureDecided("It is too late for that.")
        self.state = ErasureState.TAKEN_BACK

    def erase(
        self,
        people: Iterable[str],
        holders: Iterable[str],
        *,
        hindrances: Iterable[Hindrance],
        within: timedelta,
        by: str,
        at: datetime,
    ) -> None:
        """Now, and for good: every service is told. Raises `NotAgreed`, `StillInCare`."""
        if self.state in (ErasureState.ERASING, ErasureState.DONE):
            return
        if self.state is not ErasureState.AGREED:
            raise refusals.NotAgreed("The governance lead has to agree first.")
        if any(each.forbids for each in hindrances):
            raise refusals.StillInCare("Something has been opened for this person since it was decided.")
        self.state, self.erased_at, self.erased_by = ErasureState.ERASING, at, by
        self.people, self.holders = tuple(people), tuple(holders)
        self.confirm_by = at + within
        for person_id in self.people:
            self.record(facts.PersonErased(person_id=person_id, request_id=self.id, at=at))

    def note_forgotten(self, service: str, person_id: str, *, at: datetime) -> None:
        """A service has nothing left of one pseudonym."""
        holder = holder_of(service, person_id)
        self.confirmed[holder] = min(at, self.confirmed.get(holder, at))
        if self.state is ErasureState.ERASING and not self.missing:
            self.state, self.overdue = ErasureState.DONE, False
            self.done_at = max(self.confirmed.values())

    def due_at(self) -> datetime | None:
        return self.confirm_by if self.state is ErasureState.ERASING and not self.overdue else None

    def on_due(self, now: datetime) -> None:
        """Somebody has not confirmed in time: said once, and shown until they have."""
        if self.confirm_by is None or self.overdue or now < self.confirm_by:
            return
        self.overdue = True
        self.record(
            facts.ErasureOverdue(
                request_id=self.id, person_id=self.person_id, waiting_for=tuple(self.missing), due_at=self.confirm_by
            )
        )

    def _must_be_undecided(self) -> None:
        if self.state is not ErasureState.ASKED:
            raise refusals.ErasureDecided("This request has been decided already.")
