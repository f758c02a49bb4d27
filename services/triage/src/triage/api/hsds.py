"""The shapes of Open Referral UK (HSDS 3.0), as far as our entries fill them; what is None is left out."""

from datetime import date, datetime
from typing import Generic, TypeVar

from pydantic import BaseModel


class Taxonomy(BaseModel):
    id: str
    name: str
    description: str


class TaxonomyTerm(BaseModel):
    """`term` is what the UK profile calls the name."""

    id: str
    code: str
    name: str
    term: str
    description: str
    taxonomy: str
    taxonomy_id: str


class Attribute(BaseModel):
    id: str
    link_id: str
    link_entity: str = "service"
    link_type: str = "taxonomy"
    taxonomy_term_id: str
    taxonomy_term: TaxonomyTerm


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
    """`service_area` is what the UK profile calls the name."""

    id: str
    name: str
    service_area: str


class Language(BaseModel):
    id: str
    code: str


class Address(BaseModel):
    """HSDS requires a city and a state or province; nobody here is asked for the second, which is empty."""

    id: str
    address_1: str
    city: str
    state_province: str = ""
    postal_code: str
    country: str = "GB"
    address_type: str = "physical"


class Accessibility(BaseModel):
    """`accessibility` is what the UK profile calls the description."""

    id: str
    description: str
    accessibility: str


class Location(BaseModel):
    id: str
    location_type: str = "physical"
    addresses: list[Address]
    accessibility: list[Accessibility]


class Unit(BaseModel):
    id: str
    name: str = "places"


class Capacity(BaseModel):
    """As HSDS 3.1 has it; 3.0 has none."""

    id: str
    available: float
    maximum: float
    description: str | None
    updated: datetime
    unit: Unit


class OrganizationSummary(BaseModel):
    id: str
    name: str
    description: str


class ServiceSummary(BaseModel):
    """What a list of services has of each (HSDS: `GET /services`)."""

    id: str
    organization_id: str
    name: str
    description: str
    url: str | None
    email: str | None
    status: str
    interpretation_services: str | None
    application_process: str | None
    fees: str | None
    fees_description: str | None
    wait_time: str | None
    eligibility_description: str | None
    minimum_age: float | None
    maximum_age: float | None
    assured_date: date | None
    alert: str | None
    last_modified: datetime
    organization: OrganizationSummary
    attributes: list[Attribute]


class ServiceMark(BaseModel):
    """What `minimal=true` has of each."""

    id: str
    modified_date: datetime


class AtLocation(BaseModel):
    """Within a service."""

    id: str
    service_id: str
    location_id: str
    location: Location


class Service(ServiceSummary):
    """All of it (HSDS: `GET /services/{id}`)."""

    phones: list[PhoneNumber]
    schedules: list[Schedule]
    service_areas: list[ServiceArea]
    service_at_locations: list[AtLocation]
    languages: list[Language]
    capacities: list[Capacity]


class ServiceAtLocation(AtLocation):
    """By itself (HSDS: `GET /service_at_locations`)."""

    service: Service | ServiceSummary


class Organization(OrganizationSummary):
    """With what it gives (HSDS: `GET /organizations/{id}`)."""

    services: list[Service] | list[ServiceSummary]


T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """One page of a list, as HSDS has it."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[T]


class About(BaseModel):
    """What a harvester looks at first (HSDS: `GET /`); the API that it names is the standard's."""

    version: str = "HSDS-UK-3.0"
    profile: str = "https://docs.openreferraluk.org/"
    openapi_url: str = "https://docs.openreferraluk.org/en/latest/openapi30.json"
