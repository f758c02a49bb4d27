"""What a merge does to one of its two records."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from intake.domain.details import Details


@dataclass(frozen=True, kw_only=True)
class Tie:
    """What a merge does to one of its two records: kept apart from the record's own, so that undoing it restores it."""

    merge_id: str
    person_id: str
    """The other record."""
    details: Details | None = None
    """Those of the merged record; none on the merged record itself."""
    objections: tuple[str, ...] = ()
    """Organisations that must not hold the other record. It is one person: they must not hold this one either."""
    contact_known_at: datetime | None = None
    """When the person had last said on the merged record how to reach them."""

    def emptied(self) -> Self:
        """Without what it knew of the other record."""
        return replace(self, details=self.details and Details())

    def with_objection(self, organisation: str, objected: bool) -> Self:
        others = {each for each in self.objections if each != organisation}
        return replace(self, objections=tuple(sorted(others | {organisation} if objected else others)))
