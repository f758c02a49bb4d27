"""Erasures and copies of the record: who decides, what has to be over first, and what follows when nobody answers."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from alliance.kernel import new_id
from alliance.people import Row, Section
from intake.domain import facts, refusals
from intake.domain.erasure import Erasure, ErasureState
from intake.domain.record_request import RecordPart, RecordRequest, RecordState
from intake.domain.rights import AskedBy, ErasureGround, Hindrance, IdentityCheck, RefusalGround, a_month_after

from ..builders import NINE

HOLDERS = ("intake", "triage")
DAYS = timedelta(days=3)


def an_erasure() -> Erasure:
    return Erasure(id=new_id(), person_id="p", asked_by=AskedBy.STAFF, asked_at=NINE)


def erasing(*people: str) -> Erasure:
    erasure = an_erasure()
    erasure.agree(ErasureGround.OBJECTION, hindrances=(), by="lead", at=NINE)
    erasure.erase(people or ("p",), HOLDERS, hindrances=(), within=DAYS, by="lead", at=NINE)
    return erasure


def gathering(*people: str) -> RecordRequest:
    request = RecordRequest(id=new_id(), person_id="p", asked_by=AskedBy.PERSON, asked_at=NINE)
    request.start(people or ("p",), HOLDERS, identity=IdentityCheck.CALLED_BACK, by="staff-7", at=NINE)
    return request


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ((2026, 11, 2), (2026, 12, 2)),
        ((2027, 1, 31), (2027, 2, 28)),
        ((2028, 1, 31), (2028, 2, 29)),
        ((2026, 12, 31), (2027, 1, 31)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last(asked: tuple[int, int, int], due: tuple[int, int, int]) -> None:
    assert a_month_after(datetime(*asked, tzinfo=UTC)) == datetime(*due, tzinfo=UTC)


@pytest.mark.parametrize("hindrance", [each for each in Hindrance if each.forbids])
def test_nobody_is_erased_while_something_is_open_for_them(hindrance: Hindrance) -> None:
    with pytest.raises(refusals.StillInCare):
        an_erasure().agree(ErasureGround.OBJECTION, hindrances=[hindrance], by="lead", at=NINE)


def test_the_lead_may_agree_although_records_are_kept_longer() -> None:
    erasure = an_erasure()
    erasure.agree(ErasureGround.UNLAWFUL, hindrances=[Hindrance.WITHIN_RETENTION], by="lead", at=NINE)
    assert erasure.decision
    assert (erasure.state, erasure.decision.hindrances) == (ErasureState.AGREED, (Hindrance.WITHIN_RETENTION,))


def test_what_was_refused_or_not_decided_is_not_erased() -> None:
    refused = an_erasure()
    refused.refuse(RefusalGround.LEGAL_CLAIM, hindrances=[Hindrance.LEGAL_HOLD], by="lead", at=NINE)
    for erasure in (an_erasure(), refused):
        with pytest.raises(refusals.NotAgreed):
            erasure.erase(("p",), HOLDERS, hindrances=(), within=DAYS, by="lead", at=NINE)
    with pytest.raises(refusals.ErasureDecided):
        refused.agree(ErasureGround.OBJECTION, hindrances=(), by="lead", at=NINE)


def test_a_case_that_was_opened_after_the_decision_stops_the_erasure() -> None:
    erasure = an_erasure()
    erasure.agree(ErasureGround.OBJECTION, hindrances=(), by="lead", at=NINE)
    with pytest.raises(refusals.StillInCare):
        erasure.erase(("p",), HOLDERS, hindrances=[Hindrance.OPEN_CASE], within=DAYS, by="lead", at=NINE)


def test_every_pseudonym_is_told_of_once() -> None:
    erasure = erasing("p", "q")
    erasure.erase(("p", "q"), HOLDERS, hindrances=(), within=DAYS, by="lead", at=NINE)
    assert [fact.person_id for fact in erasure.take_facts() if isinstance(fact, facts.PersonErased)] == ["p", "q"]


def test_it_is_done_when_every_service_has_confirmed_every_pseudonym_in_any_order() -> None:
    answers = [(service, person) for service in HOLDERS for person in ("p", "q")]
    for order in permutations(answers):
        erasure = erasing("p", "q")
        for service, person in order[:-1]:
            erasure.note_forgotten(service, person, at=NINE)
        assert (erasure.state, erasure.missing) == (ErasureState.ERASING, [order[-1][0]])
        for service, person in (*order[-1:], *order):
            erasure.note_forgotten(service, person, at=NINE + DAYS)
        assert (erasure.state, erasure.missing, erasure.due_at()) == (ErasureState.DONE, [], None)


def test_a_silent_service_is_told_of_once_and_shown_until_it_answers() -> None:
    erasure = erasing()
    erasure.take_facts()
    erasure.note_forgotten("intake", "p", at=NINE)
    for _ in range(2):
        erasure.on_due(NINE + DAYS)
    (fact,) = erasure.take_facts()
    assert isinstance(fact, facts.ErasureOverdue)
    assert (fact.waiting_for, erasure.overdue, erasure.due_at()) == (("triage",), True, None)
    erasure.note_forgotten("triage", "p", at=NINE + DAYS)
    assert (erasure.state, erasure.overdue) == (ErasureState.DONE, False)


def test_a_record_is_ready_when_every_part_has_come_in_any_order() -> None:
    parts = [("intake", "p", 1, 1), ("triage", "p", 1, 2), ("triage", "p", 2, 2)]
    for order in permutations(parts):
        request = gathering()
        for part in order[:-1]:
            request.note_part(*part, at=NINE)
            request.note_part(*part, at=NINE)
        assert request.state is RecordState.GATHERING
        with pytest.raises(refusals.RecordNotReady):
            request.release((), by="lead", at=NINE)
        request.note_part(*order[-1], at=NINE)
        assert (request.state, request.missing) == (RecordState.READY, [])


def test_a_copy_that_is_late_is_told_of_once() -> None:
    request = gathering()
    request.take_facts()
    for _ in range(2):
        request.on_due(request.answer_by)
    (fact,) = request.take_facts()
    assert isinstance(fact, facts.RecordOverdue)
    assert fact.waiting_for == HOLDERS


def test_a_part_is_deleted_after_its_time() -> None:
    section = Section(title="Your case", rows=(Row(label="Notes", value="made-up words"),))
    part = RecordPart.arrive("r", "triage", "p", 1, (section,), at=NINE, lasts=DAYS)
    part.on_due(NINE + DAYS)
    assert (part.sections, part.due_at()) == ((), None)
