"""A person's record as one service gathered it for them: said once, in parts that a message can carry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from alliance.kernel import Aggregate, Fact
from alliance.people.telling import Row, Section

LARGEST_PART = 200_000
"""Characters of labels and values in one message."""
LONGEST_VALUE = 20_000


@dataclass(frozen=True, kw_only=True)
class RecordGathered(Fact):
    """One part of all that is held here of the person."""

    request_id: str
    person_id: str
    part: int
    of: int
    sections: tuple[Section, ...]
    gathered_at: datetime


@dataclass(kw_only=True)
class GatheredRecord(Aggregate):
    """Keeps nothing of what it says: the parts leave with its outbox."""

    indexed: ClassVar[tuple[str, ...]] = ("person_id",)

    request_id: str
    person_id: str
    gathered_at: datetime | None = None

    def gather(self, sections: Iterable[Section], *, at: datetime) -> None:
        """Say it, once; with nothing held, one empty part says that."""
        if self.gathered_at is not None:
            return
        self.gathered_at = at
        parts = list(parts_of(sections))
        for number, part in enumerate(parts, 1):
            self.record(
                RecordGathered(
                    request_id=self.request_id,
                    person_id=self.person_id,
                    part=number,
                    of=len(parts),
                    sections=part,
                    gathered_at=at,
                )
            )


def parts_of(sections: Iterable[Section], largest: int = LARGEST_PART) -> Iterator[tuple[Section, ...]]:
    """The sections in order, cut where a message would become too large; at least one part."""
    part: list[Section] = []
    size = 0
    for section in sections:
        for piece in _pieces(section, largest):
            weight = _size(piece)
            if part and size + weight > largest:
                yield tuple(part)
                part, size = [], 0
            part.append(piece)
            size += weight
    yield tuple(part)


def _pieces(section: Section, largest: int) -> Iterator[Section]:
    rows: list[Row] = []
    size = 0
    for row in _short(section.rows):
        weight = len(row.label) + len(row.value)
        if rows and size + weight > largest:
            yield Section(title=section.title, rows=tuple(rows))
            rows, size = [], 0
        rows.append(row)
        size += weight
    yield Section(title=section.title, rows=tuple(rows))


def _short(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        for start in range(0, max(len(row.value), 1), LONGEST_VALUE):
            label = row.label if start == 0 else f"{row.label} (continued)"
            yield replace(row, label=label[:200], value=row.value[start : start + LONGEST_VALUE])


def _size(section: Section) -> int:
    return len(section.title) + sum(len(row.label) + len(row.value) for row in section.rows)
