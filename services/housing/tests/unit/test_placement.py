"""A placement answers each offer once and for good."""

from datetime import date, timedelta

import pytest

from alliance.kernel import new_id
from housing.domain import facts, refusals
from housing.domain.codes import (
    ClosingReason,
    CorrectionReason,
    DeclinedBy,
    DeclineReason,
    Destination,
    LapseReason,
    MoveOnReason,
    Setting,
)
from housing.domain.offer import OfferState
from housing.domain.placement import Placement
from housing.domain.stages import Closing, MoveOn, Stage

from ..builders import MONDAY, WEEK, a_beginning, a_placement, a_placement_moved_in, a_placement_with, an_offer

WITHDRAWN = Closing(reason_code=ClosingReason.WITHDRAWN, at=MONDAY)
MOVED_ON = MoveOn(on=date(2026, 11, 2), destination=Destination.SOCIAL_RENTAL, reason_code=MoveOnReason.PLANNED)


def test_a_placement_takes_an_offer_and_waits_for_the_answer() -> None:
    placement = a_placement_with(an_offer())
    assert (placement.stage, placement.due_at()) == (Stage.OFFERED, MONDAY + WEEK)


def test_a_second_offer_cannot_stand_beside_the_first() -> None:
    placement = a_placement_with(an_offer())
    with pytest.raises(refusals.PlacementAlreadyHasOffer):
        placement.take_offer(an_offer())


def test_an_offer_turned_back_says_so_once_and_is_never_taken_later() -> None:
    first, second = an_offer(), an_offer()
    placement = a_placement_with(first)
    placement.turn_back(second, LapseReason.ALREADY_HAS_OFFER, MONDAY)
    (fact,) = placement.take_facts()
    assert isinstance(fact, facts.HomeOfferLapsed)
    assert (fact.home_id, fact.reason_code) == (second.home_id, "already-has-offer")
    placement.decline(first.offer_id, by=DeclinedBy.PERSON, reason_code=DeclineReason.TOO_FAR, at=MONDAY)
    placement.take_facts()
    placement.take_offer(second)
    placement.turn_back(second, LapseReason.ALREADY_HAS_OFFER, MONDAY)
    assert (placement.current_offer, placement.take_facts()) == (None, ())


def test_an_unanswered_offer_lapses_when_its_time_is_over() -> None:
    placement = a_placement_with(an_offer())
    placement.on_due(MONDAY + WEEK)
    (fact,) = placement.take_facts()
    assert isinstance(fact, facts.HomeOfferLapsed)
    assert (fact.reason_code, placement.stage, placement.due_at()) == ("ran-out", Stage.INTRODUCED, None)


def test_the_clock_coming_early_changes_nothing() -> None:
    placement = a_placement_with(an_offer())
    placement.on_due(MONDAY + WEEK - timedelta(seconds=1))
    assert placement.take_facts() == ()


def test_an_accepted_offer_does_not_lapse() -> None:
    offer = an_offer()
    placement = a_placement_with(offer)
    placement.accept(offer.offer_id, at=MONDAY)
    placement.accept(offer.offer_id, at=MONDAY)
    assert (placement.due_at(), len(placement.take_facts())) == (None, 1)
    placement.on_due(MONDAY + 2 * WEEK)
    assert placement.stage is Stage.ACCEPTED


def test_an_offer_cannot_be_accepted_after_its_time_even_when_the_clock_is_late() -> None:
    offer = an_offer()
    placement = a_placement_with(offer)
    with pytest.raises(refusals.OfferRanOut):
        placement.accept(offer.offer_id, at=MONDAY + WEEK)


@pytest.mark.parametrize("answered", [OfferState.LIVE, OfferState.ACCEPTED])
def test_an_offer_can_be_declined_until_the_person_has_moved_in(answered: OfferState) -> None:
    offer = an_offer()
    placement = a_placement_with(offer)
    if answered is OfferState.ACCEPTED:
        placement.accept(offer.offer_id, at=MONDAY)
        placement.take_facts()
    for _ in range(2):
        placement.decline(offer.offer_id, by=DeclinedBy.PERSON, reason_code=DeclineReason.TOO_FAR, at=MONDAY)
    (fact,) = placement.take_facts()
    assert isinstance(fact, facts.HomeOfferDeclined)
    assert placement.stage is Stage.INTRODUCED


def test_a_declined_offer_cannot_be_accepted() -> None:
    offer = an_offer()
    placement = a_placement_with(offer)
    placement.decline(offer.offer_id, by=DeclinedBy.PROVIDER, reason_code=DeclineReason.OTHER, at=MONDAY)
    with pytest.raises(refusals.NoSuchOffer):
        placement.accept(offer.offer_id, at=MONDAY)


def test_nobody_moves_in_without_having_accepted() -> None:
    with pytest.raises(refusals.OfferNotAccepted):
        a_placement_with(an_offer()).confirm_move_in(MONDAY.date(), at=MONDAY)


