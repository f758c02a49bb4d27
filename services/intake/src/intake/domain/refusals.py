"""How the front door says no to its staff. It never says no to a person who comes."""

from alliance.kernel import Refusal


class IntroductionAlreadyAccepted(Refusal):
    """The introduction has been accepted; a conversation follows."""


class IntroductionAlreadyClosed(Refusal):
    """The introduction has been closed with another ending."""


class IntroductionAlreadyWithdrawn(Refusal):
    """The person has withdrawn the introduction."""


class ClaimedBySomebodyElse(Refusal):
    """A colleague has taken this introduction on."""


class NobodyHasClaimed(Refusal):
    """Nobody has taken the introduction on, so nobody can give it back."""


class WayNotSafe(Refusal):
    """The person is not to be reached by this way: somebody else may see or hear it, or there is no such way."""


class MessageNeeded(Refusal):
    """What is left on the status page needs words, and elsewhere none are kept."""


class NotesFull(Refusal):
    """An introduction about which so much is written needs a conversation, not one more note."""


class ElsewhereNeeded(Refusal):
    """Signposted: to where?"""


class DuplicateOfWhat(Refusal):
    """A duplicate is one of another introduction that lives on."""


class ConcernWouldBeLost(Refusal):
    """The other introduction has not the safety concern that this one has."""


class HandOverNotConfirmed(Refusal):
    """Out of area ends with the other service's word that they have the person; until then the person is ours."""


class NotHandedOver(Refusal):
    """There is no hand-over that could be confirmed."""


class NothingToReopen(Refusal):
    """The introduction is still at the front door."""


class NotEnoughAttempts(Refusal):
    """The person has not been tried often enough to say that they could not be reached."""


class EnoughAdded(Refusal):
    """The person has added more to their introduction than anybody will read; talking is better."""


class BasisDoesNotAllow(Refusal):
    """An objection is no basis for sharing."""


class OverrideWithoutReason(Refusal):
    """Nobody overrides what a person wishes without saying why."""


class NhsNumberWrong(Refusal):
    """The check digit of the NHS number does not fit."""


class AlreadyMerged(Refusal):
    """The record has been merged into another one."""


class FileStillArriving(Refusal):
    """The parts of the file are still being put."""


class NothingToImport(Refusal):
    """No row of the file could be read."""


class ImportOver(Refusal):
    """The import has ended, was cancelled, or was not started in time."""


class FileUnreadable(Refusal):
    """The file as a whole cannot be read: its encoding, its headings or its size."""


class MergedFurther(Refusal):
    """The surviving record is itself part of a third one: what was merged last is undone first."""


class ResendingOver(Refusal):
    """Everybody's details have been sent already."""


class NoSuchRecipient(Refusal):
    """The agreement lets no such service receive details."""


class SharingNotAllowed(Refusal):
    """The person does not let that organisation hold the details."""


class StatusDoesNotFit(Refusal):
    """The status is one of a number that is there, and there is none, or the other way round."""


class PersonIsErased(Refusal):
    """The person has been erased: nothing is written down about them any more."""


class NotIdentified(Refusal):
    """Nobody has made sure yet that it was the person who asked."""


class StillInCare(Refusal):
    """Nobody is erased while something is open for them, or a legal hold stands."""


class NotAgreed(Refusal):
    """The governance lead has not agreed to the erasure."""


class ErasureDecided(Refusal):
    """The request has been decided, or it has begun."""


class AlreadyAsked(Refusal):
    """The person has such a request already, and it is not over."""


class RecordNotReady(Refusal):
    """Not every service has sent its part of the record."""


class RecordIsReleased(Refusal):
    """The request for a copy of the record is over."""


class DateInTheFuture(Refusal):
    """What has not happened yet cannot be noted."""


class ExtensionWrong(Refusal):
    """A record is kept for longer until a day to come, at most ten years from now."""


class OnHold(Refusal):
    """Nothing of this record may be deleted."""


class TimeNotCome(Refusal):
    """The record has to be kept for longer."""


class ErasureBegun(Refusal):
    """The record is being erased already."""
