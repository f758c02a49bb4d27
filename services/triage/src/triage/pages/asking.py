"""Who may ask for which page, by the table of who may do what."""

from typing import Annotated

from alliance.access import Access
from alliance.web.pages import Command, may, page_doing

Home = Annotated[Access, may("home.see")]
Queue = Annotated[Access, may("case.list")]
Reading = Annotated[Access, may("case.read")]

MayTakeOn = may("case.take-on")
MayStepBack = may("case.step-back")
MayHold = may("case.hold-conversation")
MayPrioritise = may("case.change-priority")
MayOffer = may("case.offer-support")
MayIntroduce = may("case.introduce")
MayClose = may("case.close")

TakingOn = Annotated[Command, page_doing("case.take-on")]
SteppingBack = Annotated[Command, page_doing("case.step-back")]
Holding = Annotated[Command, page_doing("case.hold-conversation")]
Prioritising = Annotated[Command, page_doing("case.change-priority")]
Offering = Annotated[Command, page_doing("case.offer-support")]
Introducing = Annotated[Command, page_doing("case.introduce")]
Closing = Annotated[Command, page_doing("case.close")]

SeeingPlan = Annotated[Access, may("case.see-plan")]
SeeingMeasures = Annotated[Access, may("case.see-measures")]
MayPlan = may("case.write-plan")
MayMeasure = may("case.measure")
Planning = Annotated[Command, page_doing("case.write-plan")]
Measuring = Annotated[Command, page_doing("case.measure")]
