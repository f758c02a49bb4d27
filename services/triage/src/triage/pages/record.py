"""A case as its workers see it: who it is about, why it is where it is, what to do next, and what has happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from alliance.access import Access
from alliance.web import PathId
from alliance.web.pages import Show, page_router
from alliance.web.pages.people import ways_to_reach
from triage.api.giving import TheCases, TheClock, TheHomeSearches, TheKnown, TheProviders
from triage.application.queries import case_record
from triage.domain.allocating import MOST_WORKERS
from triage.domain.case import Case
from triage.domain.case_file import State
from triage.domain.home_search import HomeSearch, is_over
from triage.pages.allocation_telling import allocation, allocation_moments, staff_of, why_moving
from triage.pages.asking import Reading
from triage.pages.measure_picture import sentence_of
from triage.pages.moments import moments
from triage.pages.shelf import TheShelf
from triage.pages.support import support_shown
from triage.pages.telling import next_step, reference, why
from triage.pages.waits import waits_part
from triage.pages.words import PRIORITY_COLOURS, label

router = page_router()


@router.get("/cases/{case_id}")
async def record(
    case_id: PathId,
    access: Reading,
    cases: TheCases,
    known: TheKnown,
    searches: TheHomeSearches,
    providers: TheProviders,
    shelf: TheShelf,
    clock: TheClock,
    show: Show,
) -> Response:
    found = await case_record(case_id, cases, known, searches, reader=access.caller.organisation)
    case, now = found.stored.aggregate, clock.now()
    called = show.shell.organisation_name
    names = await show.names({*staff_of(case), *case.spoken_for})
    step = next_step(case)
    beside = await shelf.beside(case, access)
    details = found.details if access.sees("case.see-details") else None
    return await show(
        "triage/case.html",
        title=f"Case {reference(case.id)}",
        back="/cases",
        case=case,
        details=details,
        reader=access.caller.organisation,
        may_see_details=access.sees("case.see-details"),
        case_reference=reference(case.id),
        nhs_number=_spaced(details.nhs_number) if details else None,
        adjustments=[label(each) for each in details.adjustments] if details else [],
        reach=ways_to_reach(details.contact_points) if details else None,
        **waits_part(case, now, names, access),
        priority_colour=PRIORITY_COLOURS[case.priority],
        why=[*why(case, now, names, providers), *why_moving(case, called)],
        next=step,
        next_link=bool(step and step.action and access.sees(step.action)),
        actions=[
            action for action in _actions(case, found.home_searches, access) if step is None or action.path != step.path
        ],
        support=support_shown(case, providers, access, now),
        allocation=allocation(case, names, called, now),
        searches=found.home_searches,
        died_on=found.died_on,
        beside=beside,
        measured=[sentence_of(series) for series in beside.series or ()],
        moments=[
            *moments(case, found.home_searches, names, providers=providers, notes=access.sees("case.see-notes")),
            *beside.moments,
            *allocation_moments(case, names, called),
        ],
    )


@dataclass(frozen=True)
class Action:
    text: str
    path: str
    action: str


ACTIONS = (
    Action("Take this case on", "take-on", "case.take-on"),
    Action("Record a conversation", "hold-conversation", "case.hold-conversation"),
    Action("Change the priority", "change-priority", "case.change-priority"),
    Action("Offer support", "offer-support/directory", "case.offer-support"),
    Action("Introduce to secondary care", "introduce-to-secondary-care", "case.introduce"),
    Action("Introduce to IPSA", "introduce-to-ipsa", "case.introduce"),
    Action("Name a key worker", "name-key-worker", "case.name-key-worker"),
    Action("Plan a review", "plan-review", "case.review"),
    Action("Record the review", "hold-review", "case.review"),
    Action("Ask another organisation to take over", "ask-transfer", "case.transfer"),
    Action("Take the transfer back", "revoke-transfer", "case.revoke-transfer"),
    Action("We go on with it", "note-return", "case.transfer"),
    Action("Step back", "step-back", "case.step-back"),
    Action("Close this case", "close", "case.close"),
)


def _actions(case: Case, searches: Sequence[HomeSearch], access: Access) -> list[Action]:
    """What the caller may do and the case allows as it stands; whoever does it is asked again."""
    if case.state is not State.OPEN:
        return []
    named = access.caller.subject in case.workers
    not_now = {
        "take-on": named or len(case.workers) >= MOST_WORKERS,
        "step-back": not named or len(case.workers) < 2,
        "introduce-to-ipsa": case.introduced_to_ipsa and not is_over(case.ipsa_at, searches),
        "hold-review": case.review is None,
        "ask-transfer": case.live_transfer is not None,
        "revoke-transfer": case.live_transfer is None,
        "note-return": case.transfer_back is None,
    }
    return [each for each in ACTIONS if access.sees(each.action) and not not_now.get(each.path)]


def _spaced(number: str | None) -> str | None:
    """`9991234567` → `999 123 4567`, as the NHS service manual writes it."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else None
