"""When outcomes were first measured: the baseline, also when a score is put right or taken away later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from alliance.kernel import LONDON


@dataclass(frozen=True, kw_only=True)
class Scored:
    """One measurement as its event number `sequence` tells it; `on` is None where it does not count."""

    on: date | None
    sequence: int


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Measurements by id; of each, what was said last counts, whatever came first."""

    by_id: Mapping[str, Scored] = field(default_factory=dict)

    @classmethod
    def one(cls, measurement_id: str, on: date | None, *, sequence: int) -> "Scores":
        return cls(by_id={measurement_id: Scored(on=on, sequence=sequence)})

    def with_(self, others: "Scores") -> "Scores":
        found = dict(self.by_id)
        for id_, scored in others.by_id.items():
            if id_ not in found or found[id_].sequence < scored.sequence:
                found[id_] = scored
        return Scores(by_id=dict(sorted(found.items())))

    def first_at(self, earliest: datetime) -> datetime | None:
        """The beginning of the first day of which a score counts, but not before `earliest`."""
        days = [scored.on for scored in self.by_id.values() if scored.on is not None]
        if not days:
            return None
        return max(datetime.combine(min(days), time(), tzinfo=LONDON), earliest)
