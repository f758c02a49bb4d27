"""What is offered to the person: support from the directory, secondary care, a home of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from alliance.kernel import Fact, Pence
from triage.domain import facts, refusals
from triage.domain.codes import DeclinedBy, Support, TeamType
from triage.domain.offer import Offer, OfferState
from triage.domain.records import IpsaProfile, SecondaryCare
from triage.domain.waiting import Waiting


@dataclass(kw_only=True)
class Offering(Waiting):
    """Offers and introductions to others."""

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

    def _say_of(self, offer: Offer, fact: Callable[..., Fact], **particulars: object) -> None:
        self._say(fact, offer_id=offer.id, offer_kind=offer.kind, provider_id=offer.provider_id, **particulars)
