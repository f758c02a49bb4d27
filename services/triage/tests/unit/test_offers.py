"""Offers of support: every step from every state, what comes back, what is kept back, and what never happens."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.kernel import Refusal, derived_id, new_id
from triage.domain import facts, refusals
from triage.domain.case import Case
from triage.domain.codes import CaseOutcome, DeclinedBy, DeclineReason, OfferWithdrawal, Support, SupportEnding
from triage.domain.declining import PARKED_DAYS, SAID_BY, UNTIL_REASSESSED
from triage.domain.offer import Offered, OfferState

from ..builders import COSTS, a_case, a_conversation, an_offer, at

POLICY = Path(__file__).parents[1] / "policy"
LASTS = timedelta(days=14)
LATE = 24 * 30
"""Hours after which every offer has lapsed."""

Step = Callable[[Case, str, float], None]
VERBS: dict[str, Step] = {
    "accept": lambda case, offer, hours: case.accept_offer(offer, at=at(hours)),
    "decline": lambda case, offer, hours: case.decline_offer(
        offer, by=DeclinedBy.PROVIDER, reason_code="no-capacity", at=at(hours)
    ),
    "withdraw": lambda case, offer, hours: case.withdraw_offer(offer, reason_code="not-needed", at=at(hours)),
    "lapse": lambda case, offer, hours: case.on_due(at(LATE)),
    "start": lambda case, offer, hours: case.start_support(offer, started_at=at(hours), costs=COSTS, now=at(hours)),
    "end": lambda case, offer, hours: case.end_support(offer, at=at(hours)),
}
WAY_TO = {
    "offered": (),
    "accepted": ("accept",),
    "declined": ("decline",),
    "withdrawn": ("withdraw",),
    "lapsed": ("lapse",),
    "started": ("accept", "start"),
    "ended": ("accept", "start", "end"),
}


def table(name: str) -> list[dict[str, str]]:
    with (POLICY / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def offered(case: Case, entry: str | None = None, *, hours: float = 1, anyway: bool = False) -> str:
    offer_id = new_id()
    what = Offered(kind=Support.PEER_SUPPORT, provider_id="mosaic-clubhouse", service_id=entry)
    case.offer_support(offer_id, what, at=at(hours), answer_by=at(hours) + LASTS, anyway=anyway)
    return offer_id


@pytest.mark.parametrize("row", table("offers.csv"), ids=lambda row: f"{row['verb']} {row['state']}")
def test_every_step_from_every_state_is_as_the_table_says(row: dict[str, str]) -> None:
    case = a_case()
    offer_id = offered(case)
    for verb in WAY_TO[row["state"]]:
        VERBS[verb](case, offer_id, 2)
    (offer,) = case.offers
    assert offer.state == row["state"]
    if row["outcome"] == "refused":
        with pytest.raises(refusals.OfferNotOpen):
            VERBS[row["verb"]](case, offer_id, 3)
        assert offer.state == row["state"]
    else:
        VERBS[row["verb"]](case, offer_id, 3)
        assert offer.state == row["outcome"].replace("late", "declined")
        assert offer.late is (row["outcome"] == "late")
    assert (case.queue is not None) is (row["queue"] == "in"), row["sentence"]


def test_the_table_has_every_step_from_every_state() -> None:
    assert {(row["state"], row["verb"]) for row in table("offers.csv")} == {
        (state.value, verb) for state in OfferState for verb in VERBS
    }


@pytest.mark.parametrize("row", table("parking.csv"), ids=lambda row: f"{row['reason']} {row['after_days']}")
def test_a_decline_keeps_the_same_back_as_long_as_its_reason_says(row: dict[str, str]) -> None:
    case, entry = a_case(), new_id()
    by = DeclinedBy(row["said_by"])
    case.decline_offer(offered(case, entry), by=by, reason_code=row["reason"], at=at(2))
    later = 2 + 24 * int(row["after_days"])
    if row["talked_since"] == "yes":
        case.hold_conversation(a_conversation(at(later)), now=at(later))
    if row["offered_again"] == "yes":
        offered(case, entry, hours=later)
        return
    with pytest.raises(refusals.OfferParked):
        offered(case, entry, hours=later)
    offered(case, new_id(), hours=later)
    offered(case, entry, hours=later, anyway=True)
    assert sum(offer.live for offer in case.offers) == 2, row["sentence"]


def test_the_parking_table_has_every_reason_and_each_side_has_its_own() -> None:
    rows = table("parking.csv")
    assert {row["reason"] for row in rows} == {reason.value for reason in DeclineReason} == {*map(str, SAID_BY)}
    assert {row["said_by"] for row in rows if row["reason"] == "no-capacity"} == {"provider"}
    assert all(DeclinedBy(row["said_by"]) in SAID_BY[DeclineReason(row["reason"])] for row in rows)
    assert not set(PARKED_DAYS) & set(UNTIL_REASSESSED)


@pytest.mark.parametrize("reason", DeclineReason)
def test_nobody_declines_for_a_reason_of_the_other_side(reason: DeclineReason) -> None:
    case = a_case()
    offer_id = offered(case)
    (other,) = set(DeclinedBy) - set(SAID_BY[reason])
    with pytest.raises(refusals.ReasonOfTheOtherSide):
        case.decline_offer(offer_id, by=other, reason_code=reason, at=at(2))


def test_a_decline_never_touches_another_offer() -> None:
    case = a_case()
    one, other = offered(case, new_id()), offered(case, new_id())
    case.accept_offer(other, at=at(2))
    case.decline_offer(one, by=DeclinedBy.PERSON, reason_code="not-wanted", at=at(3))
    assert [offer.state for offer in case.offers] == [OfferState.DECLINED, OfferState.ACCEPTED]


def test_one_success_bars_no_later_offer_and_others_stand_beside_it() -> None:
    case, entry = a_case(), new_id()
    first = offered(case, entry)
    offered(case, new_id())
    for verb in ("accept", "start"):
        VERBS[verb](case, first, 2)
    offered(case, new_id(), hours=3)
    with pytest.raises(refusals.SupportAlreadyOffered):
        offered(case, entry, hours=3)
    VERBS["end"](case, first, 4)
    offered(case, entry, hours=5)


def test_a_late_decline_says_so_and_the_case_is_in_the_queue_although_other_support_runs() -> None:
    case = a_case()
    one, other = offered(case, new_id()), offered(case, new_id())
    for verb in ("accept", "start"):
        VERBS[verb](case, other, 2)
    case.accept_offer(one, at=at(3))
    assert case.queue is None
    case.take_facts()
    case.decline_offer(one, by=DeclinedBy.PROVIDER, reason_code="no-capacity", at=at(4), note="made-up note")
    (said,) = case.take_facts()
    assert isinstance(said, facts.SupportDeclined)
    assert (said.late, said.by, said.reason_code) == (True, DeclinedBy.PROVIDER, "no-capacity")
    assert "made-up note" not in repr(said)
    assert case.queue is not None
    case.see_to_declines()
    assert case.queue is None


def test_making_another_offer_sees_to_what_came_back() -> None:
    case = a_case()
    case.decline_offer(offered(case, new_id()), by=DeclinedBy.PERSON, reason_code="too-far", at=at(2))
    offered(case, new_id(), hours=3)
    assert (case.came_back, case.queue) == ([], None)


def test_an_offer_lapses_at_its_own_time_however_late_the_clock_comes_by() -> None:
    case = a_case()
    offer_id = offered(case)
    assert case.due_at() == case.waiting[0].at_risk_at
    case.on_due(at(24 * 8))
    assert case.due_at() == at(1) + LASTS
    case.take_facts()
    case.on_due(at(LATE))
    (said,) = [fact for fact in case.take_facts() if not isinstance(fact, facts.WaitTargetMissed)]
    assert isinstance(said, facts.SupportLapsed)
    assert (said.offer_id, said.at) == (offer_id, at(1) + LASTS)
    assert case.due_at() is None


def test_closing_says_that_we_took_back_what_had_not_begun() -> None:
    case = a_case()
    offered(case)
    case.take_facts()
    case.close(CaseOutcome.LOST_CONTACT, at=at(2))
    back, _ = case.take_facts()
    assert isinstance(back, facts.SupportWithdrawn)
    assert back.reason_code == OfferWithdrawal.CASE_CLOSED
    assert case.due_at() is None


def test_support_ends_with_a_reason() -> None:
    case = a_case()
    offer_id = an_offer(case)
    for verb in ("accept", "start"):
        VERBS[verb](case, offer_id, 2)
    case.take_facts()
    case.end_support(offer_id, at=at(3), reason_code=SupportEnding.PROVIDER_STOPPED)
    (said,) = case.take_facts()
    assert isinstance(said, facts.SupportEnded)
    assert said.reason_code == "provider-stopped"


ENTRIES = [derived_id("test", "entry", str(each)) for each in range(3)]
MOVES = st.one_of(
    st.tuples(st.just("offer"), st.integers(0, 2)),
    st.tuples(st.sampled_from(sorted({*VERBS} - {"lapse"})), st.integers(0, 9)),
    st.tuples(st.sampled_from(["time", "talk", "see to", "close"]), st.just(0)),
)


@given(st.lists(MOVES, max_size=40))
def test_no_sequence_of_steps_leaves_two_live_offers_of_one_entry(moves: list[tuple[str, int]]) -> None:
    case, hours, ids = a_case(), 1.0, list[str]()
    for verb, which in moves:
        hours += 30
        try:
            match verb:
                case "offer":
                    ids.append(offered(case, ENTRIES[which], hours=hours, anyway=True))
                case "time":
                    case.on_due(at(hours))
                case "talk":
                    case.hold_conversation(a_conversation(at(hours)), now=at(hours))
                case "see to":
                    case.see_to_declines()
                case "close":
                    case.close(CaseOutcome.GOALS_MET, at=at(hours))
                case _ if which < len(ids):
                    VERBS[verb](case, ids[which], hours)
        except Refusal:
            pass
        live = [offer.what.lock for offer in case.offers if offer.live]
        assert len(live) == len(set(live))
        assert not (live and case.closed_at)
        if case.closed_at is None:
            assert (case.queue is None) is bool(live and not case.came_back)
