"""What is offered to the person: support from the directory, secondary care, a home of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from alliance.kernel import Fact, Pence
from triage.domain import facts, refusals
from triage.domain.case_file import State
from triage.domain.codes import DeclinedBy, DeclineReason, OfferWithdrawal, Support, SupportEnding, TeamType
from triage.domain.declining import SAID_BY, Parked, parked
from triage.domain.offer import Offer, Offered, OfferState
from triage.domain.records import EarlierIpsa, IpsaProfile, SecondaryCare
from triage.domain.waiting import Waiting


@dataclass(kw_only=True)
class Offering(Waiting):
    """Offers and introductions to others."""

    def offer_support(
        self, offer_id: str, what: Offered, *, at: datetime, answer_by: datetime | None = None, anyway: bool = False
    ) -> None:
        """Offer something from the directory; one live offer of the same at a time, and others beside it as needed.

        What was declined not long ago is `OfferParked` unless it is offered `anyway`. `answer_by`: when it lapses.
        """
        if any(offer.id == offer_id for offer in self.offers):
            return
        self._must_be_open()
        if any(offer.live and offer.what.lock == what.lock for offer in self.offers):
            raise refusals.SupportAlreadyOffered("A live offer of this kind of support is already there.")
        if not anyway and self.parked(what, at):
            raise refusals.OfferParked("This was declined not long ago. Confirm that you offer it all the same.")
        self.see_to_declines()
        offer = Offer(id=offer_id, offered_at=at, answer_by=answer_by, **vars(what))
        self.offers.append(offer)
        self._say_of(offer, facts.SupportOffered, at=at, answer_by=answer_by)

    def parked(self, what: Offered, at: datetime) -> Parked | None:
        return parked(what, self.offers, self.last_contact_at, at)

    def accept_offer(self, offer_id: str, *, at: datetime, by: DeclinedBy = DeclinedBy.PERSON) -> None:
        """The person says yes, or the provider for both."""
        if offer := self._move(offer_id, OfferState.ACCEPTED, from_=(OfferState.OFFERED,)):
            offer.accepted_at, offer.accepted_by = at, by
            self._say_of(offer, facts.SupportAccepted, at=at)

    def decline_offer(self, offer_id: str, *, by: DeclinedBy, reason_code: str, at: datetime, note: str = "") -> None:
        """The person or the provider says no, possibly late: the case is back in the queue, whatever else runs."""
        if reason_code in set(DeclineReason) and by not in SAID_BY[DeclineReason(reason_code)]:
            raise refusals.ReasonOfTheOtherSide(f"Select a reason that the {by} gives.")
        if offer := self._move(offer_id, OfferState.DECLINED, from_=(OfferState.OFFERED, OfferState.ACCEPTED)):
            offer.declined_by, offer.reason_code, offer.ended_at, offer.note = by, reason_code, at, note
            self._say_of(offer, facts.SupportDeclined, at=at, by=by, reason_code=reason_code, late=offer.late)

    def withdraw_offer(self, offer_id: str, *, reason_code: str, at: datetime) -> None:
        """We take it back, before support has begun: it is nobody's decline."""
        if offer := self._move(offer_id, OfferState.WITHDRAWN, from_=(OfferState.OFFERED, OfferState.ACCEPTED)):
            offer.reason_code, offer.ended_at = reason_code, at
            self._say_of(offer, facts.SupportWithdrawn, at=at, reason_code=reason_code)

    def see_to_declines(self) -> None:
        """A worker knows what was declined or has lapsed: what else is offered is enough for now."""
        for offer in self.offers:
            offer.seen_to = offer.seen_to or offer.came_back

    def due_at(self) -> datetime | None:
        answers = [offer.answer_by for offer in self._unanswered]
        return min((each for each in (super().due_at(), *answers) if each), default=None)

    def on_due(self, now: datetime) -> None:
        super().on_due(now)
        for offer in self._unanswered:
            if offer.answer_by and offer.answer_by <= now:
                offer.state, offer.ended_at = OfferState.LAPSED, offer.answer_by
                self._say_of(offer, facts.SupportLapsed, at=offer.answer_by)

    @property
    def _unanswered(self) -> list[Offer]:
        """Those that wait for an answer."""
        if self.state is not State.OPEN:
            return []
        return [offer for offer in self.offers if offer.state is OfferState.OFFERED]

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
            self._settle_misses()

    def end_support(self, offer_id: str, *, at: datetime, reason_code: str = SupportEnding.COMPLETED) -> None:
        """Support has come to its end; the case stays open until somebody closes it."""
        if offer := self._move(offer_id, OfferState.ENDED, from_=(OfferState.STARTED,)):
            offer.ended_at, offer.reason_code = at, reason_code
            self._say_of(offer, facts.SupportEnded, at=at, reason_code=reason_code)

    def _end_offers(self, at: datetime) -> None:
        """The case closes: support that runs ends, and what has not begun is taken back."""
        for offer in [offer for offer in self.offers if offer.live]:
            moment = max(at, offer.last_moved_at)
            if offer.state is OfferState.STARTED:
                self.end_support(offer.id, at=moment, reason_code=SupportEnding.CASE_CLOSED)
            else:
                self.withdraw_offer(offer.id, at=moment, reason_code=OfferWithdrawal.CASE_CLOSED)

    def introduce_to_secondary_care(self, team_type: TeamType, *, at: datetime) -> None:
        """Introduce the person to a team of the trust; once for each kind of team."""
        if any(care.team_type is team_type for care in self.secondary_care):
            return
        self._must_be_open()
        self.secondary_care.append(SecondaryCare(team_type=team_type, at=at))
        self._say(facts.SecondaryCareIntroduced, team_type=team_type, at=at)

    def introduce_to_ipsa(self, profile: IpsaProfile, *, at: datetime, again: bool = False) -> None:
        """The person is to have a home of their own; once for each search. `again`: housing has ended the last one."""
        again = again and self.introduced_to_ipsa
        if self.introduced_to_ipsa and self.ipsa == profile and not again:
            return
        self._must_be_open()
        if self.introduced_to_ipsa and not again:
            raise refusals.AlreadyIntroducedToIpsa("The person has already been introduced to IPSA.")
        if self.ipsa and self.ipsa_at:
            self.ipsa_earlier.append(EarlierIpsa(profile=self.ipsa, at=self.ipsa_at))
        self.ipsa, self.ipsa_at, self.ipsa_search = profile, at, self.search + again
        particulars = {name: getattr(profile, name) for name in profile.__dataclass_fields__}
        self._say(
            facts.IpsaIntroduced,
            introduction_id=self.introduction_id,
            at=at,
            spell=self.spell,
            search=self.search,
            **particulars,
        )

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

    def _say_of(self, offer: Offer, fact: Callable[..., Fact], **particulars: object) -> None:
        about = {"offer_id": offer.id, "offer_kind": offer.kind}
        self._say(fact, **about, provider_id=offer.provider_id, service_id=offer.service_id, **particulars)
