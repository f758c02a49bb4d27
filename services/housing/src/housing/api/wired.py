"""What the routes are given, and who may use them."""

from datetime import timedelta
from typing import Annotated

from fastapi import Query

from alliance.access import Caller
from alliance.kernel import Clock
from alliance.web import Command, command, given, needs
from housing.application import collections

WORKER, MANAGER, AUDITOR = "housing.worker", "housing.manager", "alliance.auditor"

Homes = Annotated[collections.Homes, given("homes")]
Placements = Annotated[collections.Placements, given("placements")]
People = Annotated[collections.People, given("people")]
Now = Annotated[Clock, given("clock")]
OfferLasts = Annotated[timedelta, given("offer_lasts")]

Reader = Annotated[Caller, needs(WORKER, MANAGER, AUDITOR)]
Doing = Annotated[Command, command(WORKER, MANAGER)]

After = Annotated[str | None, Query(max_length=200, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=100)]
AREA_PATTERN = r"^[A-Z]{1,2}[0-9][0-9A-Z]?$"
Area = Annotated[str | None, Query(pattern=AREA_PATTERN, description="outward postcode")]
