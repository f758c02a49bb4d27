"""What may be asked about what is known of a person for their plan: strengths, connections, needs, and the plan."""

from collections.abc import Callable, Sequence
from datetime import datetime

from alliance.kernel import Clock
from triage.application.collections import Cases, Plans, UnfinishedTalks
from triage.domain.plan import Connection, Need, Plan, Proposal, Strengths, plan_id_of
from triage.domain.talk_codes import CopyGiven
from triage.domain.unfinished import Notes, Unfinished, unfinished_id_of

NOT_BEGUN = 0
"""The version of a plan of which nothing is written: who looked at that expects to be the first."""


async def tell_strengths(
    case_id: str, strengths: Strengths, cases: Cases, plans: Plans, *, expecting: int | None = None
) -> None:
    await _write(case_id, lambda plan: plan.tell_strengths(strengths), cases, plans, expecting)


async def add_connection(
    case_id: str, connection: Connection, cases: Cases, plans: Plans, *, expecting: int | None = None
) -> None:
    await _write(case_id, lambda plan: plan.add_connection(connection), cases, plans, expecting)


async def remove_connection(
    case_id: str, connection_id: str, cases: Cases, plans: Plans, *, expecting: int | None = None
) -> None:
    await _write(case_id, lambda plan: plan.remove_connection(connection_id), cases, plans, expecting)


async def tell_needs(
    case_id: str, needs: Sequence[Need], cases: Cases, plans: Plans, *, expecting: int | None = None
) -> None:
    await _write(case_id, lambda plan: plan.tell_needs(needs), cases, plans, expecting)


async def save_plan(
    case_id: str, proposal: Proposal, cases: Cases, plans: Plans, clock: Clock, *, expecting: int | None = None
) -> None:
    """What is written of the next version, to go on later."""
    at = clock.now()
    await _write(case_id, lambda plan: plan.save_draft(proposal, at=at), cases, plans, expecting)


async def put_to_person(
    case_id: str,
    proposal: Proposal,
    cases: Cases,
    plans: Plans,
    clock: Clock,
    *,
    agreed: bool,
    because: str,
    by: str,
    at: datetime | None = None,
    expecting: int | None = None,
) -> None:
    """The plan was gone through with the person, `at` or just now, and this is what they said."""
    now = clock.now()
    await _write(
        case_id,
        lambda plan: plan.put_to_person(proposal, agreed=agreed, because=because, by=by, at=at or now, now=now),
        cases,
        plans,
        expecting,
    )


async def give_copy(case_id: str, how: CopyGiven, cases: Cases, plans: Plans, *, expecting: int | None = None) -> None:
    await _write(case_id, lambda plan: plan.give_copy(how), cases, plans, expecting)


async def save_talk(
    case_id: str, notes: Notes, cases: Cases, unfinished: UnfinishedTalks, clock: Clock, *, by: str
) -> None:
    """What a worker has written of a conversation so far; it is theirs alone until they record it."""
    case, at = await cases.get(case_id), clock.now()
    case.must_be_open()
    id_ = unfinished_id_of(case_id, by)
    await unfinished.change_or_add(
        id_,
        lambda: Unfinished(id=id_, case_id=case_id, person_id=case.person_id),
        lambda talk: talk.save(notes, at=at),
        remember=False,
    )


async def _write(
    case_id: str, act: Callable[[Plan], object], cases: Cases, plans: Plans, expecting: int | None
) -> None:
    """On the plan of an open case. `NOT_BEGUN` is refused (`AlreadyThere`) when somebody else has begun it since."""
    case = await cases.get(case_id)
    case.must_be_open()
    if expecting == NOT_BEGUN:
        plan = Plan.of(case_id, case.person_id)
        act(plan)
        await plans.add(plan)
    elif expecting is None:
        await plans.change_or_add(plan_id_of(case_id), lambda: Plan.of(case_id, case.person_id), act)
    else:
        await plans.change(plan_id_of(case_id), act, expecting=expecting)
