"""What happened to a placement, and what may be done with it now."""

from dataclasses import dataclass

from alliance.access import Access
from alliance.web.pages.templating import day, pounds
from alliance.web.pages.timeline import Moment
from housing.domain.offer import Offer, OfferState
from housing.domain.placement import Placement
from housing.domain.stages import Stage
from housing.pages.words import label

NOW = {
    Stage.INTRODUCED: "The person needs a home. Look at the vacancies and offer them one.",
    Stage.OFFERED: "A home is held for the person. Record their answer before the offer lapses.",
    Stage.ACCEPTED: "The person has said yes. Confirm the move in once it has happened.",
    Stage.MOVED_IN: "The person lives in a home of their own. Nothing is waiting here.",
    Stage.MOVED_ON: "The person has left the home, which can be offered again.",
    Stage.CLOSED: "The search for a home has ended.",
}


NOBODY = {
    Stage.INTRODUCED: "Nobody waits for an offer.",
    Stage.OFFERED: "No offer waits for an answer.",
    Stage.ACCEPTED: "Nobody waits to move in.",
}


@dataclass(frozen=True)
class Step:
    """Something that may be done next, on a page of its own."""

    text: str
    href: str
    main: bool = False


def steps(placement: Placement, access: Access) -> list[Step]:
    """What the state and the table allow, the likeliest first."""
    at, offer = f"/placements/{placement.id}", placement.current_offer
    answer = f"{at}/offers/{offer.offer_id}" if offer else at
    offered = {
        "placement.offer-home": [(Stage.INTRODUCED, Step("Offer a home", f"{at}/offer-home", main=True))],
        "placement.answer-offer": [
            (Stage.OFFERED, Step("Record that they accept", f"{answer}/accept", main=True)),
            (Stage.OFFERED, Step("Record that it is declined", f"{answer}/decline")),
            (Stage.ACCEPTED, Step("Record that it is declined after all", f"{answer}/decline")),
        ],
        "placement.confirm-move-in": [
            (Stage.ACCEPTED, Step("Confirm the move in", f"{at}/confirm-move-in", main=True))
        ],
        "placement.move-on": [(Stage.MOVED_IN, Step("Record that they moved on", f"{at}/move-on"))],
        "placement.correct-move-in": [
            (stage, Step("Correct the day of the move in", f"{at}/correct-move-in"))
            for stage in (Stage.MOVED_IN, Stage.MOVED_ON)
        ],
        "placement.close": [
            (stage, Step("End the search", f"{at}/close"))
            for stage in (Stage.INTRODUCED, Stage.OFFERED, Stage.ACCEPTED)
        ],
    }
    found = [
        step
        for action, possible in offered.items()
        for stage, step in possible
        if stage is placement.stage and access.sees(action)
    ]
    return sorted(found, key=lambda step: not step.main)


def team_steps(placement: Placement, access: Access) -> list[Step]:
    at, named = f"/placements/{placement.id}", access.caller.subject in placement.workers
    found = []
    if placement.closing is None:
        if not named and access.sees("placement.take-on"):
            found.append(Step("Take this placement on", f"{at}/take-on"))
        if access.sees("placement.name-worker"):
            found.append(Step("Name a colleague", f"{at}/name-worker"))
    if named and access.sees("placement.step-back"):
        found.append(Step("Step back from this placement", f"{at}/step-back"))
    return found


def story(placement: Placement) -> list[Moment]:
    """The newest first, also of what was recorded at one moment."""
    moments = []
    if begun := placement.beginning:
        costs = f"From {label(begun.setting).lower()}, which costs {pounds(begun.weekly_cost_pence)} a week"
        moments.append(Moment(begun.at, "Introduced to IPSA", detail=costs))
    moments += [moment for offer in placement.offers for moment in _of_offer(offer)]
    if placement.moved_in_on and placement.moved_in_at:
        first = placement.corrections[0].before if placement.corrections else placement.moved_in_on
        moments.append(Moment(placement.moved_in_at, "Move in confirmed", detail=f"Moved in on {day(first)}"))
    for correction in placement.corrections:
        told = f"From {day(correction.before)} to {day(correction.after)}: {label(correction.reason_code).lower()}"
        moments.append(Moment(correction.at, "Day of the move in corrected", detail=told))
    if placement.moved_on and placement.moved_on_at:
        left = placement.moved_on
        told = f"On {day(left.on)} to {label(left.destination).lower()}: {label(left.reason_code).lower()}"
        moments.append(Moment(placement.moved_on_at, "Moved on", detail=told))
    if placement.closing:
        moments.append(Moment(placement.closing.at, "Search ended", detail=label(placement.closing.reason_code)))
    return moments[::-1]


def _of_offer(offer: Offer) -> list[Moment]:
    what = f"{label(offer.setting)}, {pounds(offer.weekly_cost_pence)} a week"
    moments = [Moment(offer.offered_at, "Home offered", detail=what, href=f"/homes/{offer.home_id}")]
    if offer.accepted_at:
        moments.append(Moment(offer.accepted_at, "Offer accepted"))
    if offer.ended_at:
        why = label(offer.reason_code)
        if offer.state is OfferState.DECLINED:
            by = f" by the {offer.declined_by}" if offer.declined_by else ""
            moments.append(Moment(offer.ended_at, f"Offer declined{by}", detail=why))
        else:
            moments.append(Moment(offer.ended_at, "Offer lapsed", detail=why))
    return moments
