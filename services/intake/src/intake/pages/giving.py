"""What the pages of staff ask for, by annotation."""

from typing import Annotated

from alliance.access import Access
from alliance.web.pages import Command, given, may, page_doing
from alliance.web.pages.live import Live

TheLive = Annotated[Live, given("live")]

Home = Annotated[Access, may("home.see")]
Listing = Annotated[Access, may("introduction.list")]
Reading = Annotated[Access, may("introduction.read")]
MayMake = Annotated[Access, may("introduction.make")]
MayTry = Annotated[Access, may("introduction.note-contact-attempt")]
MayClaimSeveral = Annotated[Access, may("introduction.claim-several")]
MayRelease = Annotated[Access, may("introduction.release")]
MayReassign = Annotated[Access, may("introduction.reassign")]
MayNote = Annotated[Access, may("introduction.note-for-next-shift")]
MayHandOver = Annotated[Access, may("introduction.hand-over")]
MayReopen = Annotated[Access, may("introduction.reopen")]
MayAccept = Annotated[Access, may("introduction.accept")]
MayClose = Annotated[Access, may("introduction.close")]
MayWithdraw = Annotated[Access, may("introduction.withdraw")]
MayAlarm = Annotated[Access, may("introduction.raise-safety-concern")]
MayCorrect = Annotated[Access, may("introduction.correct-source")]
Knowing = Annotated[Access, may("person.read")]
MayChange = Annotated[Access, may("person.change-details")]
MayShare = Annotated[Access, may("person.change-sharing")]
SeeingImports = Annotated[Access, may("import.read")]
MayImport = Annotated[Access, may("import.make")]
SeeingResendings = Annotated[Access, may("resending.read")]
MayResend = Annotated[Access, may("resending.make")]
MayResendOne = Annotated[Access, may("person.resend")]

Making = Annotated[Command, page_doing("introduction.make")]
Claiming = Annotated[Command, page_doing("introduction.claim")]
Trying = Annotated[Command, page_doing("introduction.note-contact-attempt")]
ClaimingSeveral = Annotated[Command, page_doing("introduction.claim-several")]
Releasing = Annotated[Command, page_doing("introduction.release")]
Reassigning = Annotated[Command, page_doing("introduction.reassign")]
Noting = Annotated[Command, page_doing("introduction.note-for-next-shift")]
HandingOver = Annotated[Command, page_doing("introduction.hand-over")]
Reopening = Annotated[Command, page_doing("introduction.reopen")]
Accepting = Annotated[Command, page_doing("introduction.accept")]
Closing = Annotated[Command, page_doing("introduction.close")]
Withdrawing = Annotated[Command, page_doing("introduction.withdraw")]
Alarming = Annotated[Command, page_doing("introduction.raise-safety-concern")]
Correcting = Annotated[Command, page_doing("introduction.correct-source")]
Importing = Annotated[Command, page_doing("import.make")]
Resending = Annotated[Command, page_doing("resending.make")]
ResendingOne = Annotated[Command, page_doing("person.resend")]
Changing = Annotated[Command, page_doing("person.change-details")]
Sharing = Annotated[Command, page_doing("person.change-sharing")]
