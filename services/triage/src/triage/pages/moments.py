"""What happened on a case, from its own history."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time

from alliance.kernel import LONDON
from alliance.web.pages.templating import pounds, when
from alliance.web.pages.timeline import Moment
from triage.domain.case import Case
from triage.domain.codes import CaseOutcome
from triage.domain.home_search import HomeSearch
from triage.domain.offer import Offer, OfferState
from triage.domain.records import Conversation, EarlierIpsa
from triage.pages.words import PRIORITY_COLOURS, label, listed

Names = Mapping[str, str]


def moments(case: Case, searches: Sequence[HomeSearch], names: Names, *, providers: Names, notes: bool) -> list[Moment]:
    """In no order. `notes`: whether the reader may see what was written about conversations."""
    return [
        *_comings_and_goings(case, names),
        *_pauses(case, names),
        *_priorities(case, names),
        *_misses(case),
        *(_conversation(talk, notes=notes) for talk in case.conversations),
        *(moment for offer in case.offers for moment in _offer(offer, providers)),
        *_introductions(case),
        *(moment for search in searches for moment in _home(search)),
    ]


def _comings_and_goings(case: Case, names: Names) -> Iterator[Moment]:
    if case.received_at:
        asked = f"Asked for help with: {listed(case.help_areas)}" if case.help_areas else None
        yield Moment(case.received_at, "Introduction received", detail=asked)
    for each in case.closings:
        yield Moment(
            each.closed_at, "Case closed", who=_who(each.by, names), detail=_how(each.outcome, each.reason_code)
        )
        because = label(each.reopened_because)
        yield Moment(each.reopened_at, "Case opened again", who=_who(each.reopened_by, names), detail=because)
    if case.closed_at and case.outcome:
        how = _how(case.outcome, case.closing_reason)
        yield Moment(case.closed_at, "Case closed", who=_who(case.closed_by, names), detail=how)


def _pauses(case: Case, names: Names) -> Iterator[Moment]:
    for pause in case.pauses:
        lasts = f"{label(pause.reason)}, from {when(pause.start)} to {when(pause.until)}"
        tag = "Does not count" if pause.cancelled else None
        yield Moment(pause.at, "Waits paused", who=_who(pause.by, names), detail=lasts, tag=tag, colour="grey")
        for earlier in pause.earlier:
            yield Moment(earlier.at, "Pause changed", who=_who(earlier.by, names), detail=label(earlier.change))


def _how(outcome: CaseOutcome, reason_code: str | None) -> str:
    return label(outcome) + (f"\n{label(reason_code)}" if reason_code else "")


def _who(by: str | None, names: Names) -> str | None:
    return names.get(by, by) if by else None


def _priorities(case: Case, names: Names) -> Iterator[Moment]:
    """Each step from what to what; a concern that changed nothing is told of all the same."""
    for concern in case.concerns:
        tag, colour = ("Answered", "grey") if concern.answered else ("Not answered", "red")
        yield Moment(concern.raised_at, "Safety concern raised", detail=label(concern.kind), tag=tag, colour=colour)
    for change in case.changes:
        if change.by is not None:
            steps = f"From {label(change.before).lower()} to {label(change.after).lower()}"
            yield Moment(
                change.at,
                "Priority decided",
                who=_who(change.by, names),
                detail=f"{label(change.reason_code)}\n{steps}",
                tag=label(change.after),
                colour=PRIORITY_COLOURS[change.after],
            )


def _misses(case: Case) -> Iterator[Moment]:
    for miss in case.misses:
        tag, colour = ("Was in time after all", "grey") if miss.corrected else ("Missed", "red")
        yield Moment(miss.wait.due_at, f"Wait over: {label(miss.wait.clock).lower()}", tag=tag, colour=colour)


def _conversation(talk: Conversation, *, notes: bool) -> Moment:
    found = (("Strengths", talk.strengths), ("Goals", talk.goals), ("Needs", talk.needs))
    lines = [f"{heading}: {listed(codes)}" for heading, codes in found if codes]
    if talk.notes:
        lines.append(talk.notes if notes else "There are notes, which your role does not read.")
    return Moment(talk.held_at, "Conversation held", detail="\n".join(lines) or None)


def _offer(offer: Offer, providers: Names) -> Iterator[Moment]:
    what = f"{label(offer.kind)} from {providers.get(offer.provider_id, offer.provider_id)}"
    yield Moment(offer.offered_at, "Support offered", detail=what)
    if offer.accepted_at:
        by = f"\nBy the {label(offer.accepted_by).lower()}" if offer.accepted_by else ""
        yield Moment(offer.accepted_at, "Offer accepted", detail=what + by)
    if offer.started_at:
        yield Moment(offer.started_at, "Support started", detail=what)
    if offer.ended_at:
        told = [what, *_why_ended(offer)]
        yield Moment(offer.ended_at, ENDED[offer.state], detail="\n".join(told), tag="Late" if offer.late else None)


ENDED = {
    OfferState.DECLINED: "Offer declined",
    OfferState.WITHDRAWN: "Offer taken back",
    OfferState.LAPSED: "Offer lapsed: nobody answered in time",
    OfferState.ENDED: "Support ended",
}


def _why_ended(offer: Offer) -> Iterator[str]:
    if offer.declined_by:
        yield f"By the {label(offer.declined_by).lower()}: {label(offer.reason_code)}"
    elif offer.reason_code:
        yield label(offer.reason_code)


def _introductions(case: Case) -> Iterator[Moment]:
    for care in case.secondary_care:
        yield Moment(care.at, "Introduced to secondary care", detail=label(care.team_type))
    now = [EarlierIpsa(profile=case.ipsa, at=case.ipsa_at)] if case.ipsa and case.ipsa_at else []
    for each in [*case.ipsa_earlier, *now]:
        lives = label(each.profile.current_setting).lower()
        cost = pounds(each.profile.weekly_cost_pence)
        yield Moment(each.at, "Introduced to IPSA", detail=f"Lives now in: {lives}, {cost} a week")


def _home(search: HomeSearch) -> Iterator[Moment]:
    if search.opened_at:
        yield Moment(search.opened_at, "Search for a home began")
    for on, what in ((search.moved_in_on, "Moved into a home of their own"), (search.moved_on_on, "Left that home")):
        if on:
            yield Moment(datetime.combine(on, time(12), tzinfo=LONDON), what)
    if search.closed_at:
        yield Moment(search.closed_at, "Search for a home ended")
