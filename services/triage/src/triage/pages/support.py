"""What is offered to the person, as the case shows it: each offer, what may be done with it, and what came back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from alliance.access import Access
from alliance.web.pages.templating import ago, when
from triage.domain.case import Case
from triage.domain.case_file import State
from triage.domain.offer import Offer, OfferState
from triage.pages.words import label

VERBS = {
    OfferState.OFFERED: (("Accept", "accept"), ("Decline", "decline"), ("Take back", "withdraw")),
    OfferState.ACCEPTED: (("Start", "start"), ("Decline", "decline"), ("Take back", "withdraw")),
    OfferState.STARTED: (("End", "end"),),
}

Names = Mapping[str, str]


def support_shown(case: Case, providers: Names, access: Access, now: datetime) -> dict[str, Any]:
    """What `triage/parts/support.html` shows."""
    may = case.state is State.OPEN and access.sees("case.offer-support")
    notes = access.sees("case.see-notes")
    return {
        "cards": [_card(offer, providers, case, now, may=may, notes=notes) for offer in case.offers],
        "came_back": [came_back(offer, providers) for offer in case.came_back],
        "see_to": f"/cases/{case.id}/see-to-declines" if may and case.came_back else None,
        "also_open": _also_open(case),
    }


def came_back(offer: Offer, providers: Names) -> str:
    """Who said no to what, in one sentence."""
    what = of_offer(offer, providers)
    if offer.state is OfferState.LAPSED:
        return f"Nobody answered the offer of {what} in time: it lapsed on {when(offer.ended_at)}."
    late = ", after it had been accepted" if offer.late else ""
    why = label(offer.reason_code)
    who = label(offer.declined_by).lower()
    return f"The {who} declined {what} on {when(offer.ended_at)}{late}. {why}."


def of_offer(offer: Offer, providers: Names) -> str:
    """`peer support from Mosaic Clubhouse`."""
    kind = label(offer.kind)
    return f"{kind[:1].lower()}{kind[1:]} from {providers.get(offer.provider_id, offer.provider_id)}"


def _also_open(case: Case) -> str | None:
    """Told where one offer is taken and others still stand: to take those back is the worker's choice (Boston #46)."""
    taken = any(offer.state in (OfferState.ACCEPTED, OfferState.STARTED) for offer in case.offers)
    standing = sum(offer.state is OfferState.OFFERED for offer in case.offers)
    if not taken or not standing:
        return None
    others = "Another offer is" if standing == 1 else f"{standing} other offers are"
    return f"{others} still open. If the person does not need them any more, take them back: nothing does so by itself."


def _card(offer: Offer, providers: Names, case: Case, now: datetime, *, may: bool, notes: bool) -> dict[str, Any]:
    heading = f"{label(offer.kind)} from {providers.get(offer.provider_id, offer.provider_id)}"
    verbs = VERBS.get(offer.state, ()) if may else ()
    return {
        "heading": heading,
        "rows": _steps(offer, now, notes=notes),
        "actions": [
            {"text": text, "href": f"/cases/{case.id}/offers/{offer.id}/{verb}", "visuallyHiddenText": heading}
            for text, verb in verbs
        ],
    }


def _steps(offer: Offer, now: datetime, *, notes: bool) -> list[tuple[str, str]]:
    found = [("Now", label(offer.state)), ("Offered", when(offer.offered_at))]
    if offer.state is OfferState.OFFERED and offer.answer_by:
        found.append(("Answer by", f"{when(offer.answer_by)}, {ago(offer.answer_by, now)}"))
    by = f", by the {label(offer.accepted_by).lower()}" if offer.accepted_by else ""
    found += [("Accepted", f"{when(offer.accepted_at)}{by}" if offer.accepted_at else "")]
    found += [("Started", when(offer.started_at)), (_ENDED.get(offer.state, "Ended"), when(offer.ended_at))]
    if offer.declined_by:
        found.append(("By", label(offer.declined_by) + (", after it had been accepted" if offer.late else "")))
    found.append(("Why", label(offer.reason_code) if offer.reason_code else ""))
    found.append(
        ("Note", offer.note if notes else "There is a note, which your role does not read." * bool(offer.note))
    )
    return [(key, value) for key, value in found if value]


_ENDED = {OfferState.DECLINED: "Declined", OfferState.WITHDRAWN: "Taken back", OfferState.LAPSED: "Lapsed"}
