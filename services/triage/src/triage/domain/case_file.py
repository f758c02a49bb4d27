"""What is known of a case, and what follows from it: priority, waits and its place in the queue."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from alliance.kernel import Aggregate, Fact, derived_id, to_text
from triage.domain import facts, refusals
from triage.domain.codes import CaseOutcome, HelpArea, Priority
from triage.domain.national import Evidence
from triage.domain.offer import Offer
from triage.domain.pause import Pause
from triage.domain.priority import changes_of, demands_of, priority_of, reasons_of
from triage.domain.records import (
    Change,
    Closing,
    Concern,
    Conversation,
    Decision,
    EarlierIpsa,
    IpsaProfile,
    Reason,
    SecondaryCare,
)
from triage.domain.scores import Scores
from triage.domain.spans import Span
from triage.domain.waits import Ends, Miss, Targets, Wait, lasting, running, waits_of


def case_id_of(introduction_id: str, spell: int = 1) -> str:
    """The id of the case that an introduction leads to (a later spell, after reopening, has its own)."""
    return derived_id("triage", "case", introduction_id, str(spell))


class State(StrEnum):
    EXPECTED = "expected"
    """Something about the introduction was heard before its acceptance."""
    OPEN = "open"
    CLOSED = "closed"


@dataclass(kw_only=True)
class CaseFile(Aggregate):
    """The state of a case and what it says of itself; the verbs are in the classes of which `Case` is made."""

    indexed: ClassVar[tuple[str, ...]] = (
        "introduction_id",
        "person_id",
        "queue",
        "unanswered",
        "first_worker",
        "second_worker",
        "third_worker",
    )

    introduction_id: str
    person_id: str
    targets: Targets
    spell: int = 1
    """Which opening of the introduction led here: each has a case of its own, also one that triage opens again late."""
    organisation: str = ""
    """Who holds the case; empty in those older than transfers, which the organisation that runs the service holds."""
    state: State = State.EXPECTED
    received_at: datetime | None = None
    """Known once the acceptance has been heard."""
    suggested_priority: Priority = Priority.ROUTINE
    help_areas: tuple[HelpArea, ...] = ()
    concerns: list[Concern] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    conversations: list[Conversation] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    risks: list[Wait] = field(default_factory=list)
    """Waits of which it has been said that they are at risk."""
    misses: list[Miss] = field(default_factory=list)
    scores: Scores = field(default_factory=Scores)
    """When outcomes were measured; the first is the baseline."""
    plans_agreed_at: list[datetime] = field(default_factory=list)
    """When plans were agreed with the person, in order of time; the plans themselves are documents of their own."""
    secondary_care: list[SecondaryCare] = field(default_factory=list)
    ipsa: IpsaProfile | None = None
    ipsa_at: datetime | None = None
    ipsa_search: int = 1
    """Which search for a home the latest introduction to IPSA began."""
    ipsa_earlier: list[EarlierIpsa] = field(default_factory=list)
    outcome: CaseOutcome | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    """None where the front door ended it."""
    closing_reason: str | None = None
    closings: list[Closing] = field(default_factory=list)
    """Those that were undone by reopening."""
    workers: list[str] = field(default_factory=list)
    """Staff who work with the person, by subject, in the order in which they took the case on; few, see `Case`."""

    @classmethod
    def expected(
        cls, introduction_id: str, person_id: str, targets: Targets, spell: int = 1, *, organisation: str = ""
    ) -> Self:
        """The case of an introduction of which nothing else is known yet; `organisation` holds it."""
        return cls(
            id=case_id_of(introduction_id, spell),
            introduction_id=introduction_id,
            person_id=person_id,
            targets=targets,
            spell=spell,
            organisation=organisation,
        )

    @property
    def priority(self) -> Priority:
        return priority_of(self.suggested_priority, self.decisions, self.concerns)

    @property
    def reasons(self) -> list[Reason]:
        """Why the case has its priority, oldest first."""
        if self.received_at is None:
            return []
        return reasons_of(self.suggested_priority, self.received_at, self.decisions, self.concerns)

    @property
    def changes(self) -> list[Change]:
        """The whole history of the priority, oldest first: who, when, why, from what to what."""
        if self.received_at is None:
            return []
        return changes_of(self.suggested_priority, self.received_at, self.decisions, self.concerns)

    @property
    def spoken_for(self) -> list[str]:
        """Everybody whose word on priority, pauses, closing or reopening is on record, by subject."""
        pauses = [(pause.by, *(earlier.by for earlier in pause.earlier)) for pause in self.pauses]
        closings = [by for each in self.closings for by in (each.by, each.reopened_by)]
        found = [*(word.by for word in self.decisions), *(by for each in pauses for by in each), *closings]
        return [by for by in [*found, self.closed_by] if by]

    @property
    def demands(self) -> list[tuple[Priority, datetime]]:
        """What a conversation is wanted for, and since when: not before the case was opened again."""
        if self.received_at is None:
            return []
        demands = demands_of(self.suggested_priority, self.received_at, self.decisions, self.concerns)
        again = self.closings[-1].reopened_at if self.closings else None
        return [(priority, max(since, again or since)) for priority, since in demands]

    @property
    def paused(self) -> list[Span]:
        """When the clocks that may stand still did so: in pauses, and while the case was closed in between."""
        closed = [Span(start=each.closed_at, end=each.reopened_at) for each in self.closings]
        return [*(pause.span for pause in self.pauses), *closed]

    @property
    def waiting(self) -> list[Wait]:
        """What the person is still waiting for, first due first."""
        if self.received_at is None:
            return []
        return running(waits_of(self.received_at, self.demands, self.targets, self.paused), self.ends)

    @property
    def lasting(self) -> list[Wait]:
        """The waits that began with the introduction, ended or not, first due first."""
        return lasting(self.received_at, self.targets, self.paused) if self.received_at else []

    @property
    def last_contact_at(self) -> datetime | None:
        return max((talk.held_at for talk in self.conversations), default=None)

    @property
    def unanswered_concerns(self) -> list[Concern]:
        """Those about which no worker has decided yet, oldest first."""
        return [concern for concern in self.concerns if not concern.answered]

    @property
    def search(self) -> int:
        """Which search for a home, 1, 2 …, is the case's own now: another one once a closing has ended the last."""
        ended = [each.search for each in self.closings if each.outcome.ends_search]
        return max(self.ipsa_search, *(number + 1 for number in ended), 1)

    @property
    def introduced_to_ipsa(self) -> bool:
        """For the search that is the case's own now, whatever has become of it at housing."""
        return self.ipsa is not None and self.ipsa_search == self.search

    @property
    def queue(self) -> str | None:
        """The work queue's order: priority by rank, then what is due first. A live offer takes a case out of it.

        An unanswered safety concern does not wait for an offer: it keeps a case in the queue. One about somebody who
        has not been accepted yet is in the queue too, by when it was raised.
        """
        if self.place is None:
            return None
        if any(offer.live for offer in self.offers) and not (self.unanswered_concerns or self.came_back):
            return None
        return f"open:{self.place}"

    @property
    def came_back(self) -> list[Offer]:
        """Offers that were declined or have lapsed and that no worker has seen to: whatever else is offered, such a
        case is in the queue.
        """
        return [offer for offer in self.offers if offer.came_back]

    @property
    def unanswered(self) -> str | None:
        """The list of cases with a safety concern that nobody has answered, the oldest concern first."""
        if self.place is None or not self.unanswered_concerns:
            return None
        return f"unanswered:{to_text(self.unanswered_concerns[0].raised_at)}:{self.id}"

    @property
    def first_worker(self) -> str | None:
        """The list of each worker's own cases, ordered as the queue is; one key for each place among the named workers.

        One key with all of them would need an index on a list, by which one of the stores in use finds nothing.
        """
        return self._of_worker(0)

    @property
    def second_worker(self) -> str | None:
        return self._of_worker(1)

    @property
    def third_worker(self) -> str | None:
        return self._of_worker(2)

    def _of_worker(self, place: int) -> str | None:
        if self.place is None or place >= len(self.workers):
            return None
        return f"{self.workers[place]} {self.place}"

    @property
    def place(self) -> str | None:
        """Where it stands among all cases that somebody has to work on; None for the others."""
        if self.state is State.EXPECTED and self.concerns:
            return f"{self.priority.rank}:{to_text(self.concerns[0].raised_at)}:{self.id}"
        if self.state is not State.OPEN or self.received_at is None:
            return None
        due = self.waiting[0].due_at if self.waiting else self.received_at
        return f"{self.priority.rank}:{to_text(due)}:{self.id}"

    def due_at(self) -> datetime | None:
        risky = [wait.at_risk_at for wait in self.not_yet_at_risk if wait.at_risk_at]
        return min([*(wait.due_at for wait in self.unannounced), *risky], default=None)

    @property
    def ends(self) -> Ends:
        return Ends(evidence=self.evidence, rule=self.targets.full_stop, closed_at=self.closed_at)

    @property
    def evidence(self) -> Evidence:
        return Evidence(
            contacts=tuple(talk.held_at for talk in self.conversations),
            assessed=tuple(talk.held_at for talk in self.conversations if talk.needs),
            measured=tuple(at for at in [self.received_at and self.scores.first_at(self.received_at)] if at),
            planned=tuple(self.plans_agreed_at),
            started=tuple(offer.started_at for offer in self.offers if offer.started_at),
        )

    @property
    def unannounced(self) -> list[Wait]:
        """Running waits of which no miss has been said that still stands."""
        if self.state is not State.OPEN:
            return []
        return [wait for wait in self.waiting if not self._is_missed(wait)]

    @property
    def not_yet_at_risk(self) -> list[Wait]:
        """Running waits of which it has been said neither that they are at risk nor that they were missed."""
        return [wait for wait in self.unannounced if not any(risk.same_as(wait) for risk in self.risks)]

    def _is_missed(self, wait: Wait) -> bool:
        return any(miss.wait.same_as(wait) and not miss.corrected for miss in self.misses)

    def _must_be_open(self) -> None:
        if self.state is State.CLOSED:
            raise refusals.CaseAlreadyClosed("The case is closed.")
        if self.state is State.EXPECTED:
            raise refusals.CaseNotOpen("The introduction has not been accepted yet.")

    def _say(self, fact: Callable[..., Fact], **particulars: object) -> None:
        self.record(fact(case_id=self.id, person_id=self.person_id, **particulars))

    def _say_closed(self, *, repeated: bool = False, outcome: CaseOutcome | None = None) -> None:
        """`outcome`: another than the case was closed with."""
        if self.outcome is not None and self.closed_at is not None:
            self._say(
                facts.CaseClosed,
                introduction_id=self.introduction_id,
                outcome=outcome or self.outcome,
                at=self.closed_at,
                spell=self.spell,
                search=self.search,
                repeated=repeated,
                reason_code=self.closing_reason,
            )
