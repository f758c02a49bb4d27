"""The home follows what its placement decided."""

from alliance.contracts import housing
from alliance.messaging import Heard
from housing.application import homes as use
from housing.application.collections import Homes
from housing.domain.home import HoldEnd

Ended = housing.HomeOfferDeclined | housing.HomeOfferLapsed | housing.PersonMovedOn


async def hold_for_acceptance(heard: Heard[housing.HomeOfferAccepted], homes: Homes) -> None:
    await use.follow_acceptance(heard.data.home_id, heard.data.offer_id, homes)


async def occupy_home(heard: Heard[housing.PersonMovedIn], homes: Homes) -> None:
    if heard.data.offer_id:
        await use.follow_move_in(heard.data.home_id, heard.data.offer_id, homes)


async def release_home(heard: Heard[Ended], homes: Homes) -> None:
    said = heard.data
    if not said.offer_id:
        return
    match said:
        case housing.PersonMovedOn():
            ended, on = HoldEnd.MOVED_ON, said.moved_on_on
        case housing.HomeOfferDeclined():
            ended, on = HoldEnd.DECLINED, said.at.date()
        case housing.HomeOfferLapsed():
            ended, on = HoldEnd.LAPSED, said.at.date()
    await use.free(said.home_id, said.offer_id, homes, ended=ended, on=on)
