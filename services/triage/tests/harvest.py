"""Made-up services as another directory publishes them."""

from typing import Any

from alliance.kernel import derived_id


def a_service(number: int = 1, **more: Any) -> dict[str, Any]:
    """Of an organisation outside the alliance, assured on 1 September 2026."""
    return {
        "id": derived_id("test", "harvested", str(number)),
        "name": f"Made-up Service {number}",
        "description": "Made-up people meet.\nEverybody may come.",
        "url": "https://example.org/made-up",
        "email": "made-up@example.org",
        "status": "active",
        "fees": "Nothing",
        "minimum_age": 18,
        "assured_date": "2026-09-01",
        "last_modified": "2026-09-01T10:00:00Z",
        "organization": {
            "id": derived_id("test", "organisation"),
            "name": "Made-up Charity (Testing)",
            "description": "Made up.",
        },
        "contacts": [{"id": "c", "name": "Made-up Manager", "phones": [{"id": "p", "number": "020 7946 0002"}]}],
        "schedules": [
            {"id": "s", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00:00", "closes_at": "17:30:00"},
            {"id": "m", "freq": "MONTHLY", "bymonthday": "2", "opens_at": "09:00", "closes_at": "17:30"},
        ],
        "service_at_locations": [
            {
                "id": "l",
                "location": {
                    "id": "x",
                    "location_type": "physical",
                    "addresses": [
                        {"id": "a", "address_1": "1 Made Up Street", "city": "London", "postal_code": "SW9 9ZZ"}
                    ],
                },
            }
        ],
        "service_areas": [{"id": "b", "name": "Brixton"}],
        "languages": [{"id": "g", "code": "so"}, {"id": "n", "name": "Somali"}],
        "attributes": [
            {"id": "t", "taxonomy_term": {"id": "u", "taxonomy": "esdServiceTypes", "code": "1234", "name": "Meeting"}}
        ],
        "cost_options": [{"id": "o", "amount": 3}],
        **more,
    }
