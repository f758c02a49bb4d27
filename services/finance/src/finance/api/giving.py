"""What the routes ask for, by annotation."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Path, Query

from alliance.access import Access
from alliance.kernel import Clock, Pence
from alliance.web import Command, doing, given, may
from finance.application import collections

TheCommitments = Annotated[collections.Commitments, given("commitments")]
TheLedger = Annotated[collections.Ledger, given("ledger")]
TheBudgets = Annotated[collections.Budgets, given("budgets")]
TheContributions = Annotated[Mapping[str, Pence], given("contributions")]
TheClock = Annotated[Clock, given("clock")]

Books = Annotated[Access, may("book.read")]
Entries = Annotated[Access, may("ledger.read")]
Listing = Annotated[Access, may("commitment.list")]
Reading = Annotated[Access, may("commitment.read")]
Entering = Annotated[Command, doing("entry.make")]
Reversing = Annotated[Command, doing("entry.reverse")]

YEAR_PATTERN = r"^20[0-9]{2}-[0-9]{2}$"
YearInPath = Annotated[str, Path(pattern=YEAR_PATTERN)]
Year = Annotated[str | None, Query(pattern=YEAR_PATTERN, description="alliance year, April to March: 2026-27")]
After = Annotated[str | None, Query(max_length=200, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=100)]
