"""What the routes ask for, by annotation."""

from typing import Annotated

from fastapi import Path, Query

from alliance.access import Access
from alliance.kernel import Clock
from alliance.web import Command, doing, given, may
from reporting.application.outcomes import Courses
from reporting.application.queries import KeptSheets, Months
from reporting.application.splitting import Splits

MONTH_PATTERN = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"

TheMonths = Annotated[Months, given("months")]
TheSheets = Annotated[KeptSheets, given("kept_sheets")]
TheSplits = Annotated[Splits, given("splits")]
TheCourses = Annotated[Courses, given("courses")]
TheClock = Annotated[Clock, given("clock")]

Reading = Annotated[Access, may("scorecard.read")]
Tracing = Annotated[Access, may("figure.trace")]
Closing = Annotated[Command, doing("month.close")]

MonthInPath = Annotated[str, Path(pattern=MONTH_PATTERN, description="`2026-11`")]
MonthInQuery = Annotated[str | None, Query(pattern=MONTH_PATTERN)]
After = Annotated[str | None, Query(pattern=r"^[0-9a-z:.-]{1,200}$", description="`next` of the page before")]
AfterSource = Annotated[
    str | None,
    Query(pattern=r"^[a-z]+:[0-9a-f-]{0,36}~?:[0-9a-g-]{1,36}\.[0-9]{1,7}$", description="`next` of the page before"),
]
Limit = Annotated[int, Query(ge=1, le=500)]
