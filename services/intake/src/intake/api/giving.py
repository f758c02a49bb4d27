"""What the routes ask for, by annotation."""

from typing import Annotated

from alliance.access import Caller
from alliance.kernel import Clock
from alliance.web import Command, command, given, needs, public_command
from intake.application.collections import Introductions, People, Progresses
from intake.domain.introduction import Promise
from intake.domain.person import Recipients

TheIntroductions = Annotated[Introductions, given("introductions")]
ThePeople = Annotated[People, given("people")]
TheProgresses = Annotated[Progresses, given("progresses")]
TheRecipients = Annotated[Recipients, given("recipients")]
ThePromise = Annotated[Promise, given("promise")]
TheClock = Annotated[Clock, given("clock")]

Reader = Annotated[Caller, needs("intake.worker", "intake.lead", "alliance.auditor")]
"""Of lists, which have no names and no free text."""
Worker = Annotated[Caller, needs("intake.worker", "intake.lead")]
"""Of records: those who work with the person."""
Staff = Annotated[Command, command("intake.worker", "intake.lead")]
Anybody = Annotated[Command, public_command()]
