"""Whatever is done in whatever order: a case is held by one organisation, and somebody looks at it or is told."""

import copy
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from alliance.kernel import Refusal, derived_id
from triage.domain import facts
from triage.domain.allocating import Colleague
from triage.domain.case import Case
from triage.domain.case_file import State
from triage.domain.codes import CaseOutcome
from triage.domain.transfer import Agreement, ReturnReason, RevokeReason, TransferReason
from triage.domain.transferring import Request

from ..builders import NINE, a_case, a_conversation

ORGANISATIONS = ("slam", "certitude", "thames-reach")
STAFF = {f"staff-{n}": ORGANISATIONS[n % 3] for n in range(9)}
WEEK = timedelta(days=7)

organisations = st.sampled_from(ORGANISATIONS)
subjects = st.sampled_from(sorted(STAFF))
verbs = st.one_of(
    st.tuples(st.just("take on"), subjects),
    st.tuples(st.just("step back"), subjects),
    st.tuples(st.just("name"), subjects),
    st.tuples(st.just("yes"), subjects),
    st.tuples(st.just("no"), subjects),
    st.tuples(st.just("hand on"), subjects),
    st.tuples(st.just("ask"), organisations),
    st.tuples(st.just("accept"), subjects),
    st.tuples(st.just("accept, and name"), subjects),
    st.tuples(st.just("return"), subjects),
    st.tuples(st.just("revoke"), subjects),
    st.tuples(st.just("seen"), subjects),
    st.tuples(st.just("wait"), st.just("")),
    st.tuples(st.just("talk"), st.just("")),
    st.tuples(st.just("close"), st.just("")),
)


def who(subject: str) -> Colleague:
    return Colleague(subject=subject, organisation=STAFF[subject])


def act(case: Case, verb: str, by: str, step: int, now: datetime) -> None:
    transfer = case.transfer or ""
    match verb:
        case "take on":
            case.take_on(who(by), at=now)
        case "step back":
            case.step_back(by=by, at=now)
        case "name":
            case.name_key_worker(who(by), by="staff-0", at=now)
        case "yes":
            case.accept_naming(at=now)
        case "no":
            case.decline_naming()
        case "hand on":
            case.hand_on(who(by), of=case.key_worker.subject if case.key_worker else "nobody", at=now)
        case "ask":
            request = Request(
                to_organisation=by,
                reason_code=TransferReason.WANTS_THEM,
                agreement=Agreement(given=True),
            )
            case.ask_transfer(derived_id("t", str(step)), request, by="staff-0", at=now, answer_by=now + WEEK)
        case "accept":
            case.accept_transfer(transfer, by=who(by), at=now)
        case "accept, and name":
            case.accept_transfer(transfer, by=who(by), key_worker=who(by), at=now)
        case "return":
            case.return_transfer(transfer, ReturnReason.NO_ROOM, by=who(by), at=now)
        case "revoke":
            case.revoke_transfer(transfer, RevokeReason.CHANGED, by=who(by), at=now)
        case "seen":
            case.note_return(at=now)
        case "wait":
            case.on_due(now)
        case "talk":
            case.hold_conversation(a_conversation(now), now=now)
        case "close":
            case.close(CaseOutcome.GOALS_MET, at=now)


def check(case: Case) -> None:
    assert case.organisation in ORGANISATIONS
    assert len([each for each in case.transfers if each.live]) <= 1
    assert set(case.employers) == set(case.workers)
    if case.state is not State.OPEN:
        assert not [each for each in case.transfers if each.live]
        assert case.board is None
        return
    assert case.board
    assert (case.board_of_organisation or "").startswith(f"{case.organisation} ")
    if case.key_worker is None:
        assert case.workers == []
        assert (case.unallocated or "").startswith(f"{case.organisation} ")
    else:
        assert case.key_worker.subject in case.workers
        assert case.unallocated is None
    if case.transfer_back:
        assert case.queue
        assert case.back_with_sender
    if live := case.live_transfer:
        assert live.from_organisation == case.organisation
        assert case.transfer_to
        assert case.transfer_from
        assert case.due_at()


@settings(max_examples=150)
@given(st.lists(st.tuples(verbs, st.integers(min_value=1, max_value=60)), max_size=25))
def test_no_sequence_leaves_a_case_without_an_organisation_or_unnoticed(
    steps: list[tuple[tuple[str, str], int]],
) -> None:
    case, now = a_case(), NINE
    told = case.organisation
    for step, ((verb, by), hours) in enumerate(steps):
        now += timedelta(hours=hours)
        tried = copy.deepcopy(case)
        try:
            act(tried, verb, by, step, now)
        except Refusal:
            continue
        case = tried
        if case.due_at() and (case.due_at() or now) <= now:
            case.on_due(now)
        for fact in case.take_facts():
            if isinstance(fact, facts.TransferAccepted):
                assert fact.from_organisation_id == told
                told = fact.to_organisation_id
        check(case)
        assert case.organisation == told, "what was said and what is kept are the same"
