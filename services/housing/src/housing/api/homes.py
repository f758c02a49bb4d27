"""Homes: adding them, finding vacancies, offering one to somebody."""

from fastapi import APIRouter, Response

from alliance.web import PathId, tag
from housing.api.bodies import NewHome, NewOffer
from housing.api.shown import HomeId, HomePage, HomeRecord, OfferId
from housing.api.wired import MANAGER, WORKER, After, Area, Doing, Homes, Limit, Now, OfferLasts, Placements, Reader
from housing.application import homes as use
from housing.application import queries
from housing.domain.home import Home

router = APIRouter(prefix="/api/v1", tags=["homes"])


@router.post("/homes", status_code=201)
async def add_home(body: NewHome, doing: Doing, homes: Homes) -> HomeId:
    return HomeId(home_id=await use.add_home(Home(id=doing.id, **body.model_dump()), homes))


@router.get("/homes")
async def all_homes(_: Reader, homes: Homes, area: Area = None, after: After = None, limit: Limit = 50) -> HomePage:
    return HomePage.of(await queries.all_homes(homes, area=area, after=after, limit=limit))


@router.get("/vacancies")
async def vacancies(_: Reader, homes: Homes, area: Area = None, after: After = None, limit: Limit = 50) -> HomePage:
    return HomePage.of(await queries.vacancies(homes, area=area, after=after, limit=limit))


@router.get("/homes/{home_id}")
async def home(home_id: PathId, reader: Reader, homes: Homes, response: Response) -> HomeRecord:
    """The record of one home. Only housing staff see an address, and a confidential one only the manager."""
    stored = await homes.read(home_id)
    tag(response, stored.version)
    may_know = (MANAGER,) if stored.aggregate.confidential else (WORKER, MANAGER)
    return HomeRecord.of(stored.aggregate, with_address=reader.may_act_as(may_know))


@router.post("/homes/{home_id}/offers", status_code=201)
async def offer_home(
    home_id: PathId,
    body: NewOffer,
    doing: Doing,
    homes: Homes,
    placements: Placements,
    now: Now,
    lasts: OfferLasts,
) -> OfferId:
    """Hold the home for one placement. The offer stands once the placement shows it, or lapses by itself."""
    offer_id = await use.offer_home(
        home_id,
        offer_id=doing.id,
        placement_id=body.placement_id,
        lasts=lasts,
        homes=homes,
        placements=placements,
        clock=now,
        expecting=doing.expecting,
    )
    return OfferId(offer_id=offer_id)