def test_a_move_in_cannot_be_confirmed_before_it_happened() -> None:
    offer = an_offer()
    placement = a_placement_with(offer)
    placement.accept(offer.offer_id, at=MONDAY)
    with pytest.raises(refusals.DateImpossible):
        placement.confirm_move_in(date(2026, 11, 3), at=MONDAY)


@pytest.mark.parametrize(
    ("setting", "is_discharge"),
    [
        (Setting.RESIDENTIAL_CARE, True),
        (Setting.NURSING_CARE, True),
        (Setting.REHABILITATION_WARD, True),
        (Setting.HOSPITAL, True),
        (Setting.SUPPORTED_LIVING, False),
        (Setting.OWN_TENANCY, False),
    ],
)
def test_moving_in_from_an_institution_is_a_discharge(setting: Setting, is_discharge: bool) -> None:
    offer = an_offer()
    placement = Placement(id=new_id(), introduction_id=new_id(), person_id=new_id())
    placement.introduce(a_beginning(setting=setting))
    placement.take_offer(offer)
    placement.accept(offer.offer_id, at=MONDAY)
    placement.take_facts()
    placement.confirm_move_in(MONDAY.date(), at=MONDAY)
    placement.confirm_move_in(MONDAY.date(), at=MONDAY)
    said = placement.take_facts()
    assert isinstance(said[0], facts.PersonMovedIn)
    assert (said[0].previous_weekly_cost_pence, said[0].weekly_cost_pence) == (153_425, 28_767)
    assert [type(fact) for fact in said[1:]] == [facts.ResidentialDischargeRecorded] * is_discharge


def test_a_wrong_move_in_date_is_corrected_openly() -> None:
    placement = a_placement_moved_in(date(2026, 11, 2))
    placement.correct_move_in(date(2026, 10, 26), reason_code=CorrectionReason.TYPING_ERROR, at=MONDAY)
    placement.correct_move_in(date(2026, 10, 26), reason_code=CorrectionReason.TYPING_ERROR, at=MONDAY)
    (fact,) = placement.take_facts()
    assert isinstance(fact, facts.MoveInCorrected)
    assert (fact.moved_in_on_before, fact.moved_in_on) == (date(2026, 11, 2), date(2026, 10, 26))


def test_a_second_confirmation_with_another_date_must_be_a_correction() -> None:
    with pytest.raises(refusals.AlreadyMovedIn):
        a_placement_moved_in(date(2026, 11, 2)).confirm_move_in(date(2026, 11, 1), at=MONDAY)


def test_a_colleague_is_named_once_and_not_on_a_search_that_has_ended() -> None:
    placement = a_placement()
    placement.take_on("staff-8")
    placement.take_on("staff-8")
    assert (placement.workers, placement.take_facts()) == (("staff-8",), ())
    placement.close(WITHDRAWN)
    with pytest.raises(refusals.PlacementIsClosed):
        placement.take_on("staff-9")


def test_moving_on_ends_the_stay_once() -> None:
    placement = a_placement_moved_in()
    placement.move_on(MOVED_ON, at=MONDAY)
    placement.move_on(MOVED_ON, at=MONDAY)
    (fact,) = placement.take_facts()
    assert isinstance(fact, facts.PersonMovedOn)
    assert placement.stage is Stage.MOVED_ON


def test_withdrawing_ends_the_search_and_lets_go_of_the_home() -> None:
    placement = a_placement_with(an_offer())
    placement.withdraw(WITHDRAWN)
    placement.withdraw(WITHDRAWN)
    assert [type(fact) for fact in placement.take_facts()] == [facts.HomeOfferLapsed, facts.PlacementClosed]
    with pytest.raises(refusals.PlacementIsClosed):
        placement.take_offer(an_offer())


def test_nobody_loses_their_home_because_their_case_closed() -> None:
    placement = a_placement_moved_in()
    placement.withdraw(WITHDRAWN)
    assert (placement.stage, placement.take_facts()) == (Stage.MOVED_IN, ())
    with pytest.raises(refusals.AlreadyMovedIn):
        placement.close(WITHDRAWN)


def test_a_withdrawal_heard_first_keeps_the_search_from_beginning() -> None:
    tombstone = Placement(id=new_id(), introduction_id=new_id(), person_id=new_id())
    tombstone.withdraw(WITHDRAWN)
    assert tombstone.pipeline is None
    tombstone.introduce(a_beginning())
    assert (tombstone.stage, tombstone.take_facts()) == (Stage.CLOSED, ())


def test_of_two_endings_the_earlier_counts_whichever_is_heard_first() -> None:
    later = Closing(reason_code=ClosingReason.CASE_ENDED, at=MONDAY + WEEK)
    one, other = a_placement(), a_placement()
    one.withdraw(WITHDRAWN)
    one.withdraw(later)
    other.withdraw(later)
    other.withdraw(WITHDRAWN)
    assert one.closing == other.closing == WITHDRAWN
