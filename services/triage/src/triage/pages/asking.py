"""Who may ask for which page, by the table of who may do what."""

from typing import Annotated

from alliance.access import Access
from alliance.web.pages import Command, may, page_doing

Home = Annotated[Access, may("home.see")]
Queue = Annotated[Access, may("case.list")]
Spells = Annotated[Access, may("spell.list")]
Reading = Annotated[Access, may("case.read")]
Suggesting = Annotated[Access, may("case.name-key-worker")]

MayTakeOn = may("case.take-on")
MayStepBack = may("case.step-back")
MayAnswerNaming = may("naming.answer")
MayTransfer = may("case.transfer")
MayRevoke = may("case.revoke-transfer")
MayReview = may("case.review")
MayAnswerTransfer = may("transfer.answer")
MayAddTeam = may("team.add")
MayManageTeam = may("team.manage")
MayHandOn = may("team.hand-on")
MayHold = may("case.hold-conversation")
MayPrioritise = may("case.change-priority")
MayOffer = may("case.offer-support")
MayIntroduce = may("case.introduce")
MayPause = may("case.pause-waits")
MayReopen = may("case.reopen")
MayClose = may("case.close")

TakingOn = Annotated[Command, page_doing("case.take-on")]
SteppingBack = Annotated[Command, page_doing("case.step-back")]
Holding = Annotated[Command, page_doing("case.hold-conversation")]
Prioritising = Annotated[Command, page_doing("case.change-priority")]
Offering = Annotated[Command, page_doing("case.offer-support")]
Introducing = Annotated[Command, page_doing("case.introduce")]
Pausing = Annotated[Command, page_doing("case.pause-waits")]
Reopening = Annotated[Command, page_doing("case.reopen")]
Closing = Annotated[Command, page_doing("case.close")]
Naming = Annotated[Command, page_doing("case.name-key-worker")]
AnsweringNaming = Annotated[Command, page_doing("naming.answer")]
Transferring = Annotated[Command, page_doing("case.transfer")]
Revoking = Annotated[Command, page_doing("case.revoke-transfer")]
AnsweringTransfer = Annotated[Command, page_doing("transfer.answer")]
Reviewing = Annotated[Command, page_doing("case.review")]
AddingTeam = Annotated[Command, page_doing("team.add")]
ManagingTeam = Annotated[Command, page_doing("team.manage")]
HandingOn = Annotated[Command, page_doing("team.hand-on")]

Transfers = Annotated[Access, may("transfer.list")]
ReadingTransfer = Annotated[Access, may("transfer.read")]
Teams = Annotated[Access, may("team.list")]
Caseload = Annotated[Access, may("team.see-caseload")]

SeeingPlan = Annotated[Access, may("case.see-plan")]
SeeingMeasures = Annotated[Access, may("case.see-measures")]
MayPlan = may("case.write-plan")
MayMeasure = may("case.measure")
Planning = Annotated[Command, page_doing("case.write-plan")]
Measuring = Annotated[Command, page_doing("case.measure")]
