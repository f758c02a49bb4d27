"""What housing says: the fact of the domain, and the contract event that announces it."""

from alliance.contracts import housing
from alliance.contracts.saying import Sayings, say
from housing.domain import facts

says = Sayings(
    say(facts.PlacementOpened, housing.PlacementOpened),
    say(facts.HomeOffered, housing.HomeOffered),
    say(facts.HomeOfferAccepted, housing.HomeOfferAccepted),
    say(facts.HomeOfferDeclined, housing.HomeOfferDeclined),
    say(facts.HomeOfferLapsed, housing.HomeOfferLapsed),
    say(facts.PersonMovedIn, housing.PersonMovedIn),
    say(facts.ResidentialDischargeRecorded, housing.ResidentialDischargeRecorded),
    say(facts.MoveInCorrected, housing.MoveInCorrected),
    say(facts.PersonMovedOn, housing.PersonMovedOn),
    say(facts.PlacementClosed, housing.PlacementClosed),
)
