"""Pages of placements: the board, the list, and one placement with its story."""

from typing import Any

from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Show, may, page_router
from alliance.web.pages.listing import Listing, csv_of
from alliance.web.pages.live import changes_route
from alliance.web.pages.people import ways_to_reach
from alliance.web.pages.templating import day, pounds, when
from housing.api.giving import Homes, Now, Placements, Reading, TheKnown
from housing.api.giving import Listing as MayList
from housing.application import queries
from housing.domain.placement import Placement
from housing.domain.stages import Stage
from housing.pages.lists import PLACEMENTS, by_stage, days, placement_rows
from housing.pages.reading import SEVERAL, After, ChosenStage, every
from housing.pages.story import NOBODY, NOW, steps, story, team_steps
from housing.pages.words import COLOURS, label, short

router = page_router()

BOARD = "board"
"""The topic of the live part."""
SOON_HOURS = 48
"""When an offer to be answered is shown as urgent."""


@router.get("/placements")
async def board(access: MayList, placements: Placements, now: Now, show: Show) -> Response:
    """The search by its stages; those who have moved in are found in the list."""
    return await show("housing/board.html", title="Placements", **await _columns(access, placements, now))


@router.get("/placements/board")
async def board_alone(access: MayList, placements: Placements, now: Now, show: Show) -> Response:
    """What the page fetches again when something has changed."""
    return await show("housing/columns.html", **await _columns(access, placements, now))


changes_route(router, "/placements/changes", BOARD, allowed=may("placement.list"))


@router.get("/placements/list")
async def as_list(
    _: MayList, placements: Placements, now: Now, show: Show, stage: ChosenStage = "", after: After = None
) -> Response:
    page = await queries.pipeline(placements, stage=Stage(stage) if stage else None, after=after, limit=SEVERAL)
    shown = Listing(
        "Placements by stage, the longest waiting first",
        PLACEMENTS,
        placement_rows(page.items, PLACEMENTS, now.now()),
        next=page.next,
        after=after,
        filters=by_stage(stage),
        empty="Nobody has been introduced to IPSA yet.",
        csv="/placements.csv",
    )
    return await show("housing/list.html", title="All placements", back="/placements", shown=shown)


@router.get("/placements.csv")
async def file(_: MayList, placements: Placements, now: Now, stage: ChosenStage = "") -> Response:
    chosen = Stage(stage) if stage else None
    found = every(lambda after: queries.pipeline(placements, stage=chosen, after=after, limit=SEVERAL))
    rows = (placement_rows([placement], PLACEMENTS, now.now())[0] async for placement in found)
    return csv_of(Listing("Placements", PLACEMENTS, ()), "placements", rows)


@router.get("/placements/{placement_id}")
async def record(
    placement_id: PathId,
    access: Reading,
    placements: Placements,
    known: TheKnown,
    homes: Homes,
    now: Now,
    show: Show,
) -> Response:
    placement = await placements.get(placement_id)
    allowed = access.sees("placement.see-details")
    offer = placement.current_offer
    home = await homes.find(offer.home_id) if offer and access.sees("home.read") else None
    reader = access.caller.organisation
    details = await known.details_of(placement.person_id, reader=reader) if allowed else None
    return await show(
        "housing/placement.html",
        title=f"Placement {short(placement_id)}",
        back="/placements",
        placement=placement,
        details=details,
        reach=ways_to_reach(details.contact_points) if details else [],
        allowed=allowed,
        died_on=await known.died_on(placement.person_id),
        colour=COLOURS[placement.stage],
        what_now=NOW[placement.stage],
        offer=offer,
        home=home,
        home_called=f"Home {short(offer.home_id)}" if offer else None,
        steps=steps(placement, access),
        team_steps=team_steps(placement, access),
        names=await show.names(placement.workers),
        story=story(placement),
    )


async def _columns(access: MayList, placements: Placements, now: Now) -> dict[str, Any]:
    found = await queries.board(placements)
    columns = [
        {
            "heading": label(stage),
            "cards": [_card(each, now, access.caller.subject) for each in page.items],
            "empty": NOBODY[stage],
            "more": page.next is not None,
            "stage": stage.value,
        }
        for stage, page in found.items()
    ]
    return {"columns": columns, "most": queries.ON_THE_BOARD}


def _card(placement: Placement, now: Now, viewer: str) -> dict[str, Any]:
    begun, due, at = placement.beginning, placement.due_at(), now.now()
    lines = []
    if begun:
        lines.append(f"{label(begun.setting)}, {pounds(begun.weekly_cost_pence)} a week")
        lines.append(f"Introduced {day(begun.at)} ({days(begun.at.date(), at.date())})")
    if due:
        lines.append(f"Offer lapses {when(due)}")
    return {
        "text": f"Placement {short(placement.id)}",
        "href": f"/placements/{placement.id}",
        "lines": lines,
        "late": bool(due and (due - at).total_seconds() < SOON_HOURS * 3600),
        "tag": "You work with them" if viewer in placement.workers else None,
        "colour": "blue",
    }
