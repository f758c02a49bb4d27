"""Which fields of a service that another directory publishes (HSDS 3.0) we hold, or say something of our own about."""

from collections.abc import Iterator, Mapping
from typing import Any

LINKS = ("id", "service_id", "location_id", "organization_id", "contact_id", "service_at_location_id", "link_id")
"""Between the parts of a service; nested as they are, they say nothing."""
PHONE: Mapping[str, Any] = dict.fromkeys(("number", "type", "extension"))
CONTACT: Mapping[str, Any] = {"phones": PHONE, **dict.fromkeys(("name", "title", "department", "email"))}
SCHEDULE: Mapping[str, Any] = dict.fromkeys(
    (
        *("freq", "interval", "byday", "opens_at", "closes_at", "valid_from", "valid_to", "until", "notes"),
        *("description", "wkst", "dtstart", "bymonthday", "byweekno", "byyearday", "count"),
    )
)
ADDRESS: Mapping[str, Any] = dict.fromkeys(
    ("address_1", "address_2", "city", "postal_code", "country", "address_type", "state_province", "region")
)
LOCATION: Mapping[str, Any] = {
    "addresses": ADDRESS,
    "accessibility": dict.fromkeys(("description", "accessibility")),
    **dict.fromkeys(("location_type", "name", "description", "latitude", "longitude")),
}
HELD: Mapping[str, Any] = {
    "phones": PHONE,
    "contacts": CONTACT,
    "schedules": SCHEDULE,
    "service_areas": dict.fromkeys(("name", "service_area")),
    "service_at_locations": {
        "phones": PHONE,
        "contacts": CONTACT,
        "schedules": SCHEDULE,
        "location": LOCATION,
    },
    "languages": dict.fromkeys(("code", "name")),
    "attributes": {"taxonomy_term": None, **dict.fromkeys(("link_entity", "link_type", "taxonomy_term_id"))},
    "organization": None,
    **dict.fromkeys(("name", "description", "status", "url", "email", "alert", "fees", "fees_description")),
    **dict.fromkeys(("wait_time", "interpretation_services", "eligibility_description", "application_process")),
    **dict.fromkeys(("minimum_age", "maximum_age", "assured_date", "last_modified")),
}


def not_held(told: Mapping[str, Any], held: Mapping[str, Any] = HELD, within: str = "") -> Iterator[str]:
    """Names of what is said and we have no place for: `funding`, `phones.languages`."""
    for key, value in told.items():
        if key in LINKS or value in (None, "", [], {}):
            continue
        if key not in held:
            yield within + key
        elif held[key]:
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, Mapping):
                    yield from not_held(each, held[key], f"{within}{key}.")
