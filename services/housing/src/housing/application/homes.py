"""Adding homes, offering them, and following what becomes of an offer."""

from datetime import timedelta

from alliance.kernel import Clock
from housing.application.collections import Homes, Placements
from housing.domain.home import Home


async def add_home(home: Home, homes: Homes) -> str:
    return (await homes.add(home)).id


async def offer_home(
    home_id: str,
    *,
    offer_id: str,
    placement_id: str,
    lasts: timedelta,
    homes: Homes,
    placements: Placements,
    clock: Clock,
    expecting: int | None = None,
) -> str:
    """Hold the home for the placement; the placement takes the offer when it hears of it, or the offer lapses.

    A placement that can never take an offer again is refused at once. One that has an offer at this moment is not:
    only the placement itself can know that, and by then it may be free.
    """
    placement = await placements.get(placement_id)
    now = clock.now()

    def offer(home: Home) -> None:
        placement.check_open()
        home.offer(offer_id, placement_id=placement_id, person_id=placement.person_id, at=now, expires_at=now + lasts)

    await homes.change(home_id, offer, expecting=expecting)
    return offer_id


async def follow_acceptance(home_id: str, offer_id: str, homes: Homes) -> None:
    await homes.change(home_id, lambda home: home.accept(offer_id), remember=False)


async def follow_move_in(home_id: str, offer_id: str, homes: Homes) -> None:
    await homes.change(home_id, lambda home: home.occupy(offer_id), remember=False)


async def free(home_id: str, offer_id: str, homes: Homes) -> None:
    await homes.change(home_id, lambda home: home.free(offer_id), remember=False)
