"""The books of the alliance year: budget, trial balance and savings."""

from fastapi import APIRouter

from alliance.web import answers
from finance.api.giving import Books, TheBudgets, TheClock, TheContributions, Year, YearInPath
from finance.api.shown import BudgetShown, Savings, TrialBalance, YearSaving
from finance.application import queries
from finance.domain.year import AllianceYear

router = APIRouter(prefix="/api/v1", tags=["books"])


@router.get("/budgets/{year}")
async def budget(year: YearInPath, _: Books, budgets: TheBudgets, contributions: TheContributions) -> BudgetShown:
    """What was pooled, what is committed, what remains."""
    return BudgetShown.model_validate(await queries.budget_of(budgets, year, contributions))


@router.get("/trial-balance", responses=answers(404))
async def trial_balance(
    _: Books, budgets: TheBudgets, contributions: TheContributions, clock: TheClock, year: Year = None
) -> TrialBalance:
    """Of the present year unless another is named. Entries still waiting (a moment) are not in it."""
    wanted = year or AllianceYear.of(clock.now().date()).name
    return TrialBalance.of(await queries.budget_of(budgets, wanted, contributions))


@router.get("/savings")
async def savings(_: Books, budgets: TheBudgets) -> Savings:
    years = [YearSaving.model_validate(each) for each in await queries.all_budgets(budgets)]
    return Savings(saving_pence=sum(each.saving_pence for each in years), years=years)
