"""What the routes ask for, by annotation."""

from typing import Annotated

from fastapi import Query

from alliance.access import Caller
from alliance.kernel import Clock
from alliance.web import Command, command, given, needs
from notify.application.collections import Alerts, Messages, PersonDetails

ADMINISTRATOR = "notify.administrator"

TheAlerts = Annotated[Alerts, given("alerts")]
TheMessages = Annotated[Messages, given("messages")]
TheDetails = Annotated[PersonDetails, given("person_details")]
TheClock = Annotated[Clock, given("clock")]

Reader = Annotated[Caller, needs("notify.worker", "notify.lead", ADMINISTRATOR, "alliance.auditor")]
Staff = Annotated[Command, command("notify.worker", "notify.lead")]

After = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:.-]{1,200}$", description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=200)]
