"""What the routes are given, and who may use them."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Query

from alliance.access import Caller
from alliance.kernel import Clock, Pence
from alliance.web import Command, command, given, needs
from finance.application import collections

OFFICER, APPROVER, AUDITOR = "finance.officer", "finance.approver", "alliance.auditor"

Commitments = Annotated[collections.Commitments, given("commitments")]
Ledger = Annotated[collections.Ledger, given("ledger")]
Budgets = Annotated[collections.Budgets, given("budgets")]
Contributions = Annotated[Mapping[str, Pence], given("contributions")]
Now = Annotated[Clock, given("clock")]

Reader = Annotated[Caller, needs(OFFICER, APPROVER, AUDITOR)]
Entering = Annotated[Command, command(OFFICER, APPROVER)]
Reversing = Annotated[Command, command(APPROVER)]

After = Annotated[str | None, Query(max_length=200, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=100)]
YEAR_PATTERN = r"^20[0-9]{2}-[0-9]{2}$"
Year = Annotated[str | None, Query(pattern=YEAR_PATTERN, description="alliance year, April to March: 2026-27")]
