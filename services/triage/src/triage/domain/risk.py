"""A risk, said plainly: who may come to what harm and when, what helps, and when somebody last looked at it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from alliance.kernel import Aggregate
from triage.domain import refusals
from triage.domain.talk_codes import RiskKind


@dataclass(frozen=True, kw_only=True)
class Particulars:
    kind: RiskKind
    who: str
    what: str
    when: str = ""
    helps: str = ""
    look_again_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Look:
    """Somebody looked at it again: how it stands, and what was changed in how it is written down."""

    words: str
    at: datetime
    by: str
    before: Particulars
    closed: bool = False


@dataclass(kw_only=True)
class Risk(Aggregate):
    """One document for each risk: nothing that was written about it is lost."""

    indexed: ClassVar[tuple[str, ...]] = ("case_id", "person_id")

    case_id: str
    person_id: str
    now: Particulars
    found_at: datetime
    found_by: str
    looks: list[Look] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        return bool(self.looks and self.looks[-1].closed)

    @property
    def looked_at(self) -> datetime:
        """When somebody last looked at it."""
        return self.looks[-1].at if self.looks else self.found_at

    def review(self, particulars: Particulars, words: str, *, by: str, at: datetime, close: bool = False) -> None:
        """Look at it again; `close` when it is a risk no longer."""
        last = self.looks[-1] if self.looks else None
        if last and (last.words, last.by, last.closed, self.now) == (words, by, close, particulars):
            return
        if self.closed:
            raise refusals.RiskClosed("This risk was closed. If it is back, record it anew.")
        self.looks.append(Look(words=words, at=at, by=by, before=self.now, closed=close))
        self.now = particulars
