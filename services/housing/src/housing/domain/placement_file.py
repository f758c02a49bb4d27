"""What a placement is: its state, and what follows from it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from alliance.kernel import Aggregate, to_text
from housing.domain import refusals
from housing.domain.offer import Offer, OfferState
from housing.domain.stages import Beginning, Closing, Correction, MoveOn, Stage


@dataclass(kw_only=True)
class PlacementFile(Aggregate):
    """`beginning` is None in a tombstone: the withdrawal was heard before the introduction."""

    indexed: ClassVar[tuple[str, ...]] = ("pipeline", "lapsing", "case_id", "person_id")

    introduction_id: str
    person_id: str
    beginning: Beginning | None = None
    offers: tuple[Offer, ...] = ()
    moved_in_on: date | None = None
    moved_in_at: datetime | None = None
    """When the move in was confirmed."""
    corrections: tuple[Correction, ...] = ()
    moved_on: MoveOn | None = None
    moved_on_at: datetime | None = None
    """When it was recorded that the person moved on."""
    closing: Closing | None = None
    workers: tuple[str, ...] = ()
    """Those who work with the person, whatever their organisation."""

    @property
    def stage(self) -> Stage:
        if self.closing:
            return Stage.CLOSED
        if self.moved_on:
            return Stage.MOVED_ON
        if self.moved_in_on:
            return Stage.MOVED_IN
        if offer := self.current_offer:
            return Stage.ACCEPTED if offer.state is OfferState.ACCEPTED else Stage.OFFERED
        return Stage.INTRODUCED

    @property
    def case_id(self) -> str | None:
        return self.beginning.case_id if self.beginning else None

    @property
    def pipeline(self) -> str | None:
        """Where the placement stands in the pipeline: by stage, oldest first. A tombstone stands nowhere."""
        return f"{self.stage}:{to_text(self.beginning.at)}:{self.id}" if self.beginning else None

    @property
    def lapsing(self) -> str | None:
        """Where the placement stands among those whose offer waits for an answer: the first to lapse first."""
        due = self.due_at()
        return f"{to_text(due)}:{self.id}" if due else None

    @property
    def current_offer(self) -> Offer | None:
        """The one offer that holds a home for this person."""
        return next((offer for offer in self.offers if offer.holds_the_home), None)

    def offer_by(self, offer_id: str) -> Offer:
        """Raises `NoSuchOffer`."""
        for offer in self.offers:
            if offer.offer_id == offer_id:
                return offer
        raise refusals.NoSuchOffer("The person has no offer by that id.")

    def due_at(self) -> datetime | None:
        offer = self.current_offer
        return offer.expires_at if offer and offer.state is OfferState.LIVE else None

    def _knows(self, offer_id: str) -> bool:
        return any(offer.offer_id == offer_id for offer in self.offers)

    def _replace(self, changed: Offer) -> None:
        self.offers = tuple(changed if offer.offer_id == changed.offer_id else offer for offer in self.offers)
