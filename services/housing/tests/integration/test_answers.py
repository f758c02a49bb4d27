"""Every (event, refusal) pair in the table leads to the fact that answers it; and no address leaves the house."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from alliance.contracts.housing import HomeOffered
from alliance.kernel import FixedClock, Refusal
from housing.domain.codes import ClosingReason, LapseReason, Setting
from housing.domain.offer import Offer
from housing.domain.refusals import AlreadyMovedIn, PlacementAlreadyHasOffer, PlacementIsClosed
from housing.domain.stages import Closing
from housing.events.hears import hears
from housing.events.says import says

from ..builders import an_offer
from ..rooms import Alliance, envelope, somebody


async def _holds_an_offer(alliance: Alliance, placement: str) -> None:
    with somebody():
        await alliance.placements.change(placement, lambda it: it.take_offer(an_offer()))


async def _is_closed(alliance: Alliance, placement: str) -> None:
    closing = Closing(reason_code=ClosingReason.DIED, at=alliance.clock.now())
    with somebody():
        await alliance.placements.change(placement, lambda it: it.close(closing))


async def _has_moved_in(alliance: Alliance, placement: str) -> None:
    offer: Offer = an_offer()
    now = alliance.clock.now()
    with somebody():
        await alliance.placements.change(placement, lambda it: it.take_offer(offer))
        await alliance.placements.change(placement, lambda it: it.accept(offer.offer_id, at=now))
        await alliance.placements.change(placement, lambda it: it.confirm_move_in(now.date(), at=now))


Situation = Callable[[Alliance, str], Awaitable[None]]
WALKED: dict[tuple[str, type[Refusal]], tuple[Situation, LapseReason]] = {
    (HomeOffered.type, PlacementAlreadyHasOffer): (_holds_an_offer, LapseReason.ALREADY_HAS_OFFER),
    (HomeOffered.type, PlacementIsClosed): (_is_closed, LapseReason.PLACEMENT_CLOSED),
    (HomeOffered.type, AlreadyMovedIn): (_has_moved_in, LapseReason.ALREADY_MOVED_IN),
}


def test_all_pairs_of_the_table_are_walked() -> None:
    assert {(row.event.type, refusal) for row in hears.rows for refusal in row.answers} == set(WALKED)


@pytest.mark.parametrize("pair", WALKED, ids=lambda pair: pair[1].__name__)
async def test_the_refused_offer_lapses_with_its_reason(pair: tuple[str, type[Refusal]]) -> None:
    situation, reason = WALKED[pair]
    alliance = Alliance(FixedClock())
    placement = await alliance.placement_of(await alliance.introduce())
    await situation(alliance, placement)
    alliance.said.clear()
    now = alliance.clock.now()
    event = HomeOffered(
        offer_id="00000000-0000-7000-8000-000000000001",
        placement_id=placement,
        home_id="00000000-0000-7000-8000-000000000002",
        person_id=(await alliance.placements.get(placement)).person_id,
        setting=Setting.OWN_TENANCY,
        weekly_cost_pence=1,
        at=now,
        expires_at=now + timedelta(days=1),
    )
    applied = await alliance.hear(*[envelope(event, alliance.clock)] * 2)
    assert (applied.quarantined, applied.waiting) == ([], [])
    (lapsed,) = alliance.said
    assert (lapsed.data["offer_id"], lapsed.data["reason_code"]) == (event.offer_id, reason)


def test_no_event_has_room_for_an_address() -> None:
    fields = {name for event in says.types for name in event.model_fields}
    assert not {name for name in fields if "address" in name or "name" in name}
