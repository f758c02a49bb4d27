"""The directory for anybody, without a token, as Open Referral UK (HSDS 3.0) asks for it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from alliance.web import PathId, answers
from alliance.web.problems import ProblemRaised
from triage.api import published
from triage.api.giving import HarvestLimit, TheProviders, TheShowcase
from triage.api.harvesting import Paging, Wanted, Words
from triage.api.hsds import (
    About,
    Organization,
    OrganizationSummary,
    Page,
    Service,
    ServiceAtLocation,
    ServiceMark,
    ServiceSummary,
    Taxonomy,
    TaxonomyTerm,
)
from triage.application.showcase import Showcase
from triage.domain.fit import Standing
from triage.domain.refusals import NotInDirectory
from triage.domain.vocabulary import Term, all_terms


async def not_too_often(request: Request, limit: HarvestLimit) -> None:
    if not await limit.allows(request):
        raise ProblemRaised(429, headers={"Retry-After": "60"})


router = APIRouter(
    prefix="/api/v1/directory", tags=["directory"], dependencies=[Depends(not_too_often)], responses=answers(429)
)
Paged = Annotated[Paging, Depends()]
Which = Annotated[Wanted, Depends()]
Services = Page[Service] | Page[ServiceSummary] | Page[ServiceMark]
Organizations = Page[Organization] | Page[OrganizationSummary]
TermOrNone = Annotated[str | None, Query(max_length=64)]


@router.get("")
@router.get("/", include_in_schema=False)
async def about() -> About:
    """Which standard this is."""
    return About()


@router.get("/services", response_model_exclude_none=True)
async def services(
    showcase: TheShowcase, names: TheProviders, wanted: Which, paging: Paged, minimal: bool = False, full: bool = False
) -> Services:
    """All services by name, page by page; with `minimal` ids and dates, all at once. Nothing confidential."""
    found = await _found(showcase, wanted)
    if minimal:
        return paging.all_of([published.mark(each) for each in found])
    if full:
        return paging.of([published.service(each, names) for each in found])
    return paging.of([published.summary(each, names) for each in found])


@router.get("/services/{service_id}", response_model_exclude_none=True, responses=answers(404))
async def service(service_id: PathId, showcase: TheShowcase, names: TheProviders) -> Service:
    """One service."""
    if standing := await showcase.one(service_id):
        return published.service(standing, names)
    raise NotInDirectory("The directory has no such service.")


@router.get("/organizations", response_model_exclude_none=True)
async def organizations(
    showcase: TheShowcase,
    names: TheProviders,
    paging: Paged,
    search: Words = "",
    full: bool = False,
    full_service: bool = False,
) -> Organizations:
    """All who give a service of the directory, by name."""
    by_id: dict[str, list[Standing]] = {}
    for each in await showcase.standings():
        by_id.setdefault(published.organization_id(each.entry), []).append(each)
    every = [(published.organization(of[0].entry, names), of) for of in by_id.values()]
    found = sorted(
        ((one, of) for one, of in every if all(word in one.name.casefold() for word in search.casefold().split())),
        key=lambda each: (each[0].name.casefold(), each[0].id),
    )
    if full or full_service:
        return paging.of([_whole(one, of, names, full=full_service) for one, of in found])
    return paging.of([one for one, _ in found])


@router.get("/organizations/{organization_id}", response_model_exclude_none=True, responses=answers(404))
async def organization(
    organization_id: PathId, showcase: TheShowcase, names: TheProviders, full_service: bool = False
) -> Organization:
    """One of them, with the services that it gives."""
    of = [each for each in await showcase.standings() if published.organization_id(each.entry) == organization_id]
    if of:
        return _whole(published.organization(of[0].entry, names), of, names, full=full_service)
    raise NotInDirectory("The directory has no such organisation.")


@router.get("/service_at_locations", response_model_exclude_none=True)
async def service_at_locations(
    showcase: TheShowcase, names: TheProviders, wanted: Which, paging: Paged, full: bool = False
) -> Page[ServiceAtLocation]:
    """Where people go for a service, by its name. Confidential places are in none of this."""
    found = [
        at
        for each in await _found(showcase, wanted)
        if (at := published.service_at_location(each, names, full=full)) is not None
    ]
    return paging.of(found)


@router.get("/service_at_locations/{at_location_id}", response_model_exclude_none=True, responses=answers(404))
async def service_at_location(at_location_id: PathId, showcase: TheShowcase, names: TheProviders) -> ServiceAtLocation:
    """One of them, with the whole service."""
    for each in await showcase.standings():
        at = published.location_of(each.entry)
        whole = published.service_at_location(each, names, full=True) if at and at.id == at_location_id else None
        if whole:
            return whole
    raise NotInDirectory("The directory has no such place.")


@router.get("/taxonomies")
async def taxonomies(showcase: TheShowcase, paging: Paged, search: Words = "") -> Page[Taxonomy]:
    """Our own two, and those whose codes an entry has."""
    vocabularies = sorted({term.vocabulary for term in await _terms(showcase)})
    return paging.of([published.taxonomy(each) for each in vocabularies if search.casefold() in each.casefold()])


@router.get("/taxonomies/{taxonomy_id}", responses=answers(404))
async def taxonomy(taxonomy_id: PathId, showcase: TheShowcase) -> Taxonomy:
    """One of them."""
    for term in await _terms(showcase):
        if term.taxonomy_id == taxonomy_id:
            return published.taxonomy(term.vocabulary)
    raise NotInDirectory("The directory has no such taxonomy.")


@router.get("/taxonomy_terms")
async def taxonomy_terms(
    showcase: TheShowcase,
    paging: Paged,
    search: Words = "",
    taxonomy_id: TermOrNone = None,
    parent_id: TermOrNone = None,
    top_only: bool = False,
) -> Page[TaxonomyTerm]:
    """The terms of all taxonomies. None of them has a parent, so all are at the top."""
    found = [
        term
        for term in await _terms(showcase)
        if parent_id is None
        and taxonomy_id in (None, term.taxonomy_id)
        and search.casefold() in f"{term.code} {term.name}".casefold()
    ]
    return paging.of([published.taxonomy_term(term) for term in found])


@router.get("/taxonomy_terms/{term_id}", responses=answers(404))
async def taxonomy_term(term_id: PathId, showcase: TheShowcase) -> TaxonomyTerm:
    """One of them."""
    for term in await _terms(showcase):
        if term.id == term_id:
            return published.taxonomy_term(term)
    raise NotInDirectory("The directory has no such term.")


async def _found(showcase: Showcase, wanted: Wanted) -> list[Standing]:
    return [each for each in await showcase.search(wanted.sought) if wanted.finds(each)]


async def _terms(showcase: Showcase) -> list[Term]:
    return all_terms(each.entry.says for each in await showcase.standings())


def _whole(one: OrganizationSummary, of: list[Standing], names: published.Names, *, full: bool) -> Organization:
    if full:
        return Organization(**dict(one), services=[published.service(each, names) for each in of])
    return Organization(**dict(one), services=[published.summary(each, names) for each in of])
