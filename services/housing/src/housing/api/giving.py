"""What the routes are given, and who may use them."""

from datetime import timedelta
from typing import Annotated

from fastapi import Query

from alliance.access import Access
from alliance.kernel import Clock
from alliance.people import Known
from alliance.web import Command, doing, given, may
from housing.application import collections
from housing.domain.home import Home

Homes = Annotated[collections.Homes, given("homes")]
Placements = Annotated[collections.Placements, given("placements")]
TheKnown = Annotated[Known, given("known")]
"""Whom housing knows, and what they let it know of them."""
Now = Annotated[Clock, given("clock")]
OfferLasts = Annotated[timedelta, given("offer_lasts")]

HomesListing = Annotated[Access, may("home.list")]
HomeReading = Annotated[Access, may("home.read")]
AddingHome = Annotated[Command, doing("home.add")]
Listing = Annotated[Access, may("placement.list")]
Reading = Annotated[Access, may("placement.read")]
Offering = Annotated[Command, doing("placement.offer-home")]
Answering = Annotated[Command, doing("placement.answer-offer")]
Confirming = Annotated[Command, doing("placement.confirm-move-in")]
Correcting = Annotated[Command, doing("placement.correct-move-in")]
MovingOn = Annotated[Command, doing("placement.move-on")]
EndingSearch = Annotated[Command, doing("placement.close")]
TakingOn = Annotated[Command, doing("placement.take-on")]
SteppingBack = Annotated[Command, doing("placement.step-back")]
Naming = Annotated[Command, doing("placement.name-worker")]

After = Annotated[str | None, Query(max_length=200, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=100)]
AREA_PATTERN = r"^[A-Z]{1,2}[0-9][0-9A-Z]?$"
MEMBER_PATTERN = r"^[a-z][a-z0-9-]{1,62}$"
Area = Annotated[str | None, Query(pattern=AREA_PATTERN, description="outward postcode")]


def knows_address(access: Access, home: Home) -> bool:
    """Whether the caller may know where the home is."""
    return access.sees("home.see-confidential-address" if home.confidential else "home.see-address")
