"""Pages of months: which are final, all figures of one, and making one final."""

from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.web.pages import Command, Form, Show, attempt, may, page_doing, page_router, sent
from alliance.web.pages.listing import csv_of
from alliance.web.pages.showing import Showing
from reporting.api.giving import MonthInPath, TheClock, TheMonths
from reporting.application import queries as ask
from reporting.domain.calendar import end_of
from reporting.pages.lists import month_figures, month_list, state_of
from reporting.pages.words import month_in_words

router = page_router()

Reading = Annotated[Access, may("scorecard.read")]
MayClose = Annotated[Access, may("month.close")]
Closing = Annotated[Command, page_doing("month.close")]


class CloseForm(Form):
    """Nothing to fill in."""


@router.get("/months")
async def all_months(_: Reading, months: TheMonths, show: Show) -> Response:
    return await show(
        "reporting/list.html",
        title="Months",
        lead="The figures of a month become final some days after its end. What comes later restates them openly.",
        listing=month_list(await ask.all_months(months)),
    )


@router.get("/months.csv")
async def file(_: Reading, months: TheMonths) -> Response:
    return csv_of(month_list(await ask.all_months(months)), "months")


@router.get("/months/{month}.csv")
async def file_of(month: MonthInPath, _: Reading, months: TheMonths) -> Response:
    found = (await ask.month_record(month, months)).aggregate
    return csv_of(month_figures(found), f"figures-{month}")


@router.get("/months/{month}")
async def record(month: MonthInPath, access: Reading, months: TheMonths, clock: TheClock, show: Show) -> Response:
    found = (await ask.month_record(month, months)).aggregate
    over = end_of(month) <= clock.now()
    return await show(
        "reporting/month.html",
        title=month_in_words(month),
        back="/months",
        month=found,
        state=state_of(found),
        over=over,
        listing=month_figures(found),
        may_close=over and not found.closed and access.sees("month.close"),
    )


@router.get("/months/{month}/close")
async def ask_about_closing(month: MonthInPath, _: MayClose, months: TheMonths, show: Show) -> Response:
    stored = await ask.month_record(month, months)
    return await _closing(month, CloseForm.fresh(version=stored.version), show)


@router.post("/months/{month}/close")
async def close(
    month: MonthInPath,
    command: Closing,
    form: Annotated[CloseForm, sent(CloseForm)],
    months: TheMonths,
    clock: TheClock,
    show: Show,
) -> Response:
    with attempt(form, command):
        await ask.close_month(month, months, clock, expecting=command.expecting)
        return show.done(f"/months/{month}", f"The figures of {month_in_words(month)} are final.")
    form.renew((await ask.month_record(month, months)).version)
    return await _closing(month, form, show)


async def _closing(month: str, form: Form, show: Showing) -> Response:
    return await show.form(
        form,
        title=f"Close {month_in_words(month)}",
        submit="Make the figures final",
        back=f"/months/{month}",
        warning="A closed month is not opened again. What is heard later restates its figures, and everybody is told.",
    )
