"""Entries of the directory: how far they can be relied on, how well they fit, and how many places they have."""

import csv
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.kernel import new_id
from triage.domain import facts, refusals
from triage.domain.codes import EntryStatus, HelpArea, Support, Weekday
from triage.domain.declining import Parked
from triage.domain.entry import Freshness, Room
from triage.domain.fit import Aspect, Standing, Wants, best_first, fit_of
from triage.domain.offer import Offer
from triage.domain.place import Place, Wait

from ..builders import NINE, at
from ..directory import CLOSED, PAUSED, an_entry, full, particulars

TODAY = date(2026, 11, 2)
LONDON = ZoneInfo("Europe/London")


def staleness() -> list[dict[str, str]]:
    with (Path(__file__).parents[1] / "policy" / "staleness.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", staleness(), ids=lambda row: f"{row['status']} {row['assured_days_ago']}")
def test_an_entry_is_as_fresh_as_the_table_says(row: dict[str, str]) -> None:
    entry, now = an_entry(), NINE
    if row["assured_days_ago"]:
        entry.assure(by="staff-1", at=NINE, days=182)
        now = NINE + timedelta(days=int(row["assured_days_ago"]))
    entry.edit(particulars(status=EntryStatus(row["status"])), by="staff-1", at=NINE)
    entry.on_due(now)
    entry.on_due(now + timedelta(hours=1))
    said = entry.take_facts()
    assert entry.freshness(now) == row["freshness"], row["sentence"]
    assert [type(fact) for fact in said] == [facts.DirectoryAssuranceLapsed] * (row["told"] == "yes")


def test_to_assure_again_starts_the_time_anew_and_its_end_is_told_again() -> None:
    entry = an_entry()
    entry.assure(by="staff-1", at=NINE, days=10)
    entry.on_due(NINE + timedelta(days=10))
    entry.assure(by="staff-2", at=NINE + timedelta(days=11), days=10)
    assert entry.freshness(NINE + timedelta(days=11)) is Freshness.RUNS_OUT_SOON
    assert entry.due_at() == NINE + timedelta(days=21)
    entry.on_due(NINE + timedelta(days=21))
    assert len(entry.take_facts()) == 2


def test_what_is_gone_for_good_is_not_to_be_assured() -> None:
    here, gone = an_entry(), an_entry(status=EntryStatus.DEFUNCT)
    assert here.to_assure == f"-:{here.id}"
    assert (gone.to_assure, gone.to_assure_of) == (None, None)


def test_to_edit_is_not_to_assure() -> None:
    entry = an_entry()
    entry.assure(by="staff-1", at=NINE, days=182)
    entry.edit(particulars(alert="Closed in August"), by="staff-2", at=at(5))
    assert (entry.assured_at, entry.modified_at, entry.modified_by) == (NINE, at(5), "staff-2")


def test_what_cannot_be_true_is_refused() -> None:
    entry = an_entry()
    with pytest.raises(refusals.WrongParticulars):
        entry.edit(particulars(minimum_age=30, maximum_age=20), by="staff-1", at=NINE)
    with pytest.raises(refusals.WrongParticulars):
        entry.make_room(Room(places=-1), by="staff-1", at=NINE)
    gone = an_entry(status=EntryStatus.DEFUNCT)
    with pytest.raises(refusals.EntryDefunct):
        gone.assure(by="staff-1", at=NINE, days=10)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 11, 2, 9, 0, tzinfo=LONDON), True),
        (datetime(2026, 11, 2, 16, 59, tzinfo=LONDON), True),
        (datetime(2026, 11, 2, 17, 0, tzinfo=LONDON), False),
        (datetime(2026, 11, 7, 12, 0, tzinfo=LONDON), False),
        (datetime(2026, 7, 6, 9, 0, tzinfo=LONDON), True),
    ],
)
def test_it_is_open_by_the_clock_on_the_wall(moment: datetime, *, is_open: bool) -> None:
    assert list(Weekday)[moment.weekday()]
    assert particulars().open_at(moment) is is_open
    assert particulars(status=CLOSED).open_at(moment) is False


def standing(name: str = "Example Peer Circle", *, room: Room | None = None, taken: int = 0, **more: Any) -> Standing:
    entry = an_entry(name, **more)
    entry.assure(by="staff-1", at=NINE, days=182)
    if room:
        entry.make_room(room, by="staff-1", at=NINE)
    return Standing(entry=entry, freshness=entry.freshness(NINE), taken=taken)


PARKED = Parked(
    offer=Offer(id=new_id(), kind=Support.PEER_SUPPORT, provider_id="mosaic-clubhouse", offered_at=NINE), until=None
)
WANTS = Wants(age=17, language="pl", help_areas=(HelpArea.MONEY,), area="Streatham")


