"""Adding homes, offering them, and following what becomes of an offer."""

from datetime import date, timedelta

from alliance.kernel import Clock, Stale
from housing.application.collections import Homes, Placements
from housing.domain.home import HoldEnd, Home
from housing.domain.refusals import DateImpossible


async def add_home(home: Home, homes: Homes, clock: Clock) -> str:
    """A home without a date has been empty since today."""
    today = clock.now().date()
    home.void_since = home.void_since or today
    if home.void_since > today:
        raise DateImpossible("A home that is offered now cannot have been empty since a day to come.")
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
    only the placement itself can know that, and by then it may be free. `expecting` is the placement's version.
    """
    stored, now = await placements.read(placement_id), clock.now()
    placement = stored.aggregate

    def offer(home: Home) -> None:
        if expecting not in (None, stored.version):
            raise _stale(stored.version)
        placement.check_open()
        home.offer(offer_id, placement_id=placement_id, person_id=placement.person_id, at=now, expires_at=now + lasts)

    await homes.change(home_id, offer)
    return offer_id


async def follow_acceptance(home_id: str, offer_id: str, homes: Homes) -> None:
    await homes.change(home_id, lambda home: home.accept(offer_id), remember=False)


async def follow_move_in(home_id: str, offer_id: str, homes: Homes) -> None:
    await homes.change(home_id, lambda home: home.occupy(offer_id), remember=False)


async def free(home_id: str, offer_id: str, homes: Homes, *, ended: HoldEnd, on: date) -> None:
    await homes.change(home_id, lambda home: home.free(offer_id, ended=ended, on=on), remember=False)


def _stale(version: int) -> Stale:
    stale = Stale("Somebody changed it since you looked.")
    stale.version = version
    return stale
