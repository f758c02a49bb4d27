"""Where the front door's aggregates are kept, by the names that commands and reactions ask for."""

from alliance.store import Documents
from intake.domain.equality import Equality
from intake.domain.erasure import Erasure
from intake.domain.imported import Part
from intake.domain.importing import Import
from intake.domain.introduction import Introduction
from intake.domain.keeping import Keeping
from intake.domain.match import Match
from intake.domain.merging import Merge
from intake.domain.person import Person
from intake.domain.progress import Progress
from intake.domain.record_request import RecordPart, RecordRequest
from intake.domain.resending import Resending
from intake.domain.support_wait import SupportWait

Introductions = Documents[Introduction]
People = Documents[Person]
Progresses = Documents[Progress]
Merges = Documents[Merge]
Imports = Documents[Import]
Parts = Documents[Part]
Matches = Documents[Match]
Resendings = Documents[Resending]
SupportWaits = Documents[SupportWait]
Equalities = Documents[Equality]
Erasures = Documents[Erasure]
RecordRequests = Documents[RecordRequest]
RecordParts = Documents[RecordPart]
Keepings = Documents[Keeping]
