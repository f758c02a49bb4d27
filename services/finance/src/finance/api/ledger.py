"""The ledger: reading it, entering by hand, taking an entry back."""

from fastapi import APIRouter

from alliance.web import PathId
from finance.api.bodies import NewEntry, Reversal
from finance.api.giving import After, Entering, Entries, Limit, Reversing, TheClock, TheLedger, Year
from finance.api.shown import EntryId, EntryPage, EntryShown
from finance.application import ledger as use
from finance.application import queries

router = APIRouter(prefix="/api/v1/ledger-entries", tags=["ledger"])


@router.get("")
async def entries(
    _: Entries, ledger: TheLedger, year: Year = None, after: After = None, limit: Limit = 50
) -> EntryPage:
    return EntryPage.of(await queries.entries_of(ledger, year=year, after=after, limit=limit))


@router.get("/{entry_id}")
async def entry(entry_id: PathId, _: Entries, ledger: TheLedger) -> EntryShown:
    return EntryShown.model_validate(await ledger.get(entry_id))


@router.post("", status_code=201)
async def enter(body: NewEntry, entering: Entering, ledger: TheLedger, clock: TheClock) -> EntryId:
    """An entry by hand in the present year; refused unless its lines add up to nothing."""
    lines = [(line.account, line.pence) for line in body.lines]
    by = entering.caller.subject
    return EntryId(entry_id=await use.enter_journal(entering.id, lines, body.reason_code, ledger, clock, by=by))


@router.post("/{entry_id}/reversal", status_code=201)
async def reverse(
    entry_id: PathId, body: Reversal, reversing: Reversing, ledger: TheLedger, clock: TheClock
) -> EntryId:
    """The one way to correct an entry: another that takes it back, by somebody else than who made it."""
    by = reversing.caller.subject
    return EntryId(entry_id=await use.reverse(entry_id, body.reason_code, ledger, clock, by=by))
