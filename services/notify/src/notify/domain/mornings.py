"""When the morning mail is due: on working days, at one time of day in London."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from alliance.kernel import LONDON, WorkingDays


@dataclass(frozen=True)
class Mornings:
    days: WorkingDays
    at: time

    def after(self, moment: datetime) -> datetime:
        """The first morning after `moment`."""
        local = moment.astimezone(LONDON)
        begins = local.date() if local.time() < self.at else local.date() + timedelta(days=1)
        day = begins if self.days.has(begins) else self.days.after(begins, 1)
        return datetime.combine(day, self.at, LONDON).astimezone(UTC)

    def is_over(self, morning: datetime, now: datetime) -> bool:
        """Whether its day has gone by: what waited then says nothing of today."""
        return morning.astimezone(LONDON).date() < now.astimezone(LONDON).date()
