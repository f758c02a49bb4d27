"""The directory for anybody, without a sign-in."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Show, page_router, sent
from alliance.web.pages.listing import Cell, Column, Listing
from triage.api.giving import HarvestLimit, TheClock, TheProviders, TheShowcase
from triage.application.showcase import Sought, areas_of
from triage.domain.fit import Standing
from triage.domain.refusals import NotInDirectory
from triage.pages.directory.forms import WordsForm
from triage.pages.directory.lists import filters
from triage.pages.directory.reading import SHOWN, After, Filtered, about_rows, standing_rows
from triage.pages.directory.telling import Names, assured, taking_on
from triage.pages.words import label

router = page_router(prefix="/services")

COLUMNS = (
    Column("name", "Service"),
    Column("kind", "What it is"),
    Column("provider", "Who gives it"),
    Column("area", "For people in"),
    Column("now", "Now"),
)


class Visit:
    """`page`: shows a public page of the directory, unless somebody asks too often."""

    def __init__(self, request: Request, show: Show, limit: HarvestLimit) -> None:
        self._request, self._show, self._limit = request, show, limit

    async def __call__(self, template: str, **context: Any) -> Response:
        if not await self._limit.allows(self._request):
            return await self._show("triage/directory/wait.html", status=429, title="Wait a minute, then try again")
        return await self._show(f"triage/directory/{template}", **context)


Page = Annotated[Visit, Depends(Visit)]


@router.get("")
async def listed(
    sought: Filtered,
    showcase: TheShowcase,
    providers: TheProviders,
    clock: TheClock,
    page: Page,
    after: After = None,
) -> Response:
    found = await showcase.search(sought)
    shown = _listing(found, await showcase.standings(), sought, providers, clock, after)
    return await page("services.html", title="Find support", shown=shown, form=WordsForm.fresh())


@router.post("")
async def searched(
    form: Annotated[WordsForm, sent(WordsForm)],
    showcase: TheShowcase,
    providers: TheProviders,
    clock: TheClock,
    page: Page,
) -> Response:
    """By words, which stand in no address."""
    words = form.words.data if form.validate() else ""
    sought = Sought(words=words)
    found = (await showcase.search(sought))[:SHOWN] if words else []
    shown = _listing(found, await showcase.standings(), sought, providers, clock, None)
    return await page("services.html", title="Find support", status=200 if words else 422, shown=shown, form=form)


@router.get("/{service_id}")
async def one(
    service_id: PathId, showcase: TheShowcase, providers: TheProviders, clock: TheClock, page: Page
) -> Response:
    standing = await showcase.one(service_id)
    if standing is None:
        raise NotInDirectory("The directory has no such service.")
    says = standing.entry.says.published()
    return await page(
        "service.html",
        title=says.name,
        back="/services",
        says=says,
        assured=assured(standing.entry, clock.now()),
        now_rows=standing_rows(standing, providers, clock),
        about_rows=about_rows(says),
    )


def _listing(
    found: Sequence[Standing],
    standings: Sequence[Standing],
    sought: Sought,
    providers: Names,
    clock: TheClock,
    after: str | None,
) -> Listing:
    start = next((place for place, each in enumerate(found, 1) if each.entry.id == after), 0)
    shown = found[start : start + SHOWN]
    return Listing(
        "Services, by name",
        COLUMNS,
        [
            [
                Cell(each.entry.says.name, href=f"/services/{each.entry.id}"),
                label(each.entry.says.kind),
                each.entry.given_by(providers),
                ", ".join(each.entry.says.areas) or "Everybody",
                taking_on(each, clock.now()),
            ]
            for each in shown
        ],
        next=shown[-1].entry.id if start + SHOWN < len(found) else None,
        after=after,
        filters=filters(sought, areas_of(standings)),
        empty="There is nothing in the directory yet.",
    )
