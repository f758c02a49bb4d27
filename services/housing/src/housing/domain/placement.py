"""One person's way to a home of their own: this document decides what becomes of each offer."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from housing.domain import facts, refusals
from housing.domain.codes import CorrectionReason, DeclinedBy, DeclineReason, LapseReason
from housing.domain.offer import Offer, OfferState
from housing.domain.placement_file import PlacementFile
from housing.domain.stages import Beginning, Closing, Correction, MoveOn


@dataclass(kw_only=True)
class Placement(PlacementFile):
    """At most one offer holds a home; an ended offer never comes back."""

    def on_due(self, now: datetime) -> None:
        """The offer was not answered in time."""
        offer = self.current_offer
        if offer and offer.state is OfferState.LIVE and offer.expires_at <= now:
            self._lapse(offer, LapseReason.RAN_OUT, now)

    def introduce(self, beginning: Beginning) -> None:
        """The search begins; for a placement that was withdrawn before we heard of it, it does not."""
        if self.beginning:
            return
        self.beginning = beginning
        if self.closing is None:
            self.record(
                facts.PlacementOpened(
                    placement_id=self.id,
                    case_id=beginning.case_id,
                    person_id=self.person_id,
                    current_setting=beginning.setting,
                    at=beginning.at,
                )
            )

    def take_on(self, worker: str) -> None:
        """Become, or make somebody, a named worker of this person."""
        if worker in self.workers:
            return
        if self.closing:
            raise refusals.PlacementIsClosed("The search for a home has ended.")
        self.workers = (*self.workers, worker)

    def step_back(self, worker: str) -> None:
        """Work with the person no longer. Others of the organisation that holds the placement still reach it."""
        self.workers = tuple(each for each in self.workers if each != worker)

    def check_open(self) -> None:
        """Raises `PlacementIsClosed` or `AlreadyMovedIn` once no offer can be taken ever again."""
        if self.closing or self.moved_on:
            raise refusals.PlacementIsClosed("The search for a home has ended.")
        if self.moved_in_on:
            raise refusals.AlreadyMovedIn("The person lives in a home of their own.")

    def take_offer(self, offer: Offer) -> None:
        """Raises `PlacementIsClosed`, `AlreadyMovedIn`, `PlacementAlreadyHasOffer`: all answered by `turn_back`."""
        if self._knows(offer.offer_id):
            return
        self.check_open()
        if self.current_offer:
            raise refusals.PlacementAlreadyHasOffer("The person already has an offer to answer.")
        self.offers = (*self.offers, offer)

    def turn_back(self, offer: Offer, reason: LapseReason, at: datetime) -> None:
        """An offer that cannot be taken is over; its home is free again."""
        if not self._knows(offer.offer_id):
            self.offers = (*self.offers, offer)
            self._lapse(offer, reason, at)

    def accept(self, offer_id: str, *, at: datetime) -> None:
        offer = self._offer_to_accept(offer_id, at)
        if offer is None:
            return
        self._replace(replace(offer, state=OfferState.ACCEPTED, accepted_at=at))
        self.record(
            facts.HomeOfferAccepted(
                offer_id=offer_id, placement_id=self.id, home_id=offer.home_id, person_id=self.person_id, at=at
            )
        )

    def decline(self, offer_id: str, *, by: DeclinedBy, reason_code: DeclineReason, at: datetime) -> None:
        """Also an accepted offer may be declined until the person has moved in."""
        offer = self.offer_by(offer_id)
        if offer.state is OfferState.DECLINED:
            return
        if not offer.holds_the_home:
            raise refusals.OfferRanOut("The offer has lapsed.")
        if self.moved_in_on:
            raise refusals.AlreadyMovedIn("The person has moved in; they can move on, not decline.")
        declined = replace(offer, state=OfferState.DECLINED, ended_at=at, declined_by=by, reason_code=reason_code)
        self._replace(declined)
        self.record(
            facts.HomeOfferDeclined(
                offer_id=offer_id,
                placement_id=self.id,
                home_id=offer.home_id,
                person_id=self.person_id,
                by=by,
                reason_code=reason_code,
                at=at,
            )
        )

    def confirm_move_in(self, moved_in_on: date, *, at: datetime) -> None:
        if self.moved_in_on == moved_in_on:
            return
        self.check_open()
        offer, beginning = self.current_offer, self.beginning
        if offer is None or beginning is None or offer.state is not OfferState.ACCEPTED:
            raise refusals.OfferNotAccepted("The person has not accepted an offer yet.")
        if moved_in_on > at.date():
            raise refusals.DateImpossible("A move in can be confirmed once it has happened, not before.")
        self.moved_in_on, self.moved_in_at = moved_in_on, at
        self.record(
            facts.PersonMovedIn(
                placement_id=self.id,
                case_id=beginning.case_id,
                person_id=self.person_id,
                home_id=offer.home_id,
                offer_id=offer.offer_id,
                setting=offer.setting,
                moved_in_on=moved_in_on,
                weekly_cost_pence=offer.weekly_cost_pence,
                previous_setting=beginning.setting,
                previous_weekly_cost_pence=beginning.weekly_cost_pence,
                section_117=beginning.section_117,
            )
        )
        if beginning.setting.is_institution:
            self.record(
                facts.ResidentialDischargeRecorded(
                    placement_id=self.id,
                    person_id=self.person_id,
                    setting=beginning.setting,
                    discharged_on=moved_in_on,
                )
            )

    def correct_move_in(self, moved_in_on: date, *, reason_code: CorrectionReason, at: datetime) -> None:
        before = self.moved_in_on
        if before is None:
            raise refusals.NotMovedIn("Nobody has moved in yet.")
        if before == moved_in_on:
            return
        if moved_in_on > at.date() or (self.moved_on and moved_in_on > self.moved_on.on):
            raise refusals.DateImpossible("The person cannot have moved in on that day.")
        self.moved_in_on = moved_in_on
        correction = Correction(before=before, after=moved_in_on, reason_code=reason_code, at=at)
        self.corrections = (*self.corrections, correction)
        self.record(
            facts.MoveInCorrected(
                placement_id=self.id,
                person_id=self.person_id,
                moved_in_on_before=before,
                moved_in_on=moved_in_on,
                reason_code=reason_code,
            )
        )

    def move_on(self, move_on: MoveOn, *, at: datetime) -> None:
        if self.moved_on == move_on:
            return
        if self.moved_on:
            raise refusals.AlreadyMovedOn("The person has already left the home.")
        offer = self.current_offer
        if self.moved_in_on is None or offer is None:
            raise refusals.NotMovedIn("Nobody has moved in yet.")
        if not self.moved_in_on <= move_on.on <= at.date():
            raise refusals.DateImpossible("The person cannot have moved on on that day.")
        self.moved_on, self.moved_on_at = move_on, at
        self.record(
            facts.PersonMovedOn(
                placement_id=self.id,
                person_id=self.person_id,
                home_id=offer.home_id,
                offer_id=offer.offer_id,
                moved_on_on=move_on.on,
                destination=move_on.destination,
                reason_code=move_on.reason_code,
            )
        )

    def close(self, closing: Closing) -> None:
        """End the search. Raises `AlreadyMovedIn`: who lives in a home moves on, the placement is not closed."""
        if self.moved_in_on and self.closing is None:
            raise refusals.AlreadyMovedIn("The person lives in the home; record that they moved on instead.")
        self.withdraw(closing)

    def withdraw(self, closing: Closing) -> None:
        """The case or the introduction ended elsewhere: stop searching. Nobody who has moved in loses their home."""
        if self.moved_in_on:
            return
        if self.closing:
            self.closing = min(self.closing, closing, key=lambda ending: (ending.at, ending.reason_code))
            return
        self.closing = closing
        if offer := self.current_offer:
            self._lapse(offer, LapseReason.PLACEMENT_CLOSED, closing.at)
        if self.beginning:
            self.record(
                facts.PlacementClosed(
                    placement_id=self.id,
                    person_id=self.person_id,
                    reason_code=closing.reason_code,
                    at=closing.at,
                )
            )

    def _offer_to_accept(self, offer_id: str, at: datetime) -> Offer | None:
        offer = self.offer_by(offer_id)
        if offer.state is OfferState.ACCEPTED:
            return None
        if offer.state is OfferState.LAPSED or (offer.state is OfferState.LIVE and offer.expires_at <= at):
            raise refusals.OfferRanOut("The offer has lapsed; the home has gone back to the list of vacancies.")
        if offer.state is OfferState.DECLINED:
            raise refusals.NoSuchOffer("The offer was declined.")
        return offer

    def _lapse(self, offer: Offer, reason: LapseReason, at: datetime) -> None:
        self._replace(replace(offer, state=OfferState.LAPSED, ended_at=at, reason_code=reason))
        self.record(
            facts.HomeOfferLapsed(
                offer_id=offer.offer_id,
                placement_id=self.id,
                home_id=offer.home_id,
                person_id=self.person_id,
                reason_code=reason,
                at=at,
            )
        )
