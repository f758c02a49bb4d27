"""What housing hears, and what it does about it. Its own events lead from one document to the other."""

from alliance.contracts import housing, intake, triage
from alliance.messaging import listen, on
from housing.domain.refusals import AlreadyMovedIn, PlacementAlreadyHasOffer, PlacementIsClosed
from housing.events.following import hold_for_acceptance, occupy_home, release_home
from housing.events.reactions import (
    close_search,
    close_search_of_case,
    let_offer_lapse,
    open_placement,
    take_offer,
)

hears = listen(
    on(triage.IpsaIntroduced, do=open_placement),
    on(triage.CaseClosed, do=close_search_of_case),
    on(intake.IntroductionWithdrawn, do=close_search),
    on(
        housing.HomeOffered,
        do=take_offer,
        answers={
            PlacementAlreadyHasOffer: let_offer_lapse,
            PlacementIsClosed: let_offer_lapse,
            AlreadyMovedIn: let_offer_lapse,
        },
    ),
    on(housing.HomeOfferAccepted, do=hold_for_acceptance),
    on(housing.HomeOfferDeclined, do=release_home),
    on(housing.HomeOfferLapsed, do=release_home),
    on(housing.PersonMovedIn, do=occupy_home),
    on(housing.PersonMovedOn, do=release_home),
)
