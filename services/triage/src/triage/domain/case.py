"""A case: one person, one introduction, from the first conversation until it is closed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alliance.kernel import Fact, Pence
from triage.domain import facts, refusals
from triage.domain.case_file import CaseFile, State
from triage.domain.codes import CaseOutcome, DeclinedBy, HelpArea, Priority, SafetyKind, Support, TeamType
from triage.domain.offer import Offer, OfferState
from triage.domain.priority import demands_of
from triage.domain.records import Concern, Conversation, Decision, IpsaProfile, SecondaryCare
from triage.domain.waits import Miss, Wait

MOST_WORKERS = 3


@dataclass(kw_only=True)
class Case(CaseFile):
    """News from the front door may come in any order: an ending heard first makes the later opening a no-op."""

    def on_due(self, now: datetime) -> None:
        self._say_missed([wait for wait in self.unannounced if wait.due_at <= now])

    def open(self, *, received_at: datetime, suggested: Priority, help_areas: tuple[HelpArea, ...]) -> None:
        """The front door accepted the introduction. If its ending is known already, the case stays closed."""
        if self.received_at is not None:
            return
        self.received_at, self.suggested_priority, self.help_areas = received_at, suggested, help_areas
        if self.state is State.CLOSED:
            return
        self.state = State.OPEN
        first = self.waiting[0]
        self._say(
            facts.CaseOpened,
            introduction_id=self.introduction_id,
            priority=self.priority,
            clock=first.clock,
            clock_due_at=first.due_at,
        )

    def raise_concern(self, kind: SafetyKind, *, at: datetime) -> None:
        """Somebody may be in danger: to the top. Refused when nobody works on the case any more."""
        if self._knows(kind, at):
            return
        if self.state is State.CLOSED and self.received_at is not None:
            raise refusals.CaseAlreadyClosed("The case is closed.")
        self._reprioritise(lambda: self._add_concern(kind, at), "safety-concern")

    def answer_concern_after_closing(self, kind: SafetyKind, *, at: datetime) -> None:
        """Keep the concern and say once more that the case is closed, so that nobody believes triage is on it."""
        if self.state is not State.CLOSED:
            return self.raise_concern(kind, at=at)
        self._add_concern(kind, at)
        return self._say_closed(repeated=True)

    def decide_priority(self, priority: Priority, *, reason_code: str, by: str, at: datetime) -> None:
        """A worker's word, which also answers the safety concerns known so far. A raised one starts its wait now."""
        self._must_be_open()
        if priority is self.priority and all(concern.answered for concern in self.concerns):
            return
        demands = demands_of(self.suggested_priority, self.received_at or at, self.decisions, self.concerns)
        current, since = min(demands, key=lambda demand: (demand[0].rank, demand[1]))
        since = at if priority.rank < current.rank else since

        self._say_missed_before(at)

        def decide() -> None:
            self.concerns = [replace(concern, answered=True) for concern in self.concerns]
            self.decisions.append(Decision(priority=priority, reason_code=reason_code, at=at, by=by, since=since))

        self._reprioritise(decide, reason_code)

    def hold_conversation(self, conversation: Conversation, *, now: datetime) -> None:
        """The conversation took place at its own time, which may be some while ago."""
        if conversation in self.conversations:
            return
        self._must_be_open()
        if conversation.held_at > now:
            raise refusals.InTheFuture("A conversation that was held cannot be in the future.")
        self._say_missed_before(conversation.held_at)
        self.conversations.append(conversation)
        self._say(
            facts.ConversationHeld,
            held_at=conversation.held_at,
            goal_tags=conversation.goals,
            need_areas=conversation.needs,
        )
        self._take_back_misses()

    def take_on(self, *, by: str) -> None:
        """Become a named worker of this person; a few at most, so that somebody is really there for them."""
        if by in self.workers:
            return
        self._must_be_open()
        if len(self.workers) >= MOST_WORKERS:
            raise refusals.EnoughWorkers("Three colleagues work with this person already. One of them can step back.")
        self.workers.append(by)

    def step_back(self, *, by: str) -> None:
        """Work with this person no longer. The last named worker stays until somebody else has taken the case on."""
        if by not in self.workers:
            return
        self._must_be_open()
        if self.workers == [by]:
            raise refusals.LastWorker("You are the only named worker. Ask a colleague to take the case on first.")
        self.workers.remove(by)

    def offer_support(self, offer_id: str, kind: Support, provider_id: str, *, at: datetime) -> None:
        """Offer something from the directory; one live offer of a kind at a time."""
        if any(offer.id == offer_id for offer in self.offers):
            return
        self._must_be_open()
        if any(offer.live and offer.kind is kind for offer in self.offers):
            raise refusals.SupportAlreadyOffered("A live offer of this kind of support is already there.")
        offer = Offer(id=offer_id, kind=kind, provider_id=provider_id, offered_at=at)
        self.offers.append(offer)
        self._say_of(offer, facts.SupportOffered, at=at)

    def accept_offer(self, offer_id: str, *, at: datetime) -> None:
        """The person says yes."""
        if offer := self._move(offer_id, OfferState.ACCEPTED, from_=(OfferState.OFFERED,)):
            offer.accepted_at = at
            self._say_of(offer, facts.SupportAccepted, at=at)

    def decline_offer(self, offer_id: str, *, by: DeclinedBy, reason_code: str, at: datetime) -> None:
        """The person or the provider says no, possibly late; the case is back in the queue."""
        if offer := self._move(offer_id, OfferState.DECLINED, from_=(OfferState.OFFERED, OfferState.ACCEPTED)):
            self._decline(offer, by, reason_code, at)

    def start_support(
        self, offer_id: str, *, started_at: datetime, costs: Mapping[Support, Pence], now: datetime
    ) -> None:
        """Support began at `started_at`, at what its kind costs a week: the wait for support is over."""
        if started_at > now:
            raise refusals.InTheFuture("Support that has started cannot start in the future.")
        if offer := self._move(offer_id, OfferState.STARTED, from_=(OfferState.ACCEPTED,)):
            self._say_missed_before(started_at)
            offer.started_at = started_at
            waited = max(0, (started_at - (self.received_at or started_at)).days)
            self._say_of(
                offer,
                facts.SupportStarted,
                at=started_at,
                waited_days=waited,
                weekly_cost_pence=costs.get(offer.kind, 0),
            )
            self._take_back_misses()

    def end_support(self, offer_id: str, *, at: datetime) -> None:
        """Support has come to its end; the case stays open until somebody closes it."""
        if offer := self._move(offer_id, OfferState.ENDED, from_=(OfferState.STARTED,)):
            offer.ended_at = at
            self._say_of(offer, facts.SupportEnded, at=at)

    def introduce_to_secondary_care(self, team_type: TeamType, *, at: datetime) -> None:
        """Introduce the person to a team of the trust; once for each kind of team."""
        if any(care.team_type is team_type for care in self.secondary_care):
            return
        self._must_be_open()
        self.secondary_care.append(SecondaryCare(team_type=team_type, at=at))
        self._say(facts.SecondaryCareIntroduced, team_type=team_type, at=at)

    def introduce_to_ipsa(self, profile: IpsaProfile, *, at: datetime) -> None:
        """The person is to have a home of their own; once."""
        if self.ipsa == profile:
            return
        self._must_be_open()
        if self.ipsa is not None:
            raise refusals.AlreadyIntroducedToIpsa("The person has already been introduced to IPSA.")
        self.ipsa, self.ipsa_at = profile, at
        particulars = {name: getattr(profile, name) for name in profile.__dataclass_fields__}
        self._say(facts.IpsaIntroduced, introduction_id=self.introduction_id, at=at, **particulars)

    def close(self, outcome: CaseOutcome, *, at: datetime) -> None:
        """The work is done, by a worker's word."""
        if self.state is State.CLOSED and self.outcome is outcome:
            return
        self._must_be_open()
        self._say_missed_before(at)
        self._end(outcome, at)

    def end_with_introduction(self, outcome: CaseOutcome, *, at: datetime) -> None:
        """The introduction ended. Heard before its acceptance, it leaves a tombstone that keeps the case closed."""
        if self.state is State.OPEN:
            self._end(outcome, at)
        elif self.state is State.EXPECTED:
            self.state, self.outcome, self.closed_at = State.CLOSED, outcome, at

    def _say_missed_before(self, moment: datetime) -> None:
        """What ends a wait too late may be told before the clock comes by; the miss is said all the same."""
        self._say_missed([wait for wait in self.unannounced if wait.due_at < moment])

    def _say_missed(self, waits: Sequence[Wait]) -> None:
        for wait in waits:
            self.misses.append(Miss(wait=wait))
            self._say(facts.WaitTargetMissed, clock=wait.clock, due_at=wait.due_at, priority=self.priority)

    def _take_back_misses(self) -> None:
        for place, miss in enumerate(self.misses):
            wait, ended_at = miss.wait, self.ends.of(miss.wait.clock, miss.wait.since)
            if not miss.corrected and ended_at is not None and ended_at <= wait.due_at:
                self.misses[place] = replace(miss, corrected=True)
                self._say(facts.WaitTargetMissCorrected, clock=wait.clock, due_at=wait.due_at, ended_at=ended_at)

    def _reprioritise(self, change: Callable[[], None], reason_code: str) -> None:
        before = self.priority
        change()
        if self.state is State.OPEN and self.priority is not before:
            self._say(facts.PriorityChanged, priority_from=before, priority_to=self.priority, reason_code=reason_code)

    def _knows(self, kind: SafetyKind, at: datetime) -> bool:
        return any((concern.kind, concern.raised_at) == (kind, at) for concern in self.concerns)

    def _add_concern(self, kind: SafetyKind, at: datetime) -> None:
        if not self._knows(kind, at):
            self.concerns.append(Concern(kind=kind, raised_at=at))
            self.concerns.sort(key=lambda concern: (concern.raised_at, concern.kind))

    def _move(self, offer_id: str, to: OfferState, *, from_: tuple[OfferState, ...]) -> Offer | None:
        offer = next((offer for offer in self.offers if offer.id == offer_id), None)
        if offer is None:
            raise refusals.OfferNotThere("The case has no such offer.")
        if offer.state is to:
            return None
        self._must_be_open()
        if offer.state not in from_:
            raise refusals.OfferNotOpen(f"The offer is {offer.state}.")
        offer.state = to
        return offer

    def _decline(self, offer: Offer, by: DeclinedBy, reason_code: str, at: datetime) -> None:
        offer.state, offer.declined_by, offer.reason_code, offer.ended_at = OfferState.DECLINED, by, reason_code, at
        self._say_of(offer, facts.SupportDeclined, at=at, by=by, reason_code=reason_code)

    def _end(self, outcome: CaseOutcome, at: datetime) -> None:
        for offer in [offer for offer in self.offers if offer.live]:
            moment = max(at, offer.last_moved_at)
            if offer.state is OfferState.STARTED:
                self.end_support(offer.id, at=moment)
            else:
                self._decline(offer, DeclinedBy.PERSON, "case-closed", moment)
        self.state, self.outcome, self.closed_at = State.CLOSED, outcome, at
        self._say_closed()
        self._take_back_misses()

    def _must_be_open(self) -> None:
        if self.state is State.CLOSED:
            raise refusals.CaseAlreadyClosed("The case is closed.")
        if self.state is State.EXPECTED:
            raise refusals.CaseNotOpen("The introduction has not been accepted yet.")

    def _say_closed(self, *, repeated: bool = False) -> None:
        if self.outcome is not None and self.closed_at is not None:
            self._say(
                facts.CaseClosed,
                introduction_id=self.introduction_id,
                outcome=self.outcome,
                at=self.closed_at,
                repeated=repeated,
            )

    def _say_of(self, offer: Offer, fact: Callable[..., Fact], **particulars: object) -> None:
        self._say(fact, offer_id=offer.id, offer_kind=offer.kind, provider_id=offer.provider_id, **particulars)

    def _say(self, fact: Callable[..., Fact], **particulars: object) -> None:
        self.record(fact(case_id=self.id, person_id=self.person_id, **particulars))
