"""What the routes ask for, by annotation."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated

from fastapi import Depends

from alliance.access import Access, Control, Refused
from alliance.kernel import Clock, Refusal, Unknown
from alliance.people import Known
from alliance.web import Command, ProblemRaised, doing, given, may, public_command
from alliance.web.dependencies import control_of
from alliance.web.emails import Email
from alliance.web.limiting import Throttle
from intake.api.import_file import MOST_BYTES, MOST_ROWS, check_file, template
from intake.api.sight import Sight, nothing_there, sees
from intake.application.collections import (
    Equalities,
    Erasures,
    Imports,
    Introductions,
    Matches,
    Merges,
    Parts,
    People,
    Progresses,
    RecordParts,
    RecordRequests,
    Resendings,
    SupportWaits,
)
from intake.application.comparing import Comparing as ComparingPeople
from intake.application.contacts import Contacts
from intake.application.keeping import KeepingRecords
from intake.application.matches import Remembering
from intake.application.rights import RightsTerms
from intake.application.row_keys import RowKeys
from intake.application.working import Claimed, claim_several
from intake.domain.person import Person, Recipients
from intake.domain.records import Promise

TheIntroductions = Annotated[Introductions, given("introductions")]
ThePeople = Annotated[People, given("people")]
TheProgresses = Annotated[Progresses, given("progresses")]
TheImports = Annotated[Imports, given("imports")]
TheParts = Annotated[Parts, given("parts")]
TheComparing = Annotated[ComparingPeople, given("comparing")]
TheContacts = Annotated[Contacts, given("contacts")]
TheKeeping = Annotated[KeepingRecords, given("keeping_records")]
TheResendings = Annotated[Resendings, given("resendings")]
TheMatches = Annotated[Matches, given("matches")]
TheEqualities = Annotated[Equalities, given("equalities")]
TheMerges = Annotated[Merges, given("merges")]
TheRemembering = Annotated[Remembering, given("remembering")]
TheControl = Annotated[Control, Depends(control_of)]
TheKeys = Annotated[Callable[[], Awaitable[RowKeys]], given("row_keys")]
TheSupportWaits = Annotated[SupportWaits, given("support_waits")]
ApiLimit = Annotated[Throttle, given("api_limit")]
TheRecipients = Annotated[Recipients, given("recipients")]
TheAgreement = Annotated[str, given("agreement")]
"""The reference of the information-sharing agreement; empty where none is set."""
ThePromise = Annotated[Promise, given("promise")]
TheClock = Annotated[Clock, given("clock")]
TheErasures = Annotated[Erasures, given("erasures")]
TheRecordRequests = Annotated[RecordRequests, given("record_requests")]
TheRecordParts = Annotated[RecordParts, given("record_parts")]
TheRightsTerms = Annotated[RightsTerms, given("rights_terms")]
TheKnown = Annotated[Known, given("known")]
"""Which pseudonyms are one person's."""

Listing = Annotated[Access, may("introduction.list")]
Reading = Annotated[Access, may("introduction.read")]
Making = Annotated[Command, doing("introduction.make")]
Claiming = Annotated[Command, doing("introduction.claim")]
Trying = Annotated[Command, doing("introduction.note-contact-attempt")]
ClaimingSeveral = Annotated[Command, doing("introduction.claim-several")]
Releasing = Annotated[Command, doing("introduction.release")]
Reassigning = Annotated[Command, doing("introduction.reassign")]
Noting = Annotated[Command, doing("introduction.note-for-next-shift")]
HandingOver = Annotated[Command, doing("introduction.hand-over")]
Reopening = Annotated[Command, doing("introduction.reopen")]
Accepting = Annotated[Command, doing("introduction.accept")]
Closing = Annotated[Command, doing("introduction.close")]
Withdrawing = Annotated[Command, doing("introduction.withdraw")]
Alarming = Annotated[Command, doing("introduction.raise-safety-concern")]
Correcting = Annotated[Command, doing("introduction.correct-source")]
Knowing = Annotated[Access, may("person.read")]
Changing = Annotated[Command, doing("person.change-details")]
Sharing = Annotated[Command, doing("person.change-sharing")]
Numbering = Annotated[Command, doing("person.verify-number")]
Searching = Annotated[Command, doing("person.search")]
SeeingMatches = Annotated[Access, may("match.list")]
Comparing = Annotated[Access, may("match.read")]
Deciding = Annotated[Command, doing("match.decide")]
Splitting = Annotated[Command, doing("person.undo-merge")]
AskingEquality = Annotated[Command, doing("person.ask-equality")]
Importing = Annotated[Command, doing("import.make")]
SeeingImports = Annotated[Access, may("import.read")]
SeeingResendings = Annotated[Access, may("resending.read")]
Resending = Annotated[Command, doing("resending.make")]
ResendingOne = Annotated[Command, doing("person.resend")]
ListingKeeping = Annotated[Access, may("keeping.list")]
SeeingKeeping = Annotated[Access, may("keeping.see")]
NotingDeath = Annotated[Command, doing("person.note-death")]
DecidingKeeping = Annotated[Command, doing("keeping.decide")]
AskingForRights = Annotated[Command, doing("person.ask-for-rights")]
ReadingErasure = Annotated[Access, may("erasure.read")]
DecidingErasure = Annotated[Command, doing("erasure.decide")]
ReadingRecordRequest = Annotated[Access, may("record_request.read")]
StartingRecord = Annotated[Command, doing("record_request.start")]
SeeingRecord = Annotated[Access, may("record_request.see-record")]
ReleasingRecord = Annotated[Command, doing("record_request.release")]
Anybody = Annotated[Command, public_command()]

__all__ = ["MOST_BYTES", "MOST_ROWS", "Email", "Sight", "check_file", "nothing_there", "sees", "template"]
"""What pages need of the API's own reading."""


def must_see(access: Access | None, person: Person) -> None:
    """Details are changed as a whole, so whoever may not see them may not change them either: 403."""
    if access is None or not sees(access, "person.see-details", person):
        raise ProblemRaised(403)


class NotForYou(Refusal):
    """The table does not open this record to the caller."""


CLAIM = "introduction.claim"


async def claim_those_allowed(
    ids: Sequence[str],
    control: Control,
    command: Command,
    introductions: Introductions,
    promise: Promise,
    clock: Clock,
) -> list[Claimed]:
    """Several taken on at once: for each it is decided, done and noted as if it were asked for alone."""
    results: list[Claimed] = []
    for id_ in dict.fromkeys(ids):
        try:
            access = await control.allow(command.caller, CLAIM, id_)
        except Refused:
            results.append(Claimed(id_, NotForYou("The records of this person are not open to you.")))
        except Unknown as unknown:
            results.append(Claimed(id_, unknown))
        else:
            (result,) = await claim_several([id_], introductions, promise, clock, by=command.caller.subject)
            await control.done(access, CLAIM, result.refusal.name if result.refusal else "done")
            results.append(result)
    return results
