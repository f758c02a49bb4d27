"""A home is held for one person at a time."""

from datetime import date

import pytest

from alliance.kernel import new_id
from housing.domain.facts import HomeOffered
from housing.domain.home import HoldEnd, Home, HomeState
from housing.domain.refusals import HomeAlreadyOffered, HomeOccupied

from ..builders import MONDAY, WEEK, a_home


def offer(home: Home, offer_id: str) -> None:
    home.offer(offer_id, placement_id=new_id(), person_id=new_id(), at=MONDAY, expires_at=MONDAY + WEEK)


def lapse(home: Home, offer_id: str) -> None:
    home.free(offer_id, ended=HoldEnd.LAPSED, on=date(2026, 11, 9))


def test_offering_a_vacant_home_holds_it() -> None:
    home = a_home()
    offer(home, "offer-1")
    (fact,) = home.take_facts()
    assert isinstance(fact, HomeOffered)
    assert (fact.offer_id, fact.weekly_cost_pence, home.state) == ("offer-1", 28_767, HomeState.OFFERED)
    assert home.vacancy is None


def test_a_home_cannot_be_offered_to_two_people() -> None:
    home = a_home()
    offer(home, "offer-1")
    with pytest.raises(HomeAlreadyOffered):
        offer(home, "offer-2")


def test_the_same_offer_made_twice_is_one_offer() -> None:
    home = a_home()
    offer(home, "offer-1")
    home.take_facts()
    home.offer("offer-1", placement_id=new_id(), person_id=new_id(), at=MONDAY, expires_at=MONDAY)
    assert home.take_facts() == ()


def test_a_home_that_somebody_lives_in_is_not_offered() -> None:
    home = a_home()
    offer(home, "offer-1")
    home.occupy("offer-1")
    with pytest.raises(HomeOccupied):
        offer(home, "offer-2")


def test_the_end_of_an_offer_frees_the_home_by_itself() -> None:
    home = a_home()
    offer(home, "offer-1")
    lapse(home, "offer-1")
    assert home.state is HomeState.VACANT
    assert home.vacancy == f"SW9:2026-10-05:{home.id}"


def test_a_home_is_empty_since_somebody_left_it_whatever_offers_came_to_nothing() -> None:
    home = a_home()
    offer(home, "offer-1")
    lapse(home, "offer-1")
    assert home.void_since == date(2026, 10, 5)
    offer(home, "offer-2")
    home.occupy("offer-2")
    assert home.void_since is None
    for _ in range(2):
        home.free("offer-2", ended=HoldEnd.MOVED_ON, on=date(2026, 11, 20))
    assert home.void_since == date(2026, 11, 20)
    assert [(past.offer_id, past.ended) for past in home.past] == [
        ("offer-1", HoldEnd.LAPSED),
        ("offer-2", HoldEnd.MOVED_ON),
    ]


def test_news_of_an_old_offer_does_not_touch_the_new_one() -> None:
    home = a_home()
    offer(home, "offer-1")
    lapse(home, "offer-1")
    offer(home, "offer-2")
    home.accept("offer-1")
    home.occupy("offer-1")
    lapse(home, "offer-1")
    assert home.hold is not None
    assert (home.hold.offer_id, home.state) == ("offer-2", HomeState.OFFERED)


def test_acceptance_heard_after_the_move_in_does_not_take_the_move_back() -> None:
    home = a_home()
    offer(home, "offer-1")
    home.occupy("offer-1")
    home.accept("offer-1")
    assert home.state is HomeState.OCCUPIED


def test_the_address_is_not_shown_where_a_home_is_printed() -> None:
    assert "Nowhere" not in repr(a_home())
