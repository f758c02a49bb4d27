"""Where triage's aggregates are kept, by the names that commands and reactions ask for."""

from alliance.store import Documents
from triage.domain.case import Case
from triage.domain.entry import Entry
from triage.domain.home_search import HomeSearch
from triage.domain.measurement import Measurement
from triage.domain.personal_goal import PersonalGoal
from triage.domain.place import Place
from triage.domain.plan import Plan
from triage.domain.risk import Risk
from triage.domain.spells import Spells
from triage.domain.team import Team
from triage.domain.unfinished import Unfinished

Cases = Documents[Case]
HomeSearches = Documents[HomeSearch]
Plans = Documents[Plan]
PersonalGoals = Documents[PersonalGoal]
Risks = Documents[Risk]
Measurements = Documents[Measurement]
UnfinishedTalks = Documents[Unfinished]
Directory = Documents[Entry]
Places = Documents[Place]
Teams = Documents[Team]
AllSpells = Documents[Spells]
