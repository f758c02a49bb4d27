"""The directory for anybody, without a token, as Open Referral UK (HSDS 3) asks for it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from alliance.web import PathId, answers
from alliance.web.problems import ProblemRaised
from triage.api.giving import HarvestLimit, TheProviders, TheShowcase
from triage.api.hsds import About, Service, Services, page_of, whole
from triage.application.showcase import Sought
from triage.domain.codes import HelpArea, Support
from triage.domain.refusals import NotInDirectory

Page = Annotated[int, Query(ge=1, le=10_000)]
PerPage = Annotated[int, Query(ge=1, le=200)]
Area = Annotated[str | None, Query(max_length=60)]
Code = Annotated[str | None, Query(pattern=r"^[a-z]{2,3}$")]


async def not_too_often(request: Request, limit: HarvestLimit) -> None:
    if not await limit.allows(request):
        raise ProblemRaised(429, headers={"Retry-After": "60"})


router = APIRouter(prefix="/api/v1/directory", tags=["directory"], dependencies=[Depends(not_too_often)])


@router.get("")
async def about() -> About:
    """Which standard this is."""
    return About()


@router.get("/services")
async def services(
    showcase: TheShowcase,
    providers: TheProviders,
    page: Page = 1,
    per_page: PerPage = 50,
    kind: Support | None = None,
    helps_with: HelpArea | None = None,
    area: Area = None,
    language: Code = None,
) -> Services:
    """All services by name, page by page. What is confidential is in no page of this."""
    sought = Sought(kind=kind, helps_with=helps_with, area=area, language=language)
    return page_of(await showcase.search(sought), page, per_page, providers)


@router.get("/services/{service_id}", responses=answers(404))
async def service(service_id: PathId, showcase: TheShowcase, providers: TheProviders) -> Service:
    """One service."""
    if standing := await showcase.one(service_id):
        return whole(standing, providers)
    raise NotInDirectory("The directory has no such service.")
