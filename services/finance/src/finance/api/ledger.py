"""The ledger: reading it, entering by hand, taking an entry back."""

from fastapi import APIRouter

from alliance.web import PathId
from finance.api.bodies import NewEntry, Reversal
from finance.api.shown import EntryId, EntryPage, EntryShown
from finance.api.wired import After, Entering, Ledger, Limit, Now, Reader, Reversing, Year
from finance.application import ledger as use
from finance.application import queries

router = APIRouter(prefix="/api/v1/ledger-entries", tags=["ledger"])


@router.get("")
async def entries(_: Reader, ledger: Ledger, year: Year = None, after: After = None, limit: Limit = 50) -> EntryPage:
    return EntryPage.of(await queries.entries_of(ledger, year=year, after=after, limit=limit))


@router.get("/{entry_id}")
async def entry(entry_id: PathId, _: Reader, ledger: Ledger) -> EntryShown:
    return EntryShown.model_validate(await ledger.get(entry_id))


@router.post("", status_code=201)
async def enter(body: NewEntry, entering: Entering, ledger: Ledger, now: Now) -> EntryId:
    """An entry by hand in the present year; refused unless its lines add up to nothing."""
    lines = [(line.account, line.pence) for line in body.lines]
    return EntryId(entry_id=await use.enter_journal(entering.id, lines, body.reason_code, ledger, now))


@router.post("/{entry_id}/reversal", status_code=201)
async def reverse(entry_id: PathId, body: Reversal, _: Reversing, ledger: Ledger, now: Now) -> EntryId:
    """The one way to correct an entry: another that takes it back."""
    return EntryId(entry_id=await use.reverse(entry_id, body.reason_code, ledger, now))
