"""What needs me now: my own cases, concerns and waits that nobody has seen to, and who comes next."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from starlette.responses import Response

from alliance.access import Access, Caller, Refused
from alliance.people import Known
from alliance.web.pages import Show, page_router
from alliance.web.pages.listing import Listing
from alliance.web.pages.showing import Showing
from triage.api.giving import TheCases, TheClock, TheKnown
from triage.application.allocation import asked_to_take
from triage.application.queries import cases_of, missed_waits, unanswered_concerns, work_queue
from triage.application.transfers import back_with, unallocated
from triage.domain.case import Case
from triage.pages.asking import Home
from triage.pages.lists import COLUMNS, MINE, own_row, rows
from triage.pages.queue import opens_cases
from triage.pages.telling import reference, running
from triage.pages.transfer_lists import back_list

MOST = 20
FIRST = 5

router = page_router()


@router.get("/")
async def home(access: Home, cases: TheCases, known: TheKnown, clock: TheClock, show: Show) -> Response:
    now, links = clock.now(), opens_cases(access)
    mine = await cases_of(cases, access.caller.subject, limit=MOST)
    if not access.sees("case.list"):
        return await show(
            "triage/no-list.html", title="What needs me now", mine=_mine(mine, now, {}, links=links) if mine else None
        )
    names = await _called(mine, access.caller, known, show)
    missed = await missed_waits(cases, now, limit=MOST)
    unsafe = await unanswered_concerns(cases, limit=MOST)
    first = await work_queue(cases, after=None, limit=FIRST)
    ours = access.caller.organisation
    asked = await asked_to_take(access.caller.subject, cases, limit=MOST)
    back = await back_with(ours, cases, limit=MOST) if access.sees("transfer.list") else []
    alone = await unallocated(ours, cases, limit=MOST)
    due = [case for case in mine if case.waiting and running(case.waiting[0], now).missed]
    return await show(
        "triage/home.html",
        title="What needs me now",
        works=links or bool(mine),
        asked=[(case, reference(case.id)) for case in asked],
        back=back_list("Back from other organisations", back, show.shell.organisation_name, now) if back else None,
        alone=Listing(
            caption="Ours, and nobody answers for them",
            columns=COLUMNS,
            rows=rows(alone, now, links=links),
            empty="Every case of your organisation has a key worker.",
        ),
        figures=[
            _figure(unsafe, "safety concerns not answered", "#concerns", concern=bool(unsafe)),
            _figure(missed, "waits missed in the queue", "#missed", concern=bool(missed)),
            _figure(alone, "of ours without a key worker", "#alone", concern=bool(alone)),
            _figure(mine, "cases of mine", "#mine", note=f"{len(due)} overdue" if due else None),
        ],
        unsafe=Listing(
            caption="Safety concerns that nobody has answered",
            columns=COLUMNS,
            rows=rows(unsafe, now, links=links),
            empty="Every safety concern has been answered.",
        ),
        mine=_mine(mine, now, names, links=links),
        missed=Listing(
            caption="Waits that were missed",
            columns=COLUMNS,
            rows=rows(missed, now, links=links),
            empty="No wait in the queue is over its time.",
        ),
        first=Listing(
            caption="First in the queue",
            columns=COLUMNS,
            rows=rows(first.items, now, links=links),
            empty="Nobody is waiting.",
        ),
    )


def _mine(mine: Sequence[Case], now: datetime, names: Mapping[str, str], *, links: bool) -> Listing:
    """One's own cases are there for everybody who is named on one, whatever else their role sees."""
    return Listing(
        caption="My cases",
        columns=MINE,
        rows=[own_row(case, now, names.get(case.id), links=links) for case in mine],
        empty="You are not a named worker on any open case. Take one on from the queue.",
    )


def _figure(
    cases: Sequence[Case], words: str, href: str, *, concern: bool = False, note: str | None = None
) -> Mapping[str, object]:
    number = f"{MOST} or more" if len(cases) >= MOST else str(len(cases))
    return {"number": number, "label": words, "href": href, "concern": concern, "note": note}


async def _called(mine: Sequence[Case], caller: Caller, known: Known, show: Showing) -> Mapping[str, str]:
    """What to call the people of these cases, where the caller may know; each look at a name is noted."""
    names = {}
    for case in mine:
        try:
            seen: Access = await show.control.allow(caller, "case.see-details", case.id)
        except Refused:
            continue
        details = await known.details_of(case.person_id, reader=caller.organisation)
        if details and (name := details.call_me or details.full_name):
            await show.control.done(seen, "case.see-details", "shown")
            names[case.id] = name
    return names
