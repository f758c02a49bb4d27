"""Entries put into the shapes of Open Referral UK, for any directory to harvest: nothing confidential in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from alliance.kernel import LONDON
from triage.api.hsds import (
    Accessibility,
    Address,
    AtLocation,
    Attribute,
    Capacity,
    Language,
    Location,
    OrganizationSummary,
    PhoneNumber,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceMark,
    ServiceSummary,
    Taxonomy,
    TaxonomyTerm,
    Unit,
)
from triage.domain.entry import Entry
from triage.domain.fit import Standing
from triage.domain.particulars import Hours
from triage.domain.vocabulary import HELP, SUPPORT, Term, standard_id, taxonomy_id, terms_of

Names = Mapping[str, str]
"""What organisations are called, by id."""
DESCRIBED = {
    SUPPORT: "Kinds of support that the alliance offers.",
    HELP: "What people talk about in the conversation, and want help with.",
}


def organization(entry: Entry, names: Names) -> OrganizationSummary:
    """Members have no description of their own; the standard requires one."""
    name = entry.given_by(names)
    return OrganizationSummary(id=organization_id(entry), name=name, description=name)


def organization_id(entry: Entry) -> str:
    return standard_id("member", entry.organisation_id)


def changed_at(entry: Entry) -> datetime:
    """Whoever harvests what has changed wants to hear of a new assurance too."""
    return max(entry.modified_at, entry.assured_at or entry.modified_at)


def mark(standing: Standing) -> ServiceMark:
    return ServiceMark(id=standing.entry.id, modified_date=changed_at(standing.entry))


def summary(standing: Standing, names: Names) -> ServiceSummary:
    return ServiceSummary(**_summary(standing, names))


def service(standing: Standing, names: Names) -> Service:
    entry, says = standing.entry, standing.entry.says
    at = location_of(entry)
    return Service(
        **_summary(standing, names),
        phones=[
            PhoneNumber(id=standard_id(entry.id, "phone", each.number), number=each.number) for each in says.public()
        ],
        schedules=[_schedule(entry.id, each) for each in says.hours],
        service_areas=[ServiceArea(id=standard_id("area", area), name=area, service_area=area) for area in says.areas],
        service_at_locations=[at] if at else [],
        languages=[Language(id=standard_id("language", code), code=code) for code in says.languages],
        capacities=_capacities(standing),
    )


def location_of(entry: Entry) -> AtLocation | None:
    """None where people do not go anywhere, or where staff alone know the place."""
    where = entry.says.where
    if where is None or where.confidential:
        return None
    street, _, city = where.address.rpartition(",")
    address = Address(
        id=standard_id(entry.id, "address"),
        address_1=street.strip() or where.address,
        city=city.strip() if street.strip() else "",
        postal_code=where.postcode,
    )
    location = Location(
        id=standard_id(entry.id, "location"),
        addresses=[address],
        accessibility=[
            Accessibility(id=standard_id(entry.id, each), description=each, accessibility=each)
            for each in entry.says.accessibility
        ],
    )
    return AtLocation(
        id=standard_id(entry.id, "at-location"), service_id=entry.id, location_id=location.id, location=location
    )


def service_at_location(standing: Standing, names: Names, *, full: bool) -> ServiceAtLocation | None:
    at = location_of(standing.entry)
    of = service(standing, names) if full else summary(standing, names)
    return None if at is None else ServiceAtLocation(**dict(at), service=of)


def taxonomy(vocabulary: str) -> Taxonomy:
    return Taxonomy(
        id=taxonomy_id(vocabulary), name=vocabulary, description=DESCRIBED.get(vocabulary, f"Codes of {vocabulary}.")
    )


def taxonomy_term(term: Term) -> TaxonomyTerm:
    return TaxonomyTerm(
        id=term.id,
        code=term.code,
        name=term.name,
        term=term.name,
        description=f"{term.name} ({term.vocabulary})",
        taxonomy=term.vocabulary,
        taxonomy_id=term.taxonomy_id,
    )


def _summary(standing: Standing, names: Names) -> dict[str, Any]:
    entry, says = standing.entry, standing.entry.says
    provider = organization(entry, names)
    return {
        "id": entry.id,
        "organization_id": provider.id,
        "name": says.name,
        "description": says.description,
        "url": says.url or None,
        "email": says.email or None,
        "status": says.status.value,
        "interpretation_services": says.interpretation or None,
        "application_process": says.application_process or None,
        "fees": says.fees or None,
        "fees_description": says.fees or None,
        "wait_time": says.wait_time or None,
        "eligibility_description": says.eligibility or None,
        "minimum_age": says.minimum_age,
        "maximum_age": says.maximum_age,
        "assured_date": entry.assured_at.astimezone(LONDON).date() if entry.assured_at else None,
        "alert": says.alert or None,
        "last_modified": changed_at(entry),
        "organization": provider,
        "attributes": [_attribute(entry.id, term) for term in terms_of(says)],
    }


def _attribute(entry_id: str, term: Term) -> Attribute:
    return Attribute(
        id=standard_id(entry_id, "attribute", term.vocabulary, term.code),
        link_id=entry_id,
        taxonomy_term_id=term.id,
        taxonomy_term=taxonomy_term(term),
    )


def _schedule(entry_id: str, hours: Hours) -> Schedule:
    days = ",".join(hours.days)
    opens, closes = hours.opens_at.isoformat("minutes"), hours.closes_at.isoformat("minutes")
    return Schedule(id=standard_id(entry_id, days, opens), byday=days, opens_at=opens, closes_at=closes)


def _capacities(standing: Standing) -> list[Capacity]:
    entry, free = standing.entry, standing.free
    if free is None or entry.room.places is None:
        return []
    expected = entry.room.free_expected_on
    return [
        Capacity(
            id=standard_id(entry.id, "capacity"),
            available=0 if entry.room.pause else free,
            maximum=entry.room.places,
            description=f"A place is expected to be free on {expected.isoformat()}" if expected else None,
            updated=entry.modified_at,
            unit=Unit(id=standard_id("unit", "places")),
        )
    ]
