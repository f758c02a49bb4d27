"""Entries in the shape of Open Referral UK (HSDS 3), as any directory can harvest them: nothing confidential in it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import ceil
from typing import Any

from pydantic import BaseModel

from alliance.kernel import derived_id
from triage.domain.fit import Standing
from triage.domain.particulars import Hours

Names = Mapping[str, str]
"""What organisations are called, by id."""
VOCABULARY = "living-well-support"
"""Name of the taxonomy that our kinds of support make."""


class Organization(BaseModel):
    id: str
    name: str
    description: str


class PhoneNumber(BaseModel):
    id: str
    number: str
    type: str = "voice"


class Schedule(BaseModel):
    """`byday` as RFC 5545 has it; times are local."""

    id: str
    freq: str = "WEEKLY"
    byday: str
    opens_at: str
    closes_at: str


class ServiceArea(BaseModel):
    id: str
    name: str


class Language(BaseModel):
    id: str
    code: str


class Address(BaseModel):
    id: str
    address_1: str
    postal_code: str
    country: str = "GB"
    address_type: str = "physical"


class Accessibility(BaseModel):
    id: str
    description: str


class Location(BaseModel):
    id: str
    location_type: str = "physical"
    addresses: list[Address]
    accessibility: list[Accessibility]


class ServiceAtLocation(BaseModel):
    id: str
    location: Location


class TaxonomyTerm(BaseModel):
    id: str
    code: str
    name: str
    taxonomy: str


class Attribute(BaseModel):
    id: str
    link_entity: str = "service"
    taxonomy_term: TaxonomyTerm


class Unit(BaseModel):
    id: str
    name: str = "places"


class Capacity(BaseModel):
    id: str
    available: float
    maximum: float
    description: str | None
    updated: datetime
    unit: Unit


class ServiceSummary(BaseModel):
    """What a list of services has of each (HSDS: `GET /services`)."""

    id: str
    name: str
    description: str
    url: str | None
    email: str | None
    status: str
    interpretation_services: str | None
    application_process: str | None
    fees_description: str | None
    wait_time: str | None
    eligibility_description: str | None
    minimum_age: float | None
    maximum_age: float | None
    assured_date: date | None
    alert: str | None
    last_modified: datetime
    organization: Organization
    attributes: list[Attribute]


class Service(ServiceSummary):
    """All of it (HSDS: `GET /services/{id}`)."""

    phones: list[PhoneNumber]
    schedules: list[Schedule]
    service_areas: list[ServiceArea]
    service_at_locations: list[ServiceAtLocation]
    languages: list[Language]
    capacities: list[Capacity]


class Services(BaseModel):
    """One page of a list, as HSDS has it."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[ServiceSummary]


class About(BaseModel):
    """What a harvester looks at first (HSDS: `GET /`)."""

    version: str = "3.0"
    profile: str = "https://docs.openreferraluk.org/"


def page_of(found: Sequence[Standing], page: int, per_page: int, names: Names) -> Services:
    pages = ceil(len(found) / per_page)
    shown = found[(page - 1) * per_page : page * per_page]
    return Services(
        total_items=len(found),
        total_pages=pages,
        page_number=page,
        size=len(shown),
        first_page=page == 1,
        last_page=page >= pages,
        empty=not shown,
        contents=[ServiceSummary.model_validate(_summary(each, names)) for each in shown],
    )


def whole(standing: Standing, names: Names) -> Service:
    entry, says = standing.entry, standing.entry.says
    return Service(
        **_summary(standing, names),
        phones=[PhoneNumber(id=_id(entry.id, "phone", each.number), number=each.number) for each in says.public()],
        schedules=[_schedule(entry.id, each) for each in says.hours],
        service_areas=[ServiceArea(id=_id("area", area), name=area) for area in says.areas],
        service_at_locations=_locations(standing),
        languages=[Language(id=_id("language", code), code=code) for code in says.languages],
        capacities=_capacities(standing),
    )


def _summary(standing: Standing, names: Names) -> dict[str, Any]:
    entry, says = standing.entry, standing.entry.says
    provider = names.get(entry.organisation_id, entry.organisation_id)
    terms = [(VOCABULARY, says.kind.value), *(_term(each) for each in says.terms)]
    return {
        "id": entry.id,
        "name": says.name,
        "description": says.description,
        "url": says.url or None,
        "email": says.email or None,
        "status": says.status.value,
        "interpretation_services": says.interpretation or None,
        "application_process": says.application_process or None,
        "fees_description": says.fees or None,
        "wait_time": says.wait_time or None,
        "eligibility_description": says.eligibility or None,
        "minimum_age": says.minimum_age,
        "maximum_age": says.maximum_age,
        "assured_date": entry.assured_at.date() if entry.assured_at else None,
        "alert": says.alert or None,
        "last_modified": entry.modified_at,
        "organization": Organization(id=_id("member", entry.organisation_id), name=provider, description=provider),
        "attributes": [_attribute(entry.id, vocabulary, code) for vocabulary, code in terms],
    }


def _term(text: str) -> tuple[str, str]:
    """`esdServiceTypes:1234` → the vocabulary and the code."""
    vocabulary, _, code = text.rpartition(":")
    return vocabulary or VOCABULARY, code


def _attribute(entry_id: str, vocabulary: str, code: str) -> Attribute:
    term = TaxonomyTerm(id=_id("term", vocabulary, code), code=code, name=code, taxonomy=vocabulary)
    return Attribute(id=_id(entry_id, "attribute", vocabulary, code), taxonomy_term=term)


def _schedule(entry_id: str, hours: Hours) -> Schedule:
    days = ",".join(hours.days)
    opens, closes = hours.opens_at.isoformat("minutes"), hours.closes_at.isoformat("minutes")
    return Schedule(id=_id(entry_id, days, opens), byday=days, opens_at=opens, closes_at=closes)


def _locations(standing: Standing) -> list[ServiceAtLocation]:
    entry, where = standing.entry, standing.entry.says.where
    if where is None or where.confidential:
        return []
    address = Address(id=_id(entry.id, "address"), address_1=where.address, postal_code=where.postcode)
    features = [Accessibility(id=_id(entry.id, each), description=each) for each in entry.says.accessibility]
    location = Location(id=_id(entry.id, "location"), addresses=[address], accessibility=features)
    return [ServiceAtLocation(id=_id(entry.id, "at-location"), location=location)]


def _capacities(standing: Standing) -> list[Capacity]:
    entry, free = standing.entry, standing.free
    if free is None or entry.room.places is None:
        return []
    available = 0 if entry.room.pause else free
    expected = entry.room.free_expected_on
    return [
        Capacity(
            id=_id(entry.id, "capacity"),
            available=available,
            maximum=entry.room.places,
            description=f"A place is expected to be free on {expected.isoformat()}" if expected else None,
            updated=entry.modified_at,
            unit=Unit(id=_id("unit", "places")),
        )
    ]


def _id(*parts: str) -> str:
    """HSDS wants a UUID for everything; ours follow from what they are of, so that a harvester meets them again."""
    return derived_id("directory", *parts)
