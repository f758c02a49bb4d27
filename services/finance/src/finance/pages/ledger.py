"""Pages of the ledger: its entries, entering by hand, and taking back."""

from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.store import Page
from alliance.web import PathId
from alliance.web.pages import Command, Show, attempt, may, page_doing, page_router, sent
from alliance.web.pages.listing import csv_of
from finance.api.giving import After, TheBudgets, TheClock, TheLedger, Year
from finance.application import ledger as use
from finance.application import queries
from finance.domain.codes import JournalReason
from finance.domain.ledger import LedgerEntry
from finance.domain.year import AllianceYear
from finance.pages.forms import EntryForm, ReversalForm
from finance.pages.lists import Years, all_rows, entry_list, line_list
from finance.pages.words import kind_in_words

router = page_router()

Entries = Annotated[Access, may("ledger.read")]
MayEnter = Annotated[Access, may("entry.make")]
MayReverse = Annotated[Access, may("entry.reverse")]
Entering = Annotated[Command, page_doing("entry.make")]
Reversing = Annotated[Command, page_doing("entry.reverse")]

ON_A_PAGE, IN_A_FILE = 50, 200


@router.get("/ledger")
async def all_of_a_year(
    access: Entries,
    ledger: TheLedger,
    budgets: TheBudgets,
    clock: TheClock,
    show: Show,
    year: Year = None,
    after: After = None,
) -> Response:
    present = AllianceYear.of(clock.now().date()).name
    chosen = year or present
    page = await queries.newest_entries(ledger, year=chosen, after=after, limit=ON_A_PAGE)
    years = Years(known=await queries.known_years(budgets, present), present=present, chosen=chosen)
    return await show(
        "finance/list.html",
        title="Ledger",
        lead="Every entry, the newest first. An entry never changes; a mistake is taken back by another entry.",
        list=entry_list(page, years=years, after=after),
        action=("Make an entry by hand", "/ledger/new") if access.sees("entry.make") else None,
    )


@router.get("/ledger.csv")
async def file(_: Entries, ledger: TheLedger, clock: TheClock, year: Year = None) -> Response:
    chosen = year or AllianceYear.of(clock.now().date()).name

    async def fetch(after: str | None) -> Page[LedgerEntry]:
        return await queries.newest_entries(ledger, year=chosen, after=after, limit=IN_A_FILE)

    return csv_of(entry_list(Page([], None)), f"ledger-{chosen}", all_rows(fetch))


@router.get("/ledger/new")
async def ask_what_to_enter(_: MayEnter, show: Show) -> Response:
    return await _entering(EntryForm.fresh(), show)


@router.post("/ledger/new")
async def enter(
    command: Entering, form: Annotated[EntryForm, sent(EntryForm)], ledger: TheLedger, clock: TheClock, show: Show
) -> Response:
    if form.validate():
        with attempt(form, command):
            reason, by = JournalReason(form.reason_code.data), command.caller.subject
            entry_id = await use.enter_journal(command.id, form.lines, reason, ledger, clock, by=by)
            return show.done(f"/ledger/{entry_id}", "The entry is in the ledger.")
    return await _entering(form, show)


@router.get("/ledger/{entry_id}")
async def record(entry_id: PathId, access: Entries, ledger: TheLedger, show: Show) -> Response:
    entry = await ledger.get(entry_id)
    reversal = await ledger.find(use.reversal_id(entry_id))
    names = await show.names({entry.entered_by} if entry.entered_by else ())
    own = entry.entered_by == access.caller.subject
    return await show(
        "finance/entry.html",
        title=kind_in_words(entry.kind),
        back="/ledger",
        entry=entry,
        lines=line_list(entry, show.shell.organisation_name),
        who=names.get(entry.entered_by) if entry.entered_by else None,
        reversal=reversal,
        may_reverse=access.sees("entry.reverse") and not (own or entry.reverses or reversal),
        own=own and access.sees("entry.reverse") and not reversal,
    )


@router.get("/ledger/{entry_id}/reverse")
async def ask_why_to_reverse(entry_id: PathId, _: MayReverse, ledger: TheLedger, show: Show) -> Response:
    return await _reversing(await ledger.get(entry_id), ReversalForm.fresh(), show)


@router.post("/ledger/{entry_id}/reverse")
async def reverse(
    entry_id: PathId,
    command: Reversing,
    form: Annotated[ReversalForm, sent(ReversalForm)],
    ledger: TheLedger,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            reason, by = JournalReason(form.reason_code.data), command.caller.subject
            reversal_id = await use.reverse(entry_id, reason, ledger, clock, by=by)
            return show.done(f"/ledger/{reversal_id}", "The entry is taken back by this one.")
    return await _reversing(await ledger.get(entry_id), form, show)


async def _entering(form: EntryForm, show: Show) -> Response:
    return await show.form(
        form,
        title="Make an entry by hand",
        submit="Enter it in the ledger",
        back="/ledger",
        lead="Debits and credits must come to the same. An entry is never changed or deleted: what is wrong is taken "
        "back by a second person.",
        template="finance/enter.html",
    )


async def _reversing(entry: LedgerEntry, form: ReversalForm, show: Show) -> Response:
    return await show.form(
        form,
        title="Take this entry back",
        submit="Take it back",
        back=f"/ledger/{entry.id}",
        warning="This adds an entry that takes every line back. It cannot be undone; the entry can only be made again.",
        template="finance/reverse.html",
        entry=entry,
        lines=line_list(entry, show.shell.organisation_name),
        what=kind_in_words(entry.kind),
    )
