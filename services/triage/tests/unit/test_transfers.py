"""The table of transfers, and what a transfer does to who holds a case and who works with the person."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from alliance.kernel import Refusal, derived_id
from triage.domain import facts, refusals
from triage.domain.allocating import Colleague
from triage.domain.boarding import Stage
from triage.domain.case import Case
from triage.domain.codes import CaseOutcome
from triage.domain.transfer import Agreement, Override, ReturnReason, RevokeReason, TransferReason
from triage.domain.transferring import Request

from ..builders import OURS, a_case, an_offer, at, take_on

ROWS = list(csv.DictReader((Path(__file__).parents[1] / "policy" / "transfers.csv").read_text().splitlines()))
THEIRS, THIRD = "certitude", "mosaic-clubhouse"
TRANSFER = derived_id("test", "transfer")
WEEK = timedelta(days=7)
AGREED = Agreement(given=True)


def a_request(to: str = THEIRS, agreement: Agreement = AGREED) -> Request:
    return Request(to_organisation=to, reason_code=TransferReason.CLOSER_TO_HOME, agreement=agreement)


def ask(case: Case, request: Request | None = None, *, id_: str = TRANSFER, hours: float = 1) -> None:
    case.ask_transfer(id_, request or a_request(), by="staff-1", at=at(hours), answer_by=at(hours) + WEEK)


def somebody(organisation: str, subject: str = "staff-9") -> Colleague:
    return Colleague(subject=subject, organisation=organisation)


WHO = {"sender": somebody(OURS, "staff-1"), "receiver": somebody(THEIRS), "third": somebody(THIRD), "clock": None}


def accept(case: Case, by: Colleague | None, hours: float = 3) -> None:
    assert by
    case.accept_transfer(TRANSFER, by=by, at=at(hours))


def in_state(state: str) -> Case:
    """A case with a key worker of the sender's, its transfer in that state."""
    case = a_case()
    take_on(case, "staff-1")
    if state != "none":
        ask(case)
    receiver, sender = WHO["receiver"], WHO["sender"]
    assert receiver
    assert sender
    match state:
        case "accepted":
            accept(case, receiver, 2)
        case "returned":
            case.return_transfer(TRANSFER, ReturnReason.NO_ROOM, by=receiver, at=at(2))
        case "revoked":
            case.revoke_transfer(TRANSFER, RevokeReason.CHANGED, by=sender, at=at(2))
        case "lapsed":
            case.on_due(at(1) + WEEK)
    case.take_facts()
    return case


def again(case: Case, _: Colleague | None) -> None:
    to = THIRD if case.organisation == THEIRS else THEIRS
    ask(case, a_request(to), id_=derived_id("test", "second"), hours=200)


VERBS: dict[str, Callable[[Case, Colleague | None], None]] = {
    "ask": again,
    "ask without agreement": lambda case, _: ask(case, a_request(agreement=Agreement(given=False))),
    "ask with override": lambda case, _: ask(
        case, a_request(agreement=Agreement(given=False, override=Override.RISK_OF_HARM))
    ),
    "ask ourselves": lambda case, _: ask(case, a_request(OURS)),
    "accept": accept,
    "accept late": lambda case, by: accept(case, by, 24 * 7 + 1),
    "return": lambda case, by: case.return_transfer(TRANSFER, ReturnReason.NO_ROOM, by=by or somebody(""), at=at(3)),
    "revoke": lambda case, by: case.revoke_transfer(TRANSFER, RevokeReason.CHANGED, by=by or somebody(""), at=at(3)),
    "lapse": lambda case, _: case.on_due(at(1) + WEEK),
    "close": lambda case, _: case.close(CaseOutcome.GOALS_MET, at=at(3)),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['state']}, {row['verb']}, {row['who']}")
def test_the_table_of_transfers(row: dict[str, str]) -> None:
    case = in_state(row["state"])
    before = case.organisation
    try:
        VERBS[row["verb"]](case, WHO[row["who"]])
        result = case.transfers[-1].state.value
    except Refusal as refusal:
        result = refusal.name
    assert result == row["result"], row["sentence"]
    moved = (row["state"], row["result"]) == ("asked", "accepted")
    assert case.organisation == (THEIRS if moved else before), row["sentence"]


def test_every_row_of_the_table_says_why() -> None:
    assert len(ROWS) >= 30
    assert all(row["sentence"] and row["source"] for row in ROWS)


def test_a_returned_case_is_back_in_the_queue_of_the_sender_until_they_have_seen_it() -> None:
    case = in_state("asked")
    an_offer(case)
    assert case.queue is None
    case.return_transfer(TRANSFER, ReturnReason.MORE_TO_KNOW, by=somebody(THEIRS), at=at(3))
    assert (case.queue or "").startswith("open:")
    assert (case.back_with_sender or "").startswith(f"{OURS} ")
    assert [type(fact) for fact in case.take_facts()] == [facts.TransferReturned]
    case.note_return(at=at(4))
    assert (case.queue, case.back_with_sender) == (None, None)


def test_pending_both_sides_see_the_same_at_once() -> None:
    case = in_state("asked")
    assert (case.transfer_to or "").startswith(f"{THEIRS} ")
    assert (case.transfer_from or "").startswith(f"{OURS} ")
    assert (case.stage, case.organisation) == (Stage.MOVING, OURS)
    accept(case, WHO["receiver"])
    assert (case.transfer_to, case.transfer_from) == (None, None)


def test_on_acceptance_the_senders_workers_step_back_and_others_stay() -> None:
    case = in_state("none")
    take_on(case, "staff-2")
    take_on(case, "staff-5", THIRD)
    ask(case)
    case.accept_transfer(TRANSFER, by=somebody(THEIRS), key_worker=somebody(THEIRS), at=at(3))
    assert case.workers == ["staff-5", "staff-9"]
    assert case.key_worker
    assert (case.key_worker.subject, case.key_worker.organisation) == ("staff-9", THEIRS)
    assert case.former_workers == ["staff-1", "staff-2"]


def test_an_accepted_case_that_nobody_takes_on_is_noticed_by_the_receiver() -> None:
    case = in_state("accepted")
    assert (case.key_worker, case.workers) == (None, [])
    assert (case.unallocated or "").startswith(f"{THEIRS} ")
    assert (case.board_of_organisation or "").startswith(f"{THEIRS} waiting:")


def test_whoever_takes_over_names_one_of_their_own() -> None:
    case = in_state("asked")
    with pytest.raises(refusals.NotInTheTeam):
        case.accept_transfer(TRANSFER, by=somebody(THEIRS), key_worker=somebody(THIRD), at=at(3))


def test_the_sender_stays_on_the_transfer_whoever_holds_the_case_later() -> None:
    case = in_state("accepted")
    again(case, None)
    assert [each.from_organisation for each in case.transfers] == [OURS, THEIRS]


def test_a_lapse_is_dated_by_the_promise_and_not_by_when_the_clock_came_by() -> None:
    case = in_state("asked")
    assert case.due_at() is not None
    case.on_due(at(1) + WEEK * 3)
    (transfer,) = case.transfers
    assert transfer.ended_at == at(1) + WEEK
    lapsed = [fact for fact in case.take_facts() if isinstance(fact, facts.TransferLapsed)]
    assert [fact.at for fact in lapsed] == [at(1) + WEEK]
    case.on_due(at(1) + WEEK * 4)
    assert not [fact for fact in case.take_facts() if isinstance(fact, facts.TransferLapsed)]
