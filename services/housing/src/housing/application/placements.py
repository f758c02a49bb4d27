"""What a placement is told and asked, from the introduction to IPSA to moving on.

Verbs that follow an event leave no mark: each is silent when it has been applied, so `heard` holds commands only.
"""

from collections.abc import Callable
from datetime import date, datetime

from alliance.kernel import Clock, derived_id
from housing.application.collections import Placements
from housing.domain.codes import CorrectionReason, DeclinedBy, DeclineReason, LapseReason
from housing.domain.offer import Offer
from housing.domain.placement import Placement
from housing.domain.stages import Beginning, Closing, MoveOn


def placement_of(introduction_id: str, spell: int = 1, search: int = 1) -> str:
    """The placement's id: every event that may end a search knows the introduction, which opening of it, and which
    search on its case. The first of each is left out, as it was before there were others.
    """
    numbers = [spell, search] if search > 1 else [spell] if spell > 1 else []
    return derived_id("housing", "placement", introduction_id, *map(str, numbers))


def _not_heard_of_yet(introduction_id: str, person_id: str, spell: int, search: int) -> Callable[[], Placement]:
    own_id = placement_of(introduction_id, spell, search)
    return lambda: Placement(id=own_id, introduction_id=introduction_id, person_id=person_id)


async def introduce(
    introduction_id: str, person_id: str, beginning: Beginning, placements: Placements, *, spell: int, search: int
) -> None:
    await placements.change_or_add(
        placement_of(introduction_id, spell, search),
        _not_heard_of_yet(introduction_id, person_id, spell, search),
        lambda placement: placement.introduce(beginning),
        remember=False,
    )


async def withdraw(
    introduction_id: str, person_id: str, closing: Closing, placements: Placements, *, spell: int, search: int = 1
) -> None:
    """Where nothing is known yet, this leaves a tombstone that keeps this very search from beginning."""
    await placements.change_or_add(
        placement_of(introduction_id, spell, search),
        _not_heard_of_yet(introduction_id, person_id, spell, search),
        lambda placement: placement.withdraw(closing),
        remember=False,
    )


async def take_offer(placement_id: str, offer: Offer, placements: Placements) -> None:
    await placements.change(placement_id, lambda placement: placement.take_offer(offer), remember=False)


async def turn_back(placement_id: str, offer: Offer, reason: LapseReason, at: datetime, placements: Placements) -> None:
    await placements.change(placement_id, lambda placement: placement.turn_back(offer, reason, at), remember=False)


async def take_on(placement_id: str, worker: str, placements: Placements, *, expecting: int | None = None) -> None:
    await placements.change(placement_id, lambda placement: placement.take_on(worker), expecting=expecting)


async def step_back(placement_id: str, worker: str, placements: Placements, *, expecting: int | None = None) -> None:
    await placements.change(placement_id, lambda placement: placement.step_back(worker), expecting=expecting)


async def accept_offer(
    placement_id: str, offer_id: str, placements: Placements, clock: Clock, *, expecting: int | None = None
) -> None:
    now = clock.now()
    await placements.change(placement_id, lambda placement: placement.accept(offer_id, at=now), expecting=expecting)


async def decline_offer(
    placement_id: str,
    offer_id: str,
    placements: Placements,
    clock: Clock,
    *,
    by: DeclinedBy,
    reason_code: DeclineReason,
    expecting: int | None = None,
) -> None:
    now = clock.now()
    await placements.change(
        placement_id,
        lambda placement: placement.decline(offer_id, by=by, reason_code=reason_code, at=now),
        expecting=expecting,
    )


async def confirm_move_in(
    placement_id: str, moved_in_on: date, placements: Placements, clock: Clock, *, expecting: int | None = None
) -> None:
    now = clock.now()
    await placements.change(
        placement_id, lambda placement: placement.confirm_move_in(moved_in_on, at=now), expecting=expecting
    )


async def correct_move_in(
    placement_id: str,
    moved_in_on: date,
    placements: Placements,
    clock: Clock,
    *,
    reason_code: CorrectionReason,
    expecting: int | None = None,
) -> None:
    now = clock.now()
    await placements.change(
        placement_id,
        lambda placement: placement.correct_move_in(moved_in_on, reason_code=reason_code, at=now),
        expecting=expecting,
    )


async def move_on(
    placement_id: str, leaving: MoveOn, placements: Placements, clock: Clock, *, expecting: int | None = None
) -> None:
    now = clock.now()
    await placements.change(placement_id, lambda placement: placement.move_on(leaving, at=now), expecting=expecting)


async def close_placement(
    placement_id: str, closing: Closing, placements: Placements, *, expecting: int | None = None
) -> None:
    await placements.change(placement_id, lambda placement: placement.close(closing), expecting=expecting)
