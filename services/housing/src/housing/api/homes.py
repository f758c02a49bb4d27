"""Homes: adding them, finding vacancies."""

from fastapi import APIRouter, Response

from alliance.web import PathId, tag
from housing.api.bodies import NewHome
from housing.api.giving import (
    AddingHome,
    After,
    Area,
    HomeReading,
    Homes,
    HomesListing,
    Limit,
    Now,
    knows_address,
)
from housing.api.shown import HomeId, HomePage, HomeRecord
from housing.application import homes as use
from housing.application import queries
from housing.domain.home import Home

router = APIRouter(prefix="/api/v1", tags=["homes"])


@router.post("/homes", status_code=201)
async def add_home(body: NewHome, doing: AddingHome, homes: Homes, now: Now) -> HomeId:
    return HomeId(home_id=await use.add_home(Home(id=doing.id, **body.model_dump()), homes, now))


@router.get("/homes")
async def all_homes(
    _: HomesListing, homes: Homes, area: Area = None, after: After = None, limit: Limit = 50
) -> HomePage:
    return HomePage.of(await queries.all_homes(homes, area=area, after=after, limit=limit))


@router.get("/vacancies")
async def vacancies(
    _: HomesListing, homes: Homes, area: Area = None, after: After = None, limit: Limit = 50
) -> HomePage:
    return HomePage.of(await queries.vacancies(homes, area=area, after=after, limit=limit))


@router.get("/homes/{home_id}")
async def home(home_id: PathId, access: HomeReading, homes: Homes, response: Response) -> HomeRecord:
    """The record of one home, with its address for those who may know it."""
    stored = await homes.read(home_id)
    tag(response, stored.version)
    return HomeRecord.of(stored.aggregate, with_address=knows_address(access, stored.aggregate))
