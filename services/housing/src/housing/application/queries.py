"""Reading: lists go by "next" and never by page number."""

from alliance.store import Page, Stored
from housing.application.collections import Homes, Placements
from housing.domain.home import Home
from housing.domain.placement import Placement
from housing.domain.stages import Stage

ON_THE_BOARD = 20
"""Placements of each stage."""


async def vacancies(homes: Homes, *, area: str | None, after: str | None, limit: int) -> Page[Home]:
    """Homes that may be offered now, the longest empty first."""
    if area:
        return await homes.page("vacancy", f"{area}:", after=after, limit=limit)
    return await homes.page("void", after=after, limit=limit)


async def all_homes(homes: Homes, *, area: str | None, after: str | None, limit: int) -> Page[Home]:
    return await homes.page("register", f"{area}:" if area else "", after=after, limit=limit)


async def pipeline(placements: Placements, *, stage: Stage | None, after: str | None, limit: int) -> Page[Placement]:
    """Placements by stage, the longest waiting first."""
    return await placements.page("pipeline", f"{stage.value}:" if stage else "", after=after, limit=limit)


async def board(placements: Placements) -> dict[Stage, Page[Placement]]:
    """Those who search for a home, by stage, the longest waiting first."""
    return {
        stage: await pipeline(placements, stage=stage, after=None, limit=ON_THE_BOARD)
        for stage in (Stage.INTRODUCED, Stage.OFFERED, Stage.ACCEPTED)
    }


async def board_mark(placements: Placements) -> tuple[object, ...]:
    """Something that is another whenever the board is."""
    return tuple(
        (placement.pipeline, placement.lapsing, placement.workers, page.next is None)
        for page in (await board(placements)).values()
        for placement in page.items
    )


async def lapsing(placements: Placements, *, limit: int) -> list[Placement]:
    """Placements whose offer waits for an answer, the first to lapse first."""
    return (await placements.page("lapsing", limit=limit)).items


async def placements_of_case(placements: Placements, case_id: str) -> list[Placement]:
    return await placements.with_key("case_id", case_id)


async def record(placement_id: str, placements: Placements) -> Stored[Placement]:
    """Raises `Unknown`."""
    return await placements.read(placement_id)
