"""What the routes ask for, by annotation."""

from typing import Annotated

from alliance.access import Caller
from alliance.kernel import Clock
from alliance.web import Command, command, given, needs
from triage.application.collections import Cases, HomeSearches, PersonDetails
from triage.application.offers import WeeklyCosts

TheCases = Annotated[Cases, given("cases")]
TheDetails = Annotated[PersonDetails, given("person_details")]
TheHomeSearches = Annotated[HomeSearches, given("home_searches")]
TheCosts = Annotated[WeeklyCosts, given("weekly_costs")]
TheClock = Annotated[Clock, given("clock")]

Reader = Annotated[Caller, needs("triage.worker", "triage.lead", "alliance.auditor")]
"""Of lists, which have no names and no free text."""
Worker = Annotated[Caller, needs("triage.worker", "triage.lead")]
"""Of records: those who work with the person."""
Staff = Annotated[Command, command("triage.worker", "triage.lead")]
