"""A service of another directory, read into what we hold."""

from datetime import date, time
from typing import Any

import pytest

from triage.application.harvested import Harvested, Reading, Unreadable
from triage.domain.codes import HelpArea, Support, Weekday
from triage.domain.particulars import Hours, Phone, Where
from triage.domain.vocabulary import HELP, SUPPORT, standard_id

from ..harvest import a_service

MEMBERS = {"mosaic-clubhouse": "Mosaic Clubhouse"}


def read(**more: Any) -> Harvested:
    return Reading(a_service(**more), MEMBERS, Support.CLUBHOUSE, date(2026, 11, 2)).read()


def test_what_we_can_hold_is_held() -> None:
    found = read()
    says = found.says
    assert (found.organisation_id, found.organisation_name) == ("made-up-charity-testing", "Made-up Charity (Testing)")
    assert (says.kind, found.kind_said, found.assured_on) == (Support.CLUBHOUSE, False, date(2026, 9, 1))
    assert says.description == "Made-up people meet.\nEverybody may come."
    assert says.phones == (Phone(number="020 7946 0002"),)
    assert says.hours == (Hours(days=(Weekday.MONDAY, Weekday.TUESDAY), opens_at=time(9), closes_at=time(17, 30)),)
    assert says.where == Where(address="1 Made Up Street, London", postcode="SW9 9ZZ")
    assert (says.areas, says.languages, says.terms) == (("Brixton",), ("so",), ("esdServiceTypes:1234",))
    assert (says.fees, says.minimum_age, says.maximum_age) == ("Nothing", 18, None)


def test_what_we_cannot_hold_is_said() -> None:
    assert set(read().left_out) == {
        "contacts: names and email addresses",
        "cost_options",
        "languages: those without a code",
        "schedules: those that are not weekly, or without days and times",
    }


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"url": "javascript:alert(1)"}, "url: it is none"),
        ({"email": "nobody"}, "email: it is none"),
        ({"minimum_age": 16.5}, "minimum_age: it is no whole number of years"),
        ({"assured_date": "2027-01-01"}, "assured_date: it is no day until today"),
        ({"assured_date": "soon"}, "assured_date: it is no day until today"),
        ({"description": "x" * 4_001}, "description: what is beyond 4,000 characters"),
        ({"service_areas": [{"name": "x" * 61}]}, "service_areas: those of more than 60 characters"),
        ({"attributes": [{"taxonomy_term": {"name": "Meeting"}}]}, "attributes: terms without a code"),
        ({"phones": [{"number": f"020 7946 {n:04}"} for n in range(11)]}, "phones: those beyond 10"),
        ({"made_up_field": 1}, "made_up_field"),
        ({"phones": [{"number": "020 7946 0003", "languages": [{"code": "so"}]}]}, "phones.languages"),
        ({"service_at_locations": [{"description": "Round the back"}]}, "service_at_locations.description"),
        ({"service_at_locations": [{"location": {"transportation": "Bus"}}]}, "service_at_locations.location.trans"),
        ({"organization": {"name": "Made-up", "website": "https://example.org"}}, "organization.website"),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else "",
)
def test_each_thing_that_is_left_out_has_a_reason(more: dict[str, Any], told: str) -> None:
    assert any(each.startswith(told) for each in read(**more).left_out)
    assert not any(each.startswith(told) for each in read().left_out)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"id": None}, "It has no id."),
        ({"name": " "}, "It has no name."),
        ({"name": "x" * 201}, "Its name has more than 200 characters."),
        ({"status": "shut"}, "Its status is none of active, inactive, temporarily closed, defunct."),
        ({"organization": {}}, "It does not say which organisation gives it."),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else "",
)
def test_what_cannot_be_taken_in_says_why(more: dict[str, Any], why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(**more)


@pytest.mark.parametrize(
    "told",
    [
        {"name": "mosaic CLUBHOUSE"},
        {"id": standard_id("member", "mosaic-clubhouse"), "name": "Made-up"},
        {"id": "mosaic-clubhouse"},
    ],
    ids=["name", "our-id", "code"],
)
def test_a_member_is_known_by_its_name_or_by_our_id_of_it(told: dict[str, str]) -> None:
    assert read(organization=told).organisation_id == "mosaic-clubhouse"


def test_our_own_terms_say_what_kind_it_is_and_what_it_helps_with() -> None:
    terms = [(SUPPORT, "gp-plus"), (HELP, "work"), (SUPPORT, "plain")]
    told = [{"taxonomy_term": {"taxonomy": taxonomy, "code": code}} for taxonomy, code in terms]
    found = read(attributes=told)
    assert (found.says.kind, found.kind_said) == (Support.GP_PLUS, True)
    assert (found.says.helps_with, found.says.terms) == ((HelpArea.WORK,), ("plain",))


def test_an_id_that_is_no_uuid_becomes_the_same_one_each_time() -> None:
    assert read(id="service-1").id == read(id="service-1").id != read(id="service-2").id


@pytest.mark.parametrize("junk", [{}, [], "x", 1, None, [[]], [{"location": 1}], [1]])
@pytest.mark.parametrize(
    "key", ["contacts", "phones", "schedules", "service_at_locations", "languages", "attributes", "service_areas"]
)
def test_nonsense_within_breaks_nothing(key: str, junk: object) -> None:
    assert read(**{key: junk}).says.name == "Made-up Service 1"
