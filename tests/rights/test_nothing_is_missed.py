"""Every collection that holds something of a person is told to them and forgotten, or it is said why it is not."""

from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from tests.rights.house import SERVICES, House

from alliance.kernel import FixedClock
from alliance.people import keeps

SHARED = {"known_people", "gathered_records"}
"""What `alliance.service.knowing` keeps for every service, and forgets and tells by itself."""
CODES = {
    "finance": {
        "year",
        "year_name",
        "setting",
        "shares",
        "funding_split",
        "account",
        "source",
        "reverses",
        "placement",
    },
    "housing": {"workers", "provider", "landlord", "address"},
    "notify": {"service", "record", "organisation", "worker"},
    "intake": {"merged_into"},
}
"""Texts of what stays: codes from a list, ids of things and of staff, what a home is; no words about a person."""


@pytest.mark.parametrize("service", SERVICES)
def test_every_collection_is_in_the_table_or_it_is_said_why_not(clock: FixedClock, service: str) -> None:
    house = House.of(service, clock)
    listed = {row.kept.name for row in house.holdings.rows} | {each.name for each in house.holdings.exempt}
    assert set(house.database.aggregates) - listed - SHARED == set(), "add a row to application/holdings.py"
    assert all(each.why for each in house.holdings.exempt)


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_exempt_knows_no_person(clock: FixedClock, service: str) -> None:
    """But for what shows that a right was answered, and the guards, whose key is the person."""
    house = House.of(service, clock)
    shown = {"erasures", "record_requests", "person_access"}
    for each in house.holdings.exempt:
        if each.name in house.database.aggregates and each.name not in shown:
            assert not {"person_id", "by_person", "about_person"} & set(house.database.aggregates[each.name])


@pytest.mark.parametrize("service", SERVICES)
def test_what_stays_has_no_words_in_it(clock: FixedClock, service: str) -> None:
    house = House.of(service, clock)
    for row in house.holdings.rows:
        if row.forget is None:
            words = set(texts_of(aggregate_of(row.kept))) - CODES.get(service, set())
            assert words == set(), f"{row.kept.name}: are these codes? then say so in CODES, else forget them"


def test_the_search_for_words_bites(clock: FixedClock) -> None:
    house = House.of("triage", clock)
    (cases,) = [row.kept for row in house.holdings.rows if row.kept.name == "cases"]
    assert "notes" in set(texts_of(aggregate_of(cases)))


def aggregate_of(kept: Any) -> type:
    found: type = kept._shape.of
    return found


def texts_of(kind: Any, seen: frozenset[Any] = frozenset()) -> set[str]:
    """Names of fields, at any depth, that can hold any text at all."""
    found: set[str] = set()
    hints = get_type_hints(kind)
    for field in fields(kind):
        if field.name in ("id", "_facts") or keeps(field.name):
            continue
        for inner in _parts(hints[field.name]):
            if inner is str:
                found.add(field.name)
            elif is_dataclass(inner) and inner not in seen:
                found |= texts_of(inner, seen | {inner})
    return found


def _parts(hint: Any) -> list[Any]:
    if get_origin(hint) in (Union, UnionType, list, tuple, dict, set, frozenset):
        values = get_args(hint)[1:] if get_origin(hint) is dict else get_args(hint)
        return [part for each in values for part in _parts(each)]
    return [hint]
