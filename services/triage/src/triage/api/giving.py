"""What the routes ask for, by annotation."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from alliance.access import Access, Control
from alliance.kernel import Clock, Unknown, WorkingDays
from alliance.people import Known
from alliance.web import Command, doing, given, may
from alliance.web.limiting import Throttle
from triage.application.allocation import HandedOn
from triage.application.collections import (
    AllSpells,
    Cases,
    Directory,
    HomeSearches,
    Measurements,
    PersonalGoals,
    Places,
    Plans,
    Risks,
    Teams,
    UnfinishedTalks,
)
from triage.application.directory import DirectoryTerms
from triage.application.offers import OfferTerms, WeeklyCosts
from triage.application.showcase import Showcase

TheCases = Annotated[Cases, given("cases")]
TheKnown = Annotated[Known, given("known")]
"""Whom triage knows, and what they let it know of them."""
TheHomeSearches = Annotated[HomeSearches, given("home_searches")]
ThePlans = Annotated[Plans, given("plans")]
TheGoals = Annotated[PersonalGoals, given("personal_goals")]
TheRisks = Annotated[Risks, given("risks")]
TheMeasurements = Annotated[Measurements, given("measurements")]
TheUnfinished = Annotated[UnfinishedTalks, given("unfinished")]
TheTeams = Annotated[Teams, given("teams")]
TheSpells = Annotated[AllSpells, given("spells")]
TheWorkingDays = Annotated[WorkingDays, given("working_days")]
TheCosts = Annotated[WeeklyCosts, given("weekly_costs")]
TheTerms = Annotated[OfferTerms, given("offer_terms")]
TheProviders = Annotated[Mapping[str, str], given("providers")]
"""What the members that give support are called, by id."""
TheClock = Annotated[Clock, given("clock")]

Listing = Annotated[Access, may("case.list")]
Reading = Annotated[Access, may("case.read")]
TakingOn = Annotated[Command, doing("case.take-on")]
SteppingBack = Annotated[Command, doing("case.step-back")]
Holding = Annotated[Command, doing("case.hold-conversation")]
Prioritising = Annotated[Command, doing("case.change-priority")]
Offering = Annotated[Command, doing("case.offer-support")]
Introducing = Annotated[Command, doing("case.introduce")]
Pausing = Annotated[Command, doing("case.pause-waits")]
Reopening = Annotated[Command, doing("case.reopen")]
ListingSpells = Annotated[Access, may("spell.list")]
Closing = Annotated[Command, doing("case.close")]

TheDirectory = Annotated[Directory, given("directory")]
ThePlaces = Annotated[Places, given("places")]
TheDirectoryTerms = Annotated[DirectoryTerms, given("directory_terms")]
TheShowcase = Annotated[Showcase, given("showcase")]
HarvestLimit = Annotated[Throttle, given("harvest_limit")]
DirectoryReading = Annotated[Access, may("directory.read")]
EntryReading = Annotated[Access, may("entry.read")]
EntryAdding = Annotated[Command, doing("entry.add")]
EntryEditing = Annotated[Command, doing("entry.edit")]
EntryAssuring = Annotated[Command, doing("entry.assure")]
Importing = Annotated[Command, doing("directory.import")]
InboxReading = Annotated[Access, may("offer.list")]
Answering = Annotated[Command, doing("offer.answer")]
Choosing = Annotated[Access, may("case.offer-support")]
SeeingPlan = Annotated[Access, may("case.see-plan")]
SeeingMeasures = Annotated[Access, may("case.see-measures")]
Planning = Annotated[Command, doing("case.write-plan")]
Measuring = Annotated[Command, doing("case.measure")]
Suggesting = Annotated[Access, may("case.name-key-worker")]
Naming = Annotated[Command, doing("case.name-key-worker")]
AnsweringNaming = Annotated[Command, doing("naming.answer")]
ListingTransfers = Annotated[Access, may("transfer.list")]
ReadingTransfer = Annotated[Access, may("transfer.read")]
AnsweringTransfer = Annotated[Command, doing("transfer.answer")]
Asking = Annotated[Command, doing("case.transfer")]
Revoking = Annotated[Command, doing("case.revoke-transfer")]
Reviewing = Annotated[Command, doing("case.review")]
ListingTeams = Annotated[Access, may("team.list")]
SeeingCaseload = Annotated[Access, may("team.see-caseload")]
AddingTeam = Annotated[Command, doing("team.add")]
ManagingTeam = Annotated[Command, doing("team.manage")]
HandingOn = Annotated[Command, doing("team.hand-on")]


async def note_handed_on(control: Control, command: Command, done: Iterable[HandedOn]) -> None:
    """One entry for each case: the command's own says only which team it was about."""
    if command.access is None:
        return
    rule = control.policy.rule("team.hand-on")
    for each in done:
        if isinstance(each.refusal, Unknown):
            continue
        about = await control.about["case"](each.case_id)
        outcome = each.refusal.name if each.refusal else "done"
        await control.note(command.caller, rule, about, command.access.ruling, outcome, control.clock.now())
