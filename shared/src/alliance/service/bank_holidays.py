"""The bank holidays of England and Wales, for settings that name none."""

from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays  # type: ignore[import-untyped]


@cache
def known_bank_holidays() -> frozenset[date]:
    """From the file that comes with the library: nothing is asked of the network. It ends some two years ahead."""
    known = BankHolidays(use_cached_holidays=True)
    return frozenset(holiday["date"] for holiday in known.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))
