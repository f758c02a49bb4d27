"""What may be asked of a case: the conversation, its priority, introductions to others, closing."""

from alliance.kernel import Clock, Stale
from triage.application.collections import Cases, HomeSearches
from triage.domain.codes import CaseOutcome, Priority, TeamType
from triage.domain.home_search import is_over
from triage.domain.records import Conversation, IpsaProfile


async def hold_conversation(
    id_: str, conversation: Conversation, cases: Cases, clock: Clock, *, expecting: int | None = None
) -> None:
    """No mark is left, since conversations are what a case has most of: each is known by its own id."""
    now = clock.now()
    try:
        await cases.change(
            id_, lambda case: case.hold_conversation(conversation, now=now), expecting=expecting, remember=False
        )
    except Stale:
        if not (await cases.get(id_)).has_conversation(conversation):
            raise


async def change_priority(
    id_: str,
    priority: Priority,
    cases: Cases,
    clock: Clock,
    *,
    reason_code: str,
    by: str,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await cases.change(
        id_,
        lambda case: case.decide_priority(priority, reason_code=reason_code, by=by, at=at),
        expecting=expecting,
    )


async def introduce_to_secondary_care(
    id_: str, team_type: TeamType, cases: Cases, clock: Clock, *, expecting: int | None = None
) -> None:
    at = clock.now()
    await cases.change(id_, lambda case: case.introduce_to_secondary_care(team_type, at=at), expecting=expecting)


async def introduce_to_ipsa(
    id_: str,
    profile: IpsaProfile,
    cases: Cases,
    home_searches: HomeSearches,
    clock: Clock,
    *,
    expecting: int | None = None,
) -> None:
    """A new search for a home, once the last one is over."""
    at, searches = clock.now(), await home_searches.with_key("case_id", id_)
    await cases.change(
        id_,
        lambda case: case.introduce_to_ipsa(profile, at=at, again=is_over(case.ipsa_at, searches)),
        expecting=expecting,
    )


async def close_case(
    id_: str,
    outcome: CaseOutcome,
    cases: Cases,
    clock: Clock,
    *,
    by: str,
    reason_code: str | None = None,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await cases.change(
        id_, lambda case: case.close(outcome, at=at, by=by, reason_code=reason_code), expecting=expecting
    )
