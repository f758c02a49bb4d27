"""Working days: neither weekend nor bank holiday. Only rules that need somebody at their desk speak of them."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


@dataclass(frozen=True)
class WorkingDays:
    """`holidays`: the bank holidays of England and Wales, as far ahead as they are known."""

    holidays: Set[date]

    def has(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.holidays

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself does not count."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.has(day)
        return day

    def on_or_before(self, day: date) -> date:
        """The last working day up to `day`: what must be looked at on a holiday is looked at before it."""
        while not self.has(day):
            day -= timedelta(days=1)
        return day
