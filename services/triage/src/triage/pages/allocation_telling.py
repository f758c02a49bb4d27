"""Who works with a person, where a transfer has got to and when everybody meets, in plain words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, time

from alliance.kernel import LONDON
from alliance.web.pages.templating import day, when
from alliance.web.pages.timeline import Moment
from triage.domain.case import Case
from triage.domain.transfer import Transfer, TransferState
from triage.pages.words import label

Called = Callable[[str], str]
"""What an organisation is called."""
Names = Mapping[str, str]


def staff_of(case: Case) -> set[str]:
    """Every subject that the sentences below mention."""
    found = {*case.workers, *(each.by for each in case.reviews_held)}
    found |= {who for each in case.transfers for who in (each.asked_by, each.ended_by) if who}
    if case.naming:
        found |= {case.naming.subject, case.naming.by}
    if case.review:
        found |= {*case.review.attendees, case.review.planned_by}
    return found


def allocation(case: Case, names: Names, called: Called, now: datetime) -> Mapping[str, object]:
    """For the section of the page of the case."""
    key = case.key_worker
    return {
        "key_worker": _lines(names[key.subject], called(key.organisation), f"Since {when(key.since)}") if key else None,
        "others": [names[each] for each in case.workers if not key or each != key.subject] or ["Nobody"],
        "holder": [called(case.organisation)],
        "asked": _asked(case, names, called),
        "transfer": list(_transfer(case.transfers[-1], names, called)) if case.transfers else None,
        "review": _review(case, names, now),
    }


def why_moving(case: Case, called: Called) -> list[str]:
    """What a transfer, a decline and an absent key worker have to do with where the case is."""
    found = []
    if live := case.live_transfer:
        found.append(f"{called(live.to_organisation)} is asked to take it over, and has until {when(live.answer_by)}.")
    if back := case.transfer_back:
        found.append(f"{called(back.to_organisation)} has not taken it over, and nobody has said yet: we go on.")
    if case.place and case.key_worker is None:
        found.append("Nobody is its key worker yet.")
    return found


def allocation_moments(case: Case, names: Names, called: Called) -> Iterator[Moment]:
    """For the history of the case."""
    for each in case.transfers:
        way = f"From {called(each.from_organisation)} to {called(each.to_organisation)}"
        why = f"{way}\n{label(each.reason_code)}"
        yield Moment(each.asked_at, "Transfer asked", who=names.get(each.asked_by, each.asked_by), detail=why)
        if each.ended_at:
            who = names.get(each.ended_by, each.ended_by) if each.ended_by else None
            reason = f"{way}\n{label(each.ending_code)}" if each.ending_code else way
            yield Moment(each.ended_at, f"Transfer {label(each.state).lower()}", who=who, detail=reason)
    for held in case.reviews_held:
        at = datetime.combine(held.held_on, time(12), tzinfo=LONDON)
        yield Moment(at, "Review held", who=names.get(held.by, held.by), detail=label(held.outcome))
    if key := case.key_worker:
        named = f"{names.get(key.subject, key.subject)}, {called(key.organisation)}"
        yield Moment(key.since, "Key worker named", detail=named)


def _lines(*parts: str) -> list[str]:
    return list(parts)


def _asked(case: Case, names: Names, called: Called) -> str | None:
    if (asked := case.naming) is None:
        return None
    return (
        f"{names[asked.subject]} of {called(asked.organisation)} was asked to become key worker on {when(asked.at)} "
        "and has not answered yet."
    )


def _transfer(transfer: Transfer, names: Names, called: Called) -> Iterable[str]:
    to = called(transfer.to_organisation)
    if transfer.live:
        yield f"{to} was asked to take the case over on {when(transfer.asked_at)}, by {names[transfer.asked_by]}."
        yield f"They have until {when(transfer.answer_by)}. Until they accept, the case stays here."
        return
    told = {
        TransferState.ACCEPTED: f"{to} has taken the case over",
        TransferState.RETURNED: f"{to} has returned the case",
        TransferState.REVOKED: f"The transfer to {to} was taken back",
        TransferState.LAPSED: f"{to} has not answered in time",
    }
    yield f"{told[transfer.state]}, on {when(transfer.ended_at)}."
    if transfer.ending_code:
        yield f"{label(transfer.ending_code)}."


def _review(case: Case, names: Names, now: datetime) -> list[str] | None:
    lines = []
    if planned := case.review:
        late = planned.overdue_from <= now
        lines.append(f"{'Was due' if late else 'Planned'} for {day(planned.due_on)}.")
        if planned.attendees:
            lines.append(f"With {', '.join(names[each] for each in planned.attendees)}.")
    if case.reviews_held:
        last = case.reviews_held[-1]
        lines.append(f"Last held on {day(last.held_on)}: {label(last.outcome).lower()}.")
    return lines or None
