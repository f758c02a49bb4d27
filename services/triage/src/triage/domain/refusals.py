"""How triage says no: two workers on one case, or a case that is not there any more."""

from alliance.kernel import Refusal, Unknown


class CaseNotOpen(Refusal):
    """Triage has heard of this introduction, but it has not been accepted yet."""


class CaseAlreadyClosed(Refusal):
    """The case is closed."""


class SupportAlreadyOffered(Refusal):
    """The case holds a live offer of this kind of support."""


class OfferNotThere(Unknown):
    """The case has no such offer."""


class OfferNotOpen(Refusal):
    """The offer has moved on: this step is not possible any more, or not yet."""


class AlreadyIntroducedToIpsa(Refusal):
    """The person has been introduced to IPSA with other particulars."""


class InTheFuture(Refusal):
    """What has happened cannot be dated in the future."""


class EnoughWorkers(Refusal):
    """As many colleagues as may work with one person do so already."""


class LastWorker(Refusal):
    """Nobody else is named on the case."""
