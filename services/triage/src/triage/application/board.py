"""The board: open cases by what they wait for, each column in the order of the queue, with filters by indexed keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from triage.application.collections import Cases
from triage.application.queries import cases_of
from triage.domain.boarding import Stage
from triage.domain.case import Case
from triage.domain.caseload import SOON
from triage.domain.codes import Priority

COLUMN = 10
"""Cards that a column shows at once."""
SCANNED = 200
"""Cases that are looked at for one page of a column, where the clock or safety decides which are shown."""
MINE = 200
RISK_HORIZON = timedelta(days=3)
"""No wait that is due later than this is at risk yet: of the longest promise, a week, a quarter is 42 hours."""


@dataclass(frozen=True)
class Cards:
    """A column, or a part of it; `next` is what to pass as `after` for more."""

    items: Sequence[Case]
    next: str | None


class Late(StrEnum):
    MISSED = "missed"
    AT_RISK = "at-risk"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the board is to show. Of worker, team and organisation, the narrowest counts as the list that is read."""

    organisation: str | None = None
    team: str | None = None
    worker: str | None = None
    """Subject of a key worker."""
    mine: str | None = None
    """Subject of whoever looks: the cases on which they are named, as key worker or not."""
    priority: Priority | None = None
    clock: Late | None = None
    unsafe: bool = False

    def matches(self, case: Case, now: datetime) -> bool:
        """Whether a case of the list that is read is one of those asked for."""
        return (
            (self.organisation is None or case.organisation == self.organisation)
            and (self.team is None or case.team_id == self.team)
            and (self.worker is None or (case.key_worker is not None and case.key_worker.subject == self.worker))
            and (self.priority is None or case.priority is self.priority)
            and (self.clock is None or late(case, now) is self.clock)
            and (not self.unsafe or bool(case.unanswered_concerns))
        )

    @property
    def list(self) -> tuple[str, str]:
        """Key, and whose list."""
        if self.worker:
            return "board_of_key_worker", self.worker
        if self.team:
            return "board_of_team", self.team
        if self.organisation:
            return "board_of_organisation", self.organisation
        return "board", "all"

    @property
    def rank(self) -> int | None:
        """A concern that nobody has answered makes a case an emergency, so that only those need be looked at."""
        if self.priority:
            return self.priority.rank
        return Priority.EMERGENCY.rank if self.unsafe else None


def late(case: Case, now: datetime) -> Late | None:
    """Of the wait that ends first."""
    if not case.waiting:
        return None
    first = case.waiting[0]
    if first.due_at <= now:
        return Late.MISSED
    return Late.AT_RISK if first.due_at - now <= SOON * (first.due_at - first.since) else None


async def column(
    asked: Asked, stage: Stage, cases: Cases, now: datetime, *, after: str | None = None, limit: int = COLUMN
) -> Cards:
    """One column, the first due of the most pressing first. `next` may be set although fewer than `limit` were found:
    then as many were looked at as one page may cost.
    """
    if asked.mine:
        mine = await cases_of(cases, asked.mine, limit=MINE)
        return Cards([case for case in mine if case.stage is stage and asked.matches(case, now)], None)
    key, whose = asked.list
    prefix = f"{whose} {stage}:" + (f"{asked.rank}:" if asked.rank is not None else "")
    found: list[Case] = []
    looked = 0
    while looked < SCANNED:
        page = await cases.page(key, prefix, after=after, limit=limit)
        for case in page.items:
            if asked.matches(case, now):
                found.append(case)
                if len(found) == limit:
                    more = page.next is not None or case is not page.items[-1]
                    return Cards(found, getattr(case, key) if more else None)
        looked += len(page.items)
        after = _further(asked, key, f"{whose} {stage}:", page.items, now) or page.next
        if page.next is None:
            return Cards(found, None)
    return Cards(found, after)


async def board(asked: Asked, cases: Cases, now: datetime) -> dict[Stage, Cards]:
    """Every column."""
    return {stage: await column(asked, stage, cases, now) for stage in Stage}


async def board_mark(cases: Cases, now: datetime) -> tuple[object, ...]:
    """Something that is another whenever the beginning of a column is."""
    shown = [case for page in (await board(Asked(), cases, now)).values() for case in page.items]
    return tuple((case.board, case.key_worker, case.unanswered, case.last_contact_at) for case in shown)


def _further(asked: Asked, key: str, stage: str, looked: Sequence[Case], now: datetime) -> str | None:
    """Within a priority, what is due first comes first: past what could be late, go on with the next priority."""
    if asked.clock is None or not looked:
        return None
    last = looked[-1]
    if last.waiting and last.waiting[0].due_at > now + RISK_HORIZON:
        return f"{stage}{last.priority.rank}:~"
    return None
