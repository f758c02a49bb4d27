"""What every service owes the people whom it knows by a pseudonym: to hold no more than they allow, to follow merges,
to forget them, and to tell them all it holds. Standard library and kernel only, so that any domain may use it.
"""

from alliance.people.details import ContactPoint, Snapshot
from alliance.people.forgetting import keeps, wordless
from alliance.people.gathered import GatheredRecord, RecordGathered
from alliance.people.holdings import MOST, Exempt, Holding, Holdings, by_id, by_key, by_listing, of_person, through
from alliance.people.known import Known, KnownPeople
from alliance.people.merged import Merged
from alliance.people.person import KnownPerson, PersonForgotten
from alliance.people.telling import Row, Section, tell

__all__ = [
    "MOST",
    "ContactPoint",
    "Exempt",
    "GatheredRecord",
    "Holding",
    "Holdings",
    "Known",
    "KnownPeople",
    "KnownPerson",
    "Merged",
    "PersonForgotten",
    "RecordGathered",
    "Row",
    "Section",
    "Snapshot",
    "by_id",
    "by_key",
    "by_listing",
    "keeps",
    "of_person",
    "tell",
    "through",
    "wordless",
]
