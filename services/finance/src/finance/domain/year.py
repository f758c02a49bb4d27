"""The alliance year: 1 April to 31 March, named by both calendar years."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

_FIRST_MONTH = 4


@dataclass(frozen=True, kw_only=True)
class AllianceYear:
    first_day: date

    @classmethod
    def of(cls, day: date) -> "AllianceYear":
        return cls(first_day=date(day.year if day.month >= _FIRST_MONTH else day.year - 1, _FIRST_MONTH, 1))

    @classmethod
    def named(cls, name: str) -> "AllianceYear":
        """`2026-27` → 1 April 2026 to 31 March 2027. Raises `ValueError` for a name that is none."""
        year = cls(first_day=date(int(name[:4]), _FIRST_MONTH, 1))
        if year.name != name:
            raise ValueError("an alliance year is named like 2026-27")
        return year

    @classmethod
    def is_name(cls, text: str) -> bool:
        try:
            cls.named(text)
        except ValueError:
            return False
        return True

    @property
    def name(self) -> str:
        return f"{self.first_day.year}-{(self.first_day.year + 1) % 100:02d}"

    @property
    def last_day(self) -> date:
        return date(self.first_day.year + 1, _FIRST_MONTH, 1) - timedelta(days=1)

    @property
    def ends_at(self) -> datetime:
        """The first instant that is no longer in the year."""
        return datetime.combine(self.last_day + timedelta(days=1), time(), tzinfo=UTC)

    @property
    def next(self) -> "AllianceYear":
        return AllianceYear(first_day=self.last_day + timedelta(days=1))
