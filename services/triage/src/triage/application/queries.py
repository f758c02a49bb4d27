"""What may be looked up: the queue, in which every place explains itself, and all that is known of one case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alliance.kernel import to_text
from alliance.people import Known, Snapshot
from alliance.store import Page, Stored
from triage.application.collections import Cases, HomeSearches
from triage.domain.case import Case
from triage.domain.case_file import State
from triage.domain.codes import Priority
from triage.domain.home_search import HomeSearch
from triage.domain.offer import Offer, OfferState

PAGE = 25
"""How many cases are shown at once."""


@dataclass(frozen=True, kw_only=True)
class CaseRecord:
    stored: Stored[Case]
    details: Snapshot | None
    """None also when the person does not allow our organisation to hold them."""
    home_searches: Sequence[HomeSearch]
    died_on: date | None = None


async def work_queue(cases: Cases, *, after: str | None, limit: int, priority: Priority | None = None) -> Page[Case]:
    """By priority (by rank, never by code), then by what is due first; all of it, or the part with one priority."""
    part = "open:" if priority is None else f"open:{priority.rank}:"
    return await cases.page("queue", part, after=after, limit=limit)


async def cases_of(cases: Cases, subject: str, *, limit: int) -> list[Case]:
    """The open cases on which somebody is a named worker, in the order of the queue."""
    found: dict[str, Case] = {}
    for place in ("first_worker", "second_worker", "third_worker"):
        page = await cases.page(place, f"{subject} ", limit=limit)
        found |= {case.id: case for case in page.items}
    return sorted(found.values(), key=lambda case: str(case.place))[:limit]


async def unanswered_concerns(cases: Cases, *, limit: int) -> list[Case]:
    """Cases with a safety concern that nobody has answered, the oldest concern first."""
    return (await cases.page("unanswered", "unanswered:", limit=limit)).items


async def missed_waits(cases: Cases, now: datetime, *, limit: int) -> list[Case]:
    """Cases in the queue whose first wait is over its time, by priority and then the longest overdue first."""
    found: list[Case] = []
    for priority in Priority:
        first = await first_of_queue(cases, priority)
        found += [case for case in first if case.waiting and case.waiting[0].due_at <= now]
    return found[:limit]


async def queue_mark(cases: Cases) -> tuple[object, ...]:
    """Something that is another whenever the first page of the queue is, with whichever priority."""
    found = [case for priority in Priority for case in await first_of_queue(cases, priority)]
    return tuple((case.queue, case.unanswered, case.last_contact_at, len(case.workers)) for case in found)


async def first_of_queue(cases: Cases, priority: Priority) -> list[Case]:
    return (await work_queue(cases, after=None, limit=PAGE, priority=priority)).items


async def case_record(id_: str, cases: Cases, known: Known, home_searches: HomeSearches, *, reader: str) -> CaseRecord:
    """With the person's details where the `reader`'s organisation may know them. Raises `Unknown`."""
    stored = await cases.read(id_)
    return CaseRecord(
        stored=stored,
        details=await known.details_of(stored.aggregate.person_id, reader=reader),
        home_searches=await home_searches.with_key("case_id", id_),
        died_on=await known.died_on(stored.aggregate.person_id),
    )


def why_here(case: Case) -> list[str]:
    """Why a case is where it is in the queue, in sentences without personal data."""
    if case.state is State.CLOSED:
        return ["The case is closed."]
    sentences = ["The front door has not accepted the introduction yet."] if case.state is State.EXPECTED else []
    sentences += [f"Priority: {case.priority.name.replace('_', ' ').lower()}."]
    sentences += [f"Because of {reason.reason_code} at {to_text(reason.at)}." for reason in case.reasons]
    for wait in case.waiting:
        missed = " (missed)" if any(miss.wait == wait for miss in case.misses) else ""
        sentences.append(f"The clock {wait.clock} is due at {to_text(wait.due_at)}{missed}.")
    if any(not concern.answered for concern in case.concerns):
        sentences.append("A safety concern has not been answered.")
    sentences += [_came_back(offer) for offer in case.came_back]
    contact = case.last_contact_at
    sentences.append(f"Last contact at {to_text(contact)}." if contact else "No contact yet.")
    return sentences


def _came_back(offer: Offer) -> str:
    if offer.state is OfferState.LAPSED:
        return f"Nobody answered the offer of {offer.kind} by {to_text(offer.last_moved_at)}."
    late = ", after it had been accepted" if offer.late else ""
    return (
        f"The {offer.declined_by} declined {offer.kind} at {to_text(offer.last_moved_at)}{late}: {offer.reason_code}."
    )
