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


class ConversationAlreadyRecorded(Refusal):
    """A conversation with other contents was recorded by the same command."""


class AlreadyIntroducedToIpsa(Refusal):
    """The person has been introduced to IPSA with other particulars."""


class InTheFuture(Refusal):
    """What has happened cannot be dated in the future."""


class EnoughWorkers(Refusal):
    """As many colleagues as may work with one person do so already."""


class LastWorker(Refusal):
    """Nobody else is named on the case."""


class WrongAnswers(Refusal):
    """A measure was answered in a way that its form does not have."""


class TakenBackAlready(Refusal):
    """The measure does not count any more."""


class GoalEnded(Refusal):
    """The goal was met or let go."""


class GoalNotThere(Unknown):
    """The case has no such goal."""


class RiskNotThere(Unknown):
    """The case has no such risk."""


class RiskClosed(Refusal):
    """The risk was closed: if it is back, record it anew."""


class MeasurementNotThere(Unknown):
    """The case has no such measure."""


class NotAgreed(Refusal):
    """A plan that the person has not agreed with needs to say why."""


class OfferParked(Refusal):
    """The same was declined not long ago, for a reason that keeps it back for a while."""


class ReasonOfTheOtherSide(Refusal):
    """The person and the provider have reasons of their own for saying no."""


class NotInDirectory(Unknown):
    """The directory has no such entry."""


class NotTakingOn(Refusal):
    """The service is full, closed or not taking anybody on now, as far as the directory knows."""


class EntryDefunct(Refusal):
    """The service of this entry is gone for good."""


class WrongParticulars(Refusal):
    """What an entry says cannot be true."""


class ReviewInThePast(Refusal):
    """A plan cannot be looked at again before it was made."""


class NamingNotThere(Unknown):
    """Nobody is asked to become key worker."""


class NotTheirCase(Refusal):
    """Another colleague has become key worker meanwhile."""


class TransferNotThere(Unknown):
    """The case has no such transfer."""


class TransferUnderWay(Refusal):
    """Another organisation has been asked to take the case over and has not answered."""


class TransferOver(Refusal):
    """The transfer has been answered, taken back, or was not answered in time."""


class HoldsItAlready(Refusal):
    """A case moves to another organisation, never to its own."""


class NotYourTransfer(Refusal):
    """The receiver accepts or returns, the sender takes back."""


class AgreementNeeded(Refusal):
    """The person has not agreed, and nothing else is said on which the transfer rests."""


class ReviewNotPlanned(Unknown):
    """The case has no such review ahead."""


class InThePast(Refusal):
    """What is planned lies ahead."""


class NotInTheTeam(Refusal):
    """That colleague is not a member of the team."""


class TeamClosed(Refusal):
    """The team takes nobody on any more."""


class TeamFull(Refusal):
    """A team that large cannot be looked after on one page."""


class PauseWrong(Refusal):
    """A pause ends after it begins, within the time that the case is open, and lasts no longer than is allowed."""


class PauseNotThere(Unknown):
    """The case has no such pause."""


class PauseOver(Refusal):
    """The pause is over: it can be put right, but not ended again."""


class NeverOpened(Refusal):
    """The case was never open: the introduction ended before it was accepted."""


class ClosedTooLongAgo(Refusal):
    """The case was closed too long ago to be the same case again."""


class PersonIsErased(Refusal):
    """The person has been erased: nothing is opened for them again."""


class EndedAtTheFrontDoor(Refusal):
    """The introduction ended at the front door, which alone can open it again."""
