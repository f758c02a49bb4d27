"""The home follows what its placement decided."""

from alliance.contracts import housing
from alliance.messaging import Heard
from housing.application import homes as use
from housing.application.collections import Homes

Ended = housing.HomeOfferDeclined | housing.HomeOfferLapsed | housing.PersonMovedOn


async def hold_for_acceptance(heard: Heard[housing.HomeOfferAccepted], homes: Homes) -> None:
    await use.follow_acceptance(heard.data.home_id, heard.data.offer_id, homes)


async def occupy_home(heard: Heard[housing.PersonMovedIn], homes: Homes) -> None:
    if heard.data.offer_id:
        await use.follow_move_in(heard.data.home_id, heard.data.offer_id, homes)


async def release_home(heard: Heard[Ended], homes: Homes) -> None:
    if heard.data.offer_id:
        await use.free(heard.data.home_id, heard.data.offer_id, homes)
