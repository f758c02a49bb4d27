"""How homes and placements say no."""

from alliance.kernel import Refusal


class HomeAlreadyOffered(Refusal):
    """The home is held for somebody else."""


class HomeOccupied(Refusal):
    """Somebody lives in the home."""


class PlacementAlreadyHasOffer(Refusal):
    """The person has a live offer; a second one cannot stand beside it."""


class PlacementIsClosed(Refusal):
    """The search for a home has ended."""


class AlreadyMovedIn(Refusal):
    """The person lives in a home of their own."""


class NotMovedIn(Refusal):
    """Nobody has moved in yet."""


class AlreadyMovedOn(Refusal):
    """The person has left the home."""


class NoSuchOffer(Refusal):
    """The placement has no live offer by that id."""


class OfferRanOut(Refusal):
    """The offer was not answered in time."""


class OfferNotAccepted(Refusal):
    """Nobody can move in before they have accepted an offer."""


class DateImpossible(Refusal):
    """The date cannot be true: it lies in the future, or the move out would come before the move in."""
