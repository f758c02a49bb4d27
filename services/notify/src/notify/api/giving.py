"""What the routes ask for, by annotation."""

from typing import Annotated, Literal

from fastapi import Query

from alliance.access import Access
from alliance.kernel import Clock
from alliance.people import Known
from alliance.web import Command, doing, given, may
from notify.application.collections import Alerts, Messages
from notify.domain.codes import Audience
from notify.domain.wording import Wordings

TheAlerts = Annotated[Alerts, given("alerts")]
TheMessages = Annotated[Messages, given("messages")]
TheKnown = Annotated[Known, given("known")]
"""Whom notify knows, and what they let it know of them."""
TheWordings = Annotated[Wordings, given("wordings")]
TheClock = Annotated[Clock, given("clock")]
TheOrganisation = Annotated[str, given("organisation")]

Listing = Annotated[Access, may("alert.list")]
Reading = Annotated[Access, may("alert.read")]
Acknowledging = Annotated[Command, doing("alert.acknowledge")]
ListingMessages = Annotated[Access, may("message.list")]
ReadingMessage = Annotated[Access, may("message.read")]

Asked = Literal[Audience.DUTY_WORKER, Audience.TEAM_LEAD, Audience.ALLIANCE_LEAD]
"""Those who are asked about people and the budget; what concerns access has pages of its own."""

After = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:.-]{1,200}$", description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=200)]
