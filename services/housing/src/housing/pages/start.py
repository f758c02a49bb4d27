"""The first page: what needs me now."""

from starlette.responses import Response

from alliance.web.pages import Show, page_router
from alliance.web.pages.listing import Listing
from housing.api.giving import Homes, Now, Placements
from housing.application import queries
from housing.domain.stages import Stage
from housing.pages.lists import columns, home_rows, placement_rows
from housing.pages.reading import Start
from housing.pages.story import NOBODY

router = page_router()

FEW = 5


@router.get("/")
async def home(access: Start, homes: Homes, placements: Placements, now: Now, show: Show) -> Response:
    lists: list[tuple[Listing, str, str]] = []
    if access.sees("placement.list"):
        lists += await _waiting(placements, now)
    if access.sees("home.list"):
        shown = columns("home", "area", "kind", "support", "void")
        empty = (await queries.vacancies(homes, area=None, after=None, limit=FEW)).items
        rows = home_rows(empty, shown, now.now().date())
        none = "No home is empty and free to be offered."
        lists.append((Listing("Homes that are empty longest", shown, rows, empty=none), "All vacancies", "/vacancies"))
    return await show("housing/start.html", title="What needs me now", lists=lists)


async def _waiting(placements: Placements, now: Now) -> list[tuple[Listing, str, str]]:
    offered = await queries.lapsing(placements, limit=FEW)
    accepted = (await queries.pipeline(placements, stage=Stage.ACCEPTED, after=None, limit=FEW)).items
    without = (await queries.pipeline(placements, stage=Stage.INTRODUCED, after=None, limit=FEW)).items
    waiting = columns("placement", "from", "needs", "introduced")
    return [
        (
            Listing(caption, shown, placement_rows(found, shown, now.now()), empty=NOBODY[stage]),
            all_of_them,
            f"/placements/list?stage={stage.value}",
        )
        for stage, caption, found, shown, all_of_them in (
            (
                Stage.OFFERED,
                "Offers that lapse soonest",
                offered,
                columns("placement", "from", "needs", "lapses"),
                "All offers to answer",
            ),
            (Stage.ACCEPTED, "Accepted, and not moved in yet", accepted, waiting, "All who have accepted"),
            (Stage.INTRODUCED, "Waiting longest for an offer", without, waiting, "All who need an offer"),
        )
    ]
