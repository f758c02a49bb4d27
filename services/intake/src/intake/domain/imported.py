"""What a file of introductions is made of: rows that could be read, what was wrong with others, and parts of a file."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from alliance.kernel import Aggregate, derived_id
from intake.domain.codes import HelpArea, SafetyKind, SourceCode, WayIn
from intake.domain.person import Details
from intake.domain.records import Story

PART_ROWS = 200
"""Rows in one part: what is read, worked off and noted in one go."""


class Outcome(StrEnum):
    """What became of a row."""

    RECEIVED = "received"
    ALREADY = "already"
    """It had been imported before, by this file or by another."""
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What is wrong with a row: never what stands in it."""

    row: int
    column: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One introduction of a file. `number` is the row's as a spreadsheet counts, the headings being row 1.

    `introduction_id` follows from what the row says (see `application.row_keys`): whoever imports it again doubles
    nothing. `keep_out`: organisations that may not hold the details.
    """

    number: int
    introduction_id: str
    received_at: datetime
    way_in: WayIn
    source_code: SourceCode
    details: Details = field(default_factory=Details)
    story: Story = field(default_factory=Story)
    help_areas: tuple[HelpArea, ...] = ()
    danger: SafetyKind | None = None
    keep_out: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Done:
    """What became of one row: no name, only where it can be looked up."""

    row: int
    outcome: Outcome
    introduction_id: str


@dataclass(kw_only=True)
class Part(Aggregate):
    """Some rows of a file. Once worked off it holds no details any more, only what became of each row."""

    import_id: str
    number: int
    rows: list[Row] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)

    @classmethod
    def cut(cls, import_id: str, number: int, rows: list[Row], troubles: list[Trouble]) -> Self:
        return cls(id=part_id(import_id, number), import_id=import_id, number=number, rows=rows, troubles=troubles)

    def finish(self, done: list[Done]) -> None:
        """What became of the rows; their content is gone with the same write. The first to say so is believed."""
        if self.rows:
            self.rows, self.done = [], done

    def wipe(self) -> None:
        """The file is not going to be imported: its content goes, what was wrong with it stays."""
        self.rows = []


def part_id(import_id: str, number: int) -> str:
    return derived_id(import_id, "part", str(number))
