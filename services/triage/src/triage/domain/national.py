"""The national four-week standard: what has to be recorded for its clock to stop fully, and how days are counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from alliance.kernel import LONDON

"""Days are days on the wall there; hours are hours that pass."""


@dataclass(frozen=True, kw_only=True)
class FullStop:
    """What the record must have for a full clock stop.

    Since September 2024 the referral-spell method no longer counts contacts and asks for the required mix of
    assessment, baseline outcome, and plan or intervention (NHS England Digital, quick guide to the waiting-time
    measures; the exact combination for each pathway was not in the part that we have read, hence parameters). The
    older dashboard asked for two contacts as well: `contacts=2`.
    """

    contacts: int = 0
    assessment: bool = True
    baseline: bool = True
    plan_or_intervention: bool = True


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What has been recorded, each at its own time: contacts, those that were a meaningful assessment, and so on."""

    contacts: tuple[datetime, ...] = ()
    assessed: tuple[datetime, ...] = ()
    measured: tuple[datetime, ...] = ()
    planned: tuple[datetime, ...] = ()
    started: tuple[datetime, ...] = ()

    def stopped_at(self, rule: FullStop) -> datetime | None:
        """When the last part of the required mix was there; None while one is missing."""
        contacts = sorted(self.contacts)[rule.contacts - 1 : rule.contacts] if rule.contacts else []
        wanted: list[Iterable[datetime]] = [contacts] if rule.contacts else []
        wanted += [self.assessed] if rule.assessment else []
        wanted += [self.measured] if rule.baseline else []
        wanted += [(*self.planned, *self.started)] if rule.plan_or_intervention else []
        found = [min(each, default=None) for each in wanted]
        known = [at for at in found if at is not None]
        return max(known, default=None) if len(known) == len(found) else None


def days_between(start: datetime, end: datetime) -> int:
    """Midnights passed in London: a start and an end on the same day are 0 days apart."""
    return (end.astimezone(LONDON).date() - start.astimezone(LONDON).date()).days


def last_moment(since: datetime, days: int) -> datetime:
    """The last moment of which the day count from `since` is still below `days` (NHSE: day count < 28)."""
    day = since.astimezone(LONDON).date() + timedelta(days=days - 1)
    return datetime.combine(day, time.max, tzinfo=LONDON).astimezone(UTC)