@pytest.mark.parametrize(
    ("aspect", "of", "wants", "parked", "fits"),
    [
        (Aspect.AGE, standing(), Wants(age=17), None, False),
        (Aspect.AGE, standing(), Wants(age=18), None, True),
        (Aspect.AGE, standing(maximum_age=64), Wants(age=65), None, False),
        (Aspect.AGE, standing(), Wants(), None, None),
        (Aspect.LANGUAGE, standing(), Wants(language="so"), None, True),
        (Aspect.LANGUAGE, standing(), Wants(language="pl"), None, False),
        (Aspect.LANGUAGE, standing(interpretation="By phone"), Wants(language="pl"), None, True),
        (Aspect.HELP, standing(), Wants(help_areas=(HelpArea.MONEY,)), None, False),
        (Aspect.HELP, standing(), Wants(help_areas=(HelpArea.RELATIONSHIPS,)), None, True),
        (Aspect.AREA, standing(), Wants(area="Brixton"), None, True),
        (Aspect.AREA, standing(), Wants(area="Streatham"), None, False),
        (Aspect.AREA, standing(areas=()), Wants(area="Streatham"), None, None),
        (Aspect.ROOM, standing(room=full(), taken=1), Wants(), None, False),
        (Aspect.ROOM, standing(room=full(2), taken=1), Wants(), None, True),
        (Aspect.ROOM, standing(taken=9), Wants(), None, None),
        (Aspect.TAKING_ON, standing(room=PAUSED), Wants(), None, False),
        (Aspect.STATUS, standing(status=CLOSED), Wants(), None, False),
        (Aspect.PARKED, standing(), Wants(), PARKED, False),
        (Aspect.FRESHNESS, standing(), Wants(), None, True),
    ],
)
def test_each_aspect_fits_or_not_or_says_nothing(
    aspect: Aspect, of: Standing, wants: Wants, parked: Parked | None, fits: bool | None
) -> None:
    assert fit_of(of, wants, parked, TODAY).points.get(aspect) is fits


def test_nothing_that_does_not_fit_is_ever_left_out_and_what_fits_best_comes_first() -> None:
    poor = standing("Example Far Away", areas=("Nowhere",), languages=(), helps_with=(HelpArea.WORK,))
    good = standing("Example Right Here", areas=("Streatham",), languages=("pl",), helps_with=(HelpArea.MONEY,))
    closed = standing("Example Shut", status=CLOSED, areas=("Streatham",), helps_with=(HelpArea.MONEY,))
    fits = best_first(fit_of(each, WANTS, None, TODAY) for each in (closed, poor, good))
    assert [fit.entry.says.name for fit in fits] == ["Example Right Here", "Example Far Away", "Example Shut"]
    assert [bool(fit.asks) for fit in fits] == [False, False, True]


def a_place() -> Place:
    return Place(
        id=new_id(),
        case_id=new_id(),
        person_id=new_id(),
        kind=Support.PEER_SUPPORT,
        provider_id="mosaic-clubhouse",
        service_id=new_id(),
    )


MOMENTS = {"offered_at": at(0), "accepted_at": at(1), "started_at": at(49), "ended_at": at(60)}


@pytest.mark.parametrize("told", [list(MOMENTS)[:count] for count in range(1, 5)])
def test_a_place_is_the_same_in_whatever_order_its_offer_is_told(told: Sequence[str]) -> None:
    seen = set()
    for order in permutations(told):
        place = a_place()
        for name in (*order, order[0]):
            place.note(**{name: MOMENTS[name]})
        seen.add((place.is_taken, place.answers is None, place.begun is None, place.waited_days))
    assert len(seen) == 1
    ((taken, *_),) = seen
    assert taken is (len(told) in (2, 3))


@given(st.lists(st.sampled_from(sorted(MOMENTS)), min_size=1))
def test_an_ended_offer_never_takes_a_place(told: list[str]) -> None:
    place = a_place()
    for name in told:
        place.note(**{name: MOMENTS[name]})
    assert place.is_taken is (bool({"accepted_at", "started_at"} & set(told)) and "ended_at" not in told)
    assert (place.taken is not None) is place.is_taken


def test_waits_are_measured_from_those_who_started_and_no_figure_is_made_up() -> None:
    places = [a_place() for _ in range(4)]
    for place, days in zip(places, (2, 4, 30), strict=False):
        place.note(offered_at=NINE, started_at=NINE + timedelta(days=days))
    assert Wait.measured(places) == Wait(median_days=4, of=3)
    assert Wait.measured(places[3:]) is None
