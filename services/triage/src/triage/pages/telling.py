"""A case in plain words: its clocks, why it stands where it stands, and what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from alliance.web.pages.templating import ago, when
from triage.domain.case import Case
from triage.domain.case_file import State
from triage.domain.offer import Offer, OfferState
from triage.domain.records import Reason
from triage.domain.waits import PAUSABLE, Wait
from triage.pages.support import came_back
from triage.pages.words import TO_BE_DONE, label

SOON = 0.25
"""A wait of which no more than this part is left is due soon."""


@dataclass(frozen=True, kw_only=True)
class Running:
    """One wait as pages show it."""

    clock: str
    due_at: datetime
    missed: bool
    short: str
    """`Missed 2 hours ago`, `Due in 3 hours`."""
    colour: str


@dataclass(frozen=True, kw_only=True)
class Next:
    """What to do next. `action` is what one must be allowed, `path` where it is done; None where others must act."""

    text: str
    action: str | None = None
    path: str | None = None


def running(wait: Wait, now: datetime) -> Running:
    missed = wait.due_at <= now
    soon = wait.due_at - now <= SOON * (wait.due_at - wait.since)
    return Running(
        clock=label(wait.clock),
        due_at=wait.due_at,
        missed=missed,
        short=f"Missed {ago(wait.due_at, now)}" if missed else f"Due {ago(wait.due_at, now)}",
        colour="red" if missed else "orange" if soon else "green",
    )


def reference(case_id: str) -> str:
    """Short enough to be said on the phone; it leads nowhere by itself."""
    return case_id[:8]


def why(case: Case, now: datetime, names: Mapping[str, str], providers: Mapping[str, str]) -> list[str]:
    """Why the case is where it is, in sentences. `names` of staff, `providers` of members, both by id."""
    if case.state is State.CLOSED:
        return [f"The case was closed on {when(case.closed_at)}: {label(case.outcome).lower()}."]
    found = []
    if case.state is State.EXPECTED:
        found.append("The front door has not accepted the introduction yet. Somebody may be in danger, so it is here.")
    found += [_reason(reason, case, names) for reason in case.reasons]
    if case.unanswered_concerns:
        found.append(
            "A safety concern has not been answered. The case stays at the very top until a worker decides about its "
            "priority."
        )
    found += [came_back(offer, providers) for offer in case.came_back]
    found += [_wait(wait, now) for wait in case.waiting]
    if case.state is State.OPEN and case.queue is None:
        found.append("Support is offered or running, so the case is not in the queue at present.")
    contact = case.last_contact_at
    found.append(f"Last contact was on {when(contact)}, {ago(contact, now)}." if contact else "No contact yet.")
    return found


def short_why(case: Case, now: datetime) -> str:
    """The same in one line, for lists."""
    if case.state is State.EXPECTED:
        return "Somebody may be in danger, and the introduction is not accepted yet"
    if case.unanswered_concerns:
        return "A safety concern keeps it at the top until a worker decides"
    if case.came_back:
        return f"{_who_came_back(case.came_back[-1])}, so something else is to be offered"
    if case.transfer_back:
        return "Another organisation has not taken it over: it is back with us"
    first = next(iter(case.waiting), None)
    wants = f"Waiting {span(first.since, now)} for {TO_BE_DONE[first.clock]}" if first else "Nothing is due"
    if case.decisions:
        return f"{wants}. {label(case.decisions[-1].reason_code)}"
    return f"{wants}. Priority as the front door suggested"


def longest(cases: Iterable[Case], now: datetime) -> str | None:
    """Who has waited longest of these, whatever their priority."""
    known = [(case.received_at, case) for case in cases if case.received_at]
    if len(known) < 2:
        return None
    since, case = min(known, key=lambda each: each[0])
    return f"Of those on this page, case {reference(case.id)} has waited longest: {span(since, now)}."


def span(since: datetime, now: datetime) -> str:
    """`3 hours`."""
    return ago(since, now).removesuffix(" ago").replace("just now", "less than a minute")


def next_step(case: Case) -> Next | None:
    """What is most pressing, whoever may do it; None for a case that is over for good."""
    if case.state is State.CLOSED:
        return Next(text="Open this case again", action="case.reopen", path="reopen") if case.reopenable else None
    if case.state is State.EXPECTED:
        return Next(text="Call the front door: the introduction waits to be accepted")
    if case.unanswered_concerns:
        return Next(text="Answer the safety concern", action="case.change-priority", path="change-priority")
    if case.transfer_back:
        return Next(text="Go on with it: it is back with us", action="case.transfer", path="note-return")
    if case.review and case.review.due_said:
        return Next(text="Record the review", action="case.review", path="hold-review")
    if not case.workers:
        return Next(text="Take this case on", action="case.take-on", path="take-on")
    if not case.conversations or any(wait.clock not in PAUSABLE for wait in case.waiting):
        return Next(text="Hold a conversation", action="case.hold-conversation", path="hold-conversation")
    return _next_about_support(case)


def _who_came_back(offer: Offer) -> str:
    """`The provider declined peer support late`."""
    kind = label(offer.kind)
    what = f"{kind[:1].lower()}{kind[1:]}"
    if offer.state is OfferState.LAPSED:
        return f"Nobody answered the offer of {what}"
    return f"The {label(offer.declined_by).lower()} declined {what}" + (" late" if offer.late else "")


def _next_about_support(case: Case) -> Next:
    if case.came_back:
        return Next(text="Offer something else", action="case.offer-support", path="offer-support/directory")
    live = {offer.state: offer for offer in case.offers if offer.live}
    if offer := live.get(OfferState.ACCEPTED):
        return _of_offer("Record when it starts", offer, "start")
    if offer := live.get(OfferState.OFFERED):
        return _of_offer("Record the answer to the offer", offer, "accept")
    if OfferState.STARTED in live:
        return Next(text="Stay in touch, and close the case when the work is done")
    return Next(text="Offer support", action="case.offer-support", path="offer-support/directory")


def _of_offer(text: str, offer: Offer, verb: str) -> Next:
    return Next(
        text=f"{text}: {label(offer.kind).lower()}",
        action="case.offer-support",
        path=f"offers/{offer.id}/{verb}",
    )


def _reason(reason: Reason, case: Case, names: Mapping[str, str]) -> str:
    word = label(reason.priority).lower()
    if reason.reason_code == "introduced":
        return f"The front door suggested {word} when the introduction came in on {when(reason.at)}."
    if reason.reason_code == "safety-concern":
        return f"A safety concern was raised on {when(reason.at)}, which makes a case an emergency."
    by = next((d.by for d in case.decisions if (d.at, d.reason_code) == (reason.at, reason.reason_code)), "")
    return f"{names.get(by, by)} set it to {word} on {when(reason.at)}: {label(reason.reason_code)[:1].lower()}" + (
        f"{label(reason.reason_code)[1:]}."
    )


def _wait(wait: Wait, now: datetime) -> str:
    wanted = TO_BE_DONE[wait.clock].capitalize()
    if wait.due_at <= now:
        return f"{wanted} was due by {when(wait.due_at)} and has been missed."
    return f"{wanted} is due by {when(wait.due_at)}, {ago(wait.due_at, now)}."
