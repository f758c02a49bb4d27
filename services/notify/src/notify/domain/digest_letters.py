"""What stands in mail to staff: a code, or how much of which kind waits for them. Never a name, a note or an id."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from notify.domain.alert import Alert
from notify.domain.asking import is_asked
from notify.domain.codes import AlertKind, Audience
from notify.domain.wording import ENGLISH, Letter, Text


@dataclass(frozen=True)
class StaffLetter(Letter):
    off: str | None = None
    """Where it can be switched off without signing in."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Alerts of one kind that somebody is asked to answer."""

    kind: AlertKind
    count: int
    oldest_at: datetime

    @property
    def path(self) -> str:
        if Audience.GOVERNANCE_LEAD in self.kind.audiences:
            return "/access-alerts"
        return "/budget-alerts" if self.kind is AlertKind.BUDGET_THRESHOLD else f"/alerts?kind={self.kind}"


@dataclass(frozen=True, kw_only=True)
class Words:
    """How staff call things."""

    kind: Callable[[AlertKind], str]
    ago: Callable[[datetime, datetime], str]
    day: Callable[[datetime], str]


def waiting_for(subject: str, roles: Iterable[str], alerts: Iterable[Alert]) -> tuple[Waiting, ...]:
    """Of the open alerts those that somebody is asked to answer, by kind, most pressing first."""
    roles = frozenset(roles)
    mine = sorted((each for each in alerts if is_asked(each, roles, subject)), key=lambda each: each.kind.rank)
    found = []
    for kind, group in groupby(mine, key=lambda each: each.kind):
        raised = [each.raised_at for each in group if each.raised_at]
        found.append(Waiting(kind=kind, count=len(raised), oldest_at=min(raised)))
    return tuple(found)


def code_letter(code: str) -> StaffLetter:
    body = (
        f"Enter this code on the page on which you asked for it: {code}\n\n"
        "It holds for an hour. If you did not ask for it, do nothing: nothing else is sent to this address.\n"
    )
    return StaffLetter(f"{code} is your code for the morning mail", (Text(ENGLISH, body),))


def morning_letter(
    waiting: Sequence[Waiting], words: Words, *, url: str, off_key: str, until: datetime, now: datetime
) -> StaffLetter:
    total = sum(each.count for each in waiting)
    subject = "1 alert waits for you" if total == 1 else f"{total} alerts wait for you"
    lines = [
        f"{words.kind(each.kind)}: {each.count}, "
        f"{'raised' if each.count == 1 else 'the oldest'} {words.ago(each.oldest_at, now)}\n{url}{each.path}\n"
        for each in waiting
    ]
    off = f"{url}/digest-off/{off_key}"
    end = (
        f"Everything that waits for you: {url}/\n\n"
        f"This mail comes on working days on which something waits, until {words.day(until)}.\n"
        f"Keep it on, or change the address: {url}/digest\n"
        f"Switch it off, without signing in: {off}\n"
    )
    return StaffLetter(subject, (Text(ENGLISH, "\n".join(["Good morning,\n", *lines, end])),), off)
