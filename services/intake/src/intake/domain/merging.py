"""Which other record a record was merged into: the lock that keeps it from being merged into two."""

from dataclasses import dataclass, field
from datetime import datetime

from alliance.kernel import Aggregate
from intake.domain import facts, refusals


@dataclass(frozen=True, kw_only=True)
class Joining:
    """One merge: into which record, by whom, and whether it was undone."""

    merge_id: str
    survivor_id: str
    by: str
    at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None


@dataclass(kw_only=True)
class Merge(Aggregate):
    """Its id is that of the merged record: a record is part of one other at most, and can be split off again."""

    joinings: list[Joining] = field(default_factory=list)

    @property
    def now(self) -> Joining | None:
        """The merge that holds, if any."""
        return next((each for each in self.joinings if each.undone_at is None), None)

    def merge(self, survivor_id: str, *, merge_id: str, by: str, at: datetime) -> None:
        """This record and the older one are of one person."""
        if self.now is not None:
            if self.now.survivor_id == survivor_id:
                return
            raise refusals.AlreadyMerged("This record has been merged into another one already.")
        self.joinings.append(Joining(merge_id=merge_id, survivor_id=survivor_id, by=by, at=at))
        self.record(facts.PeopleMerged(person_id=survivor_id, merged_person_id=self.id, merge_id=merge_id, at=at))

    def undo(self, *, merge_id: str, by: str, at: datetime) -> None:
        """They are two people after all."""
        now = self.now
        if now is None or now.merge_id != merge_id:
            return
        self.joinings[self.joinings.index(now)] = Joining(
            merge_id=merge_id, survivor_id=now.survivor_id, by=now.by, at=now.at, undone_by=by, undone_at=at
        )
        self.record(facts.PeopleUnmerged(person_id=now.survivor_id, merged_person_id=self.id, merge_id=merge_id, at=at))
