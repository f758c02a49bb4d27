"""Pages of commitments: what is promised for each stay, and how it came to that."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.store import Page
from alliance.web import PathId
from alliance.web.pages import Show, may, page_router
from alliance.web.pages.listing import csv_of
from alliance.web.pages.templating import pounds
from alliance.web.pages.timeline import Moment
from finance.api.giving import After, TheBudgets, TheClock, TheCommitments, TheLedger, Year
from finance.application import queries
from finance.domain.commitment import Commitment
from finance.domain.ledger import LedgerEntry, committed
from finance.domain.year import AllianceYear
from finance.pages.lists import Years, all_rows, commitment_list
from finance.pages.words import STATE_COLOURS, kind_in_words

router = page_router()

Listing = Annotated[Access, may("commitment.list")]
Reading = Annotated[Access, may("commitment.read")]

ON_A_PAGE, IN_A_FILE = 50, 200


@router.get("/commitments")
async def all_of_a_year(
    access: Listing,
    commitments: TheCommitments,
    budgets: TheBudgets,
    clock: TheClock,
    show: Show,
    year: Year = None,
    after: After = None,
) -> Response:
    present = AllianceYear.of(clock.now().date()).name
    chosen = year or present
    page = await queries.commitments_of(commitments, year=chosen, after=after, limit=ON_A_PAGE)
    years = Years(known=await queries.known_years(budgets, present), present=present, chosen=chosen)
    return await show(
        "finance/list.html",
        title="Commitments",
        lead="What is promised for each stay, to the end of the alliance year. No names: a stay is known by its start.",
        list=commitment_list(page, years=years, after=after, linked=access.sees("commitment.read")),
    )


@router.get("/commitments.csv")
async def file(_: Listing, commitments: TheCommitments, clock: TheClock, year: Year = None) -> Response:
    chosen = year or AllianceYear.of(clock.now().date()).name

    async def fetch(after: str | None) -> Page[Commitment]:
        return await queries.commitments_of(commitments, year=chosen, after=after, limit=IN_A_FILE)

    return csv_of(commitment_list(Page([], None)), f"commitments-{chosen}", all_rows(fetch))


@router.get("/commitments/{commitment_id}")
async def record(
    commitment_id: PathId, access: Reading, commitments: TheCommitments, ledger: TheLedger, show: Show
) -> Response:
    commitment = await commitments.get(commitment_id)
    entries = await queries.entries_for(ledger, commitment_id)
    of_stay = await queries.commitments_of_placement(commitments, commitment.placement_id)
    names = await show.names({entry.entered_by for entry in entries if entry.entered_by})
    homes = next((each for each in show.shell.services_for(show.viewer) if each.name == "housing"), None)
    return await show(
        "finance/commitment.html",
        title=f"Commitment {commitment.year_name or ''}".strip(),
        back="/commitments",
        commitment=commitment,
        terms=commitment.stay.terms,
        colour=STATE_COLOURS[commitment.state],
        moments=[*_carried(commitment), *_moments(entries[::-1], names, linked=access.sees("ledger.read"))],
        others=[each for each in of_stay if each.id != commitment.id],
        placement_url=f"{homes.url}/placements/{commitment.placement_id}" if homes else None,
    )


def _moments(entries: list[LedgerEntry], names: Mapping[str, str], *, linked: bool) -> list[Moment]:
    return [
        Moment(
            at=entry.at,
            what=kind_in_words(entry.kind),
            who=names.get(entry.entered_by) if entry.entered_by else None,
            detail=_effect(entry),
            href=f"/ledger/{entry.id}" if linked else None,
        )
        for entry in entries
    ]


def _effect(entry: LedgerEntry) -> str:
    change = sum(line.pence for line in entry.lines if line.account == committed(entry.year))
    saving = entry.saving_pence
    return f"Committed {_signed(change)}, saved {_signed(saving)}."


def _signed(pence: int) -> str:
    return f"+{pounds(pence)}" if pence > 0 else pounds(pence)


def _carried(commitment: Commitment) -> list[Moment]:
    year = commitment.year
    if year is None or not commitment.closed:
        return []
    ended: datetime = year.ends_at
    what = "The year ended" if commitment.ended else f"Carried over into {year.next.name}"
    return [Moment(at=ended, what=what, detail="The figures of this year are final.")]
