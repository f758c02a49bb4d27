"""What the routes ask for, by annotation."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from alliance.access import Access
from alliance.kernel import Clock
from alliance.web import Command, ProblemRaised, doing, given, may, public_command
from intake.api.emails import Email
from intake.api.import_file import MOST_BYTES, MOST_ROWS, check_file, template
from intake.application.collections import Imports, Introductions, Matches, Parts, People, Progresses, Resendings
from intake.application.row_keys import RowKeys
from intake.domain.person import Person, Recipients
from intake.domain.records import Promise

TheIntroductions = Annotated[Introductions, given("introductions")]
ThePeople = Annotated[People, given("people")]
TheProgresses = Annotated[Progresses, given("progresses")]
TheImports = Annotated[Imports, given("imports")]
TheParts = Annotated[Parts, given("parts")]
TheResendings = Annotated[Resendings, given("resendings")]
TheMatches = Annotated[Matches, given("matches")]
TheKeys = Annotated[Callable[[], Awaitable[RowKeys]], given("row_keys")]
TheRecipients = Annotated[Recipients, given("recipients")]
ThePromise = Annotated[Promise, given("promise")]
TheClock = Annotated[Clock, given("clock")]

Listing = Annotated[Access, may("introduction.list")]
Reading = Annotated[Access, may("introduction.read")]
Making = Annotated[Command, doing("introduction.make")]
Claiming = Annotated[Command, doing("introduction.claim")]
Trying = Annotated[Command, doing("introduction.note-contact-attempt")]
Accepting = Annotated[Command, doing("introduction.accept")]
Closing = Annotated[Command, doing("introduction.close")]
Withdrawing = Annotated[Command, doing("introduction.withdraw")]
Alarming = Annotated[Command, doing("introduction.raise-safety-concern")]
Correcting = Annotated[Command, doing("introduction.correct-source")]
Knowing = Annotated[Access, may("person.read")]
Changing = Annotated[Command, doing("person.change-details")]
Sharing = Annotated[Command, doing("person.change-sharing")]
Importing = Annotated[Command, doing("import.make")]
SeeingImports = Annotated[Access, may("import.read")]
SeeingResendings = Annotated[Access, may("resending.read")]
Resending = Annotated[Command, doing("resending.make")]
ResendingOne = Annotated[Command, doing("person.resend")]
Anybody = Annotated[Command, public_command()]

__all__ = ["MOST_BYTES", "MOST_ROWS", "Email", "check_file", "template"]
"""What pages need of the API's own reading."""


def sees(access: Access, action: str, person: Person | None) -> bool:
    """By the table and by the person's wish: another organisation's people see only what theirs may hold.

    Broken glass outweighs the wish (vital interest), as it does in the table.
    """
    if not access.sees(action):
        return False
    own = access.about is not None and access.about.organisation == access.caller.organisation
    wished = person is not None and person.may_hold(access.caller.organisation)
    return own or wished or access.standing.glass_until is not None


def must_see(access: Access | None, person: Person) -> None:
    """Details are changed as a whole, so whoever may not see them may not change them either: 403."""
    if access is None or not sees(access, "person.see-details", person):
        raise ProblemRaised(403)
