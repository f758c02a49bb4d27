"""The driver's own log: every command that was answered, in the words of who sent it, and nothing else."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar


@dataclass(frozen=True, kw_only=True)
class Answered:
    """`journey` tells which of the made-up people it was about."""

    journey: str


@dataclass(frozen=True, kw_only=True)
class Introduced(Answered):
    introduction_id: str
    person_id: str
    reference: str
    status_key: str
    self_introduced: bool


@dataclass(frozen=True, kw_only=True)
class Accepted(Answered):
    introduction_id: str
    priority: str = "3"


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Answered):
    introduction_id: str


@dataclass(frozen=True, kw_only=True)
class NobodyCame(Answered):
    """No answer, but as certain as one: nothing was done for this person until their wait was over."""

    introduction_id: str


@dataclass(frozen=True, kw_only=True)
class ConcernRaised(Answered):
    introduction_id: str


@dataclass(frozen=True, kw_only=True)
class AlertAcknowledged(Answered):
    alert_id: str


@dataclass(frozen=True, kw_only=True)
class ConversationHeld(Answered):
    case_id: str
    held_at: datetime


@dataclass(frozen=True, kw_only=True)
class SupportOffered(Answered):
    case_id: str
    offer_id: str


@dataclass(frozen=True, kw_only=True)
class SupportAccepted(Answered):
    offer_id: str


@dataclass(frozen=True, kw_only=True)
class SupportStarted(Answered):
    offer_id: str


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Answered):
    case_id: str


@dataclass(frozen=True, kw_only=True)
class IpsaIntroduced(Answered):
    """`setting` is always an institution here, so that every move is a discharge too."""

    introduction_id: str
    case_id: str
    weekly_pence: int
    section_117: bool


@dataclass(frozen=True, kw_only=True)
class HomeAdded(Answered):
    home_id: str
    weekly_pence: int


@dataclass(frozen=True, kw_only=True)
class HomeOffered(Answered):
    offer_id: str
    home_id: str
    placement_id: str


@dataclass(frozen=True, kw_only=True)
class OfferRefused(Answered):
    """The home was held for somebody else: a refusal is an answer, and changes nothing."""

    home_id: str
    placement_id: str
    refusal: str


@dataclass(frozen=True, kw_only=True)
class OfferDeclined(Answered):
    offer_id: str


@dataclass(frozen=True, kw_only=True)
class OfferAccepted(Answered):
    offer_id: str


@dataclass(frozen=True, kw_only=True)
class MovedIn(Answered):
    placement_id: str
    offer_id: str
    moved_in_on: date


@dataclass(frozen=True, kw_only=True)
class MoveInCorrected(Answered):
    placement_id: str
    moved_in_on: date


A = TypeVar("A", bound=Answered)


@dataclass
class Journal:
    """Commands in the order in which their answers came."""

    entries: list[Answered] = field(default_factory=list)
    _by_journey: dict[str, list[Answered]] = field(default_factory=lambda: defaultdict(list), repr=False)

    def __post_init__(self) -> None:
        for entry in self.entries:
            self._by_journey[entry.journey].append(entry)

    def note(self, entry: A) -> A:
        self.entries.append(entry)
        self._by_journey[entry.journey].append(entry)
        return entry

    def all(self, kind: type[A]) -> Iterator[A]:
        return (entry for entry in self.entries if isinstance(entry, kind))

    def values(self, kind: type[A], name: str) -> set[str]:
        """One field of every entry of a kind: `values(Withdrawn, "introduction_id")`."""
        return {str(getattr(entry, name)) for entry in self.all(kind)}

    def of(self, journey: str, kind: type[A]) -> list[A]:
        return [entry for entry in self._by_journey.get(journey, ()) if isinstance(entry, kind)]

    def without(self, entry: Answered) -> "Journal":
        """A log that forgot one command."""
        return Journal([each for each in self.entries if each is not entry])

    def and_also(self, entry: Answered) -> "Journal":
        """A log that claims one command more."""
        return Journal([*self.entries, entry])
