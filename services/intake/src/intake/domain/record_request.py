"""A request for a copy of the record: asked, gathered from every holder, looked through, released, deleted in time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from alliance.kernel import Aggregate, derived_id, to_text
from alliance.people import Section
from intake.domain import facts, refusals
from intake.domain.rights import AskedBy, IdentityCheck, a_month_after, holder_of


class RecordState(StrEnum):
    ASKED = "asked"
    """Somebody has to make sure that it is them."""
    GATHERING = "gathering"
    READY = "ready"
    """Everybody has sent their part; a human looks for what tells of others."""
    RELEASED = "released"
    TAKEN_BACK = "taken-back"


@dataclass(kw_only=True)
class RecordRequest(Aggregate):
    """Knows who has answered; the parts themselves are documents of their own, and do not stay."""

    indexed: ClassVar[tuple[str, ...]] = ("person_id", "listed", "waiting")

    person_id: str
    asked_by: AskedBy
    asked_at: datetime
    identity: IdentityCheck | None = None
    recorded_by: str | None = None
    state: RecordState = RecordState.ASKED
    started_at: datetime | None = None
    people: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    arrived: dict[str, list[int]] = field(default_factory=dict)
    """By holder: the numbers of the parts that have come."""
    expected: dict[str, int] = field(default_factory=dict)
    """By holder: of how many parts its answer is made."""
    ready_at: datetime | None = None
    left_out: tuple[str, ...] = ()
    """Rows that are not released, by their place: they tell of somebody else."""
    released_at: datetime | None = None
    released_by: str | None = None
    overdue: bool = False

    @property
    def answer_by(self) -> datetime:
        return a_month_after(self.asked_at)

    def is_late(self, now: datetime) -> bool:
        """The month is over, and the copy is not released."""
        return self.open and now >= self.answer_by

    @property
    def open(self) -> bool:
        return self.state not in (RecordState.RELEASED, RecordState.TAKEN_BACK)

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
        """Services that have not sent all of their part."""
        return [each for each in self.holders if not self.has_answered(each)]

    def has_answered(self, service: str) -> bool:
        return all(self._is_complete(holder_of(service, id_)) for id_ in self.people)

    def start(
        self,
        people: Iterable[str],
        holders: Iterable[str],
        *,
        identity: IdentityCheck,
        by: str,
        at: datetime,
    ) -> None:
        """It is them: every service is asked for its part."""
        if self.state in (RecordState.GATHERING, RecordState.READY):
            return
        if self.state is not RecordState.ASKED:
            raise refusals.RecordIsReleased("This request is over. Make another one.")
        self.state, self.started_at, self.identity, self.recorded_by = RecordState.GATHERING, at, identity, by
        self.people, self.holders = tuple(people), tuple(holders)
        for person_id in self.people:
            self.record(facts.RecordRequested(request_id=self.id, person_id=person_id, at=at))

    def note_part(self, service: str, person_id: str, part: int, of: int, *, at: datetime) -> None:
        """A part has come; in any order, and any number of times."""
        holder = holder_of(service, person_id)
        self.expected[holder] = of
        self.arrived[holder] = sorted({*self.arrived.get(holder, ()), part})
        if self.state is RecordState.GATHERING and not self.missing:
            self.state, self.ready_at = RecordState.READY, at

    def release(self, left_out: Iterable[str], *, by: str, at: datetime) -> None:
        """The person gets it, but for what tells of others (Data Protection Act 2018, Schedule 2 paragraph 16)."""
        if self.state is RecordState.RELEASED:
            return
        if self.state is not RecordState.READY:
            raise refusals.RecordNotReady("Not everybody has sent their part yet.")
        self.state, self.left_out = RecordState.RELEASED, tuple(sorted(left_out))
        self.released_at, self.released_by, self.overdue = at, by, False

    def take_back(self) -> None:
        """The person does not want it any more."""
        if self.state is RecordState.RELEASED:
            raise refusals.RecordIsReleased("The copy has been released already.")
        self.state, self.overdue = RecordState.TAKEN_BACK, False

    def due_at(self) -> datetime | None:
        return self.answer_by if self.open and not self.overdue else None

    def on_due(self, now: datetime) -> None:
        """The month is over: said once, and shown until the copy is released."""
        if not self.open or self.overdue or now < self.answer_by:
            return
        self.overdue = True
        self.record(
            facts.RecordOverdue(
                request_id=self.id, person_id=self.person_id, waiting_for=tuple(self.missing), due_at=self.answer_by
            )
        )

    def _is_complete(self, holder: str) -> bool:
        return len(self.arrived.get(holder, ())) == self.expected.get(holder, -1)


def part_id_of(request_id: str, service: str, person_id: str, part: int) -> str:
    return derived_id("intake", "record-part", request_id, service, person_id, str(part))


@dataclass(kw_only=True)
class RecordPart(Aggregate):
    """What one service sent, until it has been kept long enough."""

    indexed: ClassVar[tuple[str, ...]] = ("place", "person_id")

    request_id: str
    service: str
    person_id: str
    part: int
    sections: tuple[Section, ...] = field(repr=False)
    arrived_at: datetime
    delete_at: datetime
    deleted: bool = False

    @classmethod
    def arrive(
        cls,
        request_id: str,
        service: str,
        person_id: str,
        part: int,
        sections: tuple[Section, ...],
        *,
        at: datetime,
        lasts: timedelta,
    ) -> "RecordPart":
        return cls(
            id=part_id_of(request_id, service, person_id, part),
            request_id=request_id,
            service=service,
            person_id=person_id,
            part=part,
            sections=sections,
            arrived_at=at,
            delete_at=at + lasts,
        )

    @property
    def place(self) -> str:
        """In the order in which the whole is read."""
        return f"{self.request_id}:{self.service}:{self.person_id}:{self.part:05d}:{self.id}"

    def forget(self) -> None:
        """Nothing of it stays."""
        self.sections, self.deleted = (), True

    def due_at(self) -> datetime | None:
        return None if self.deleted else self.delete_at

    def on_due(self, now: datetime) -> None:
        if now >= self.delete_at:
            self.forget()
