"""Whether a trail is as it was written: pure, so that an auditor can run it on an export as well as on the store."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from alliance.access.audit import BEGINNING, Line, Noted, hash_of, sequence_of

Kind = Literal["altered", "misfiled", "missing", "out-of-order", "cut", "rewritten", "not-anchored"]
ANCHORED_WITHIN = timedelta(hours=2)
_WHAT_TO_DO = "Keep the database as it is, compare it with a backup, and tell the information governance lead."


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """What the service said, outside its own database, its trail ended in at some moment."""

    service: str
    sequence: int
    hash: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that an honest trail never shows, and the entry at which it shows."""

    kind: Kind
    sequence: int
    sentence: str


def verify(
    lines: Iterable[Line],
    anchors: Collection[Anchor] = (),
    *,
    service: str,
    now: datetime | None = None,
    anchored_within: timedelta = ANCHORED_WITHIN,
) -> list[Finding]:
    """What is wrong with the whole trail of `service`, as far as a reader can tell; empty if nothing is.

    `lines` come as the store or an export has them, oldest first. With `now`, entries older than `anchored_within`
    that no anchor covers are a finding as well: nobody could tell if they were cut off.
    """
    reading = Reading(service, anchors)
    findings = [finding for line in lines for finding in reading.read(line)]
    return [*findings, *reading.end(now - anchored_within if now else None)]


class Reading:
    """Goes along a chain of any length and remembers only what anchors are held against."""

    def __init__(self, service: str, anchors: Collection[Anchor] = ()) -> None:
        self._service = service
        self._anchors = sorted((each for each in anchors if each.service == service), key=lambda each: each.sequence)
        self._prev, self.last = BEGINNING, 0
        self._anchored: dict[int, str] = {each.sequence: "" for each in self._anchors}
        self._first_uncovered: tuple[int, datetime] | None = None

    @property
    def anchored(self) -> Anchor | None:
        """The last anchor."""
        return self._anchors[-1] if self._anchors else None

    def read(self, line: Line) -> Iterator[Finding]:
        """What is wrong with the next line."""
        sequence = sequence_of(line)
        if sequence is None:
            yield _finding("altered", self.last + 1, f"is not what follows entry {self.last}: its number was altered")
            return
        if sequence <= self.last:
            yield _finding("out-of-order", sequence, f"comes after entry {self.last}, where it does not belong")
            return
        if sequence > self.last + 1:
            yield _missing(self.last + 1, sequence - 1)
        noted = _readable(line)
        yield from self._judge(line, sequence, noted)
        self.last, self._prev = sequence, str(line.get("hash"))
        if sequence in self._anchored:
            self._anchored[sequence] = self._prev
        if noted and self._first_uncovered is None and sequence > (self._anchors[-1].sequence if self._anchors else 0):
            self._first_uncovered = sequence, noted.at

    def _judge(self, line: Line, sequence: int, noted: Noted | None) -> Iterator[Finding]:
        if noted is None or hash_of(line["body"]) != line.get("hash"):
            yield _finding("altered", sequence, "was altered after it was written")
        elif noted.service != self._service:
            yield _finding("altered", sequence, f"is not of {self._service} but of {noted.service}")
        elif noted.sequence != sequence:
            yield _finding("out-of-order", sequence, f"was written as entry {noted.sequence}: entries changed places")
        elif noted.prev != self._prev and sequence == self.last + 1:
            yield _finding(
                "rewritten", sequence, "does not follow from the one before: one of the two was replaced or put in"
            )
        elif dict(line) != noted.line:
            yield _finding("misfiled", sequence, "is whole, but what it is found by was altered")

    def end(self, uncovered_since: datetime | None = None) -> Iterator[Finding]:
        """What is wrong with the whole, now that the last line has been read."""
        for anchor in self._anchors:
            if anchor.sequence > self.last:
                yield _of_anchor(
                    "cut", self.last + 1, f"The trail ends at entry {self.last}, but {_reached(anchor)}: it was cut off"
                )
            elif self._anchored[anchor.sequence] not in ("", anchor.hash):
                yield _of_anchor(
                    "rewritten",
                    anchor.sequence,
                    f"Entry {anchor.sequence} is not the one that was there when {_reached(anchor)}",
                )
        if self._first_uncovered and uncovered_since and self._first_uncovered[1] < uncovered_since:
            sequence, at = self._first_uncovered
            yield Finding(
                kind="not-anchored",
                sequence=sequence,
                sentence=(
                    f"Entries from {sequence} on are anchored nowhere, although the first of them is from {_day(at)}. "
                    "Find out whether the service's worker runs and reaches the broker."
                ),
            )


def _finding(kind: Kind, sequence: int, what: str) -> Finding:
    return Finding(kind=kind, sequence=sequence, sentence=f"Entry {sequence} {what}. {_WHAT_TO_DO}")


def _of_anchor(kind: Kind, sequence: int, what: str) -> Finding:
    return Finding(kind=kind, sequence=sequence, sentence=f"{what}. {_WHAT_TO_DO}")


def _missing(first: int, last: int) -> Finding:
    what = f"Entry {first} is missing" if first == last else f"Entries {first} to {last} are missing"
    return Finding(kind="missing", sequence=first, sentence=f"{what}. {_WHAT_TO_DO}")


def _readable(line: Line) -> Noted | None:
    try:
        return Noted.read(line)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _reached(anchor: Anchor) -> str:
    return f"on {_day(anchor.at)} it was anchored at entry {anchor.sequence}"


def _day(at: datetime) -> str:
    return f"{at:%d %B %Y at %H:%M} UTC"
