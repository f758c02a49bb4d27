"""Pages of the books: the year at a glance, the same for paper, the trial balance, and what moves have saved."""

from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.store import Page
from alliance.web.pages import Show, may, page_router
from alliance.web.pages.listing import csv_of
from finance.api.giving import TheBudgets, TheClock, TheCommitments, TheContributions, TheLedger, Year, YearInPath
from finance.application import queries
from finance.domain.year import AllianceYear
from finance.pages.lists import Years, balance_list, entry_list, saving_list
from finance.pages.pictures import glance, saving_chart, year_chart

router = page_router()

Home = Annotated[Access, may("home.see")]
Books = Annotated[Access, may("book.read")]

NEWEST = 10


@router.get("/")
async def home(
    access: Home,
    budgets: TheBudgets,
    ledger: TheLedger,
    contributions: TheContributions,
    clock: TheClock,
    show: Show,
) -> Response:
    year = AllianceYear.of(clock.now().date())
    budget = await queries.budget_of(budgets, year.name, contributions)
    newest = await queries.newest_entries(ledger, year=year.name, after=None, limit=NEWEST)
    name_of = show.shell.organisation_name
    open_book = access.sees("book.read")
    return await show(
        "finance/home.html",
        title=f"One budget, {year.name}",
        year=year,
        glance=glance(budget, year) if open_book else None,
        chart=year_chart(budget, year, name_of) if open_book else None,
        entries=entry_list(Page(newest.items, None), caption="Newest entries") if access.sees("ledger.read") else None,
        may_enter=access.sees("entry.make"),
    )


@router.get("/years/{year}")
async def on_paper(
    year: YearInPath,
    access: Books,
    budgets: TheBudgets,
    contributions: TheContributions,
    commitments: TheCommitments,
    show: Show,
) -> Response:
    budget = await queries.budget_of(budgets, year, contributions)
    named, name_of = AllianceYear.named(year), show.shell.organisation_name
    return await show(
        "finance/year.html",
        title=f"The alliance year {year}",
        back="/",
        year=named,
        glance=glance(budget, named),
        chart=year_chart(budget, named, name_of),
        balance=balance_list(budget, name_of),
        contributions=[(name_of(member), pence) for member, pence in sorted(budget.contributions.items())],
        budget=budget,
    )


@router.get("/trial-balance")
async def trial_balance(
    _: Books, budgets: TheBudgets, contributions: TheContributions, clock: TheClock, show: Show, year: Year = None
) -> Response:
    present = AllianceYear.of(clock.now().date()).name
    budget = await queries.budget_of(budgets, year or present, contributions)
    years = Years(known=await queries.known_years(budgets, present), present=present, chosen=budget.year)
    return await show(
        "finance/list.html",
        title="Trial balance",
        lead="Every account of the year. What is owed for stays and what the funders owe add up to nothing.",
        list=balance_list(budget, show.shell.organisation_name, years=years),
    )


@router.get("/trial-balance.csv")
async def trial_balance_file(
    _: Books, budgets: TheBudgets, contributions: TheContributions, clock: TheClock, show: Show, year: Year = None
) -> Response:
    wanted = year or AllianceYear.of(clock.now().date()).name
    budget = await queries.budget_of(budgets, wanted, contributions)
    return csv_of(balance_list(budget, show.shell.organisation_name), f"trial-balance-{wanted}")


@router.get("/savings")
async def savings(_: Books, budgets: TheBudgets, show: Show) -> Response:
    years = await queries.all_budgets(budgets)
    return await show(
        "finance/savings.html", title="What moves have saved", chart=saving_chart(years), list=saving_list(years)
    )


@router.get("/savings.csv")
async def savings_file(_: Books, budgets: TheBudgets) -> Response:
    return csv_of(saving_list(await queries.all_budgets(budgets)), "savings")
