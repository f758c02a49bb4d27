"""Where triage's aggregates are kept, by the names that commands and reactions ask for."""

from alliance.store import Documents
from triage.domain.case import Case
from triage.domain.details import Details
from triage.domain.home_search import HomeSearch

Cases = Documents[Case]
PersonDetails = Documents[Details]
HomeSearches = Documents[HomeSearch]
