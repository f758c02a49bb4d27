"""What the front door says: each fact, and the event that announces it."""

from collections.abc import Iterable

from alliance.contracts import intake
from alliance.contracts.saying import Sayings, Spoken, say, say_by
from intake.domain import facts


def _to_one_recipient(shared: facts.PersonShared) -> Iterable[Spoken]:
    event = intake.PersonShared.model_validate(shared, from_attributes=True)
    return [Spoken(event, recipient=shared.recipient)]


says = Sayings(
    say(facts.IntroductionReceived, intake.IntroductionReceived),
    say(facts.IntroductionAccepted, intake.IntroductionAccepted),
    say(facts.IntroductionClosed, intake.IntroductionClosed),
    say(facts.IntroductionWithdrawn, intake.IntroductionWithdrawn),
    say(facts.IntroductionReopened, intake.IntroductionReopened),
    say(facts.IntroductionOverdue, intake.IntroductionOverdue),
    say(facts.IntroductionLeftAlone, intake.IntroductionLeftAlone),
    say(facts.ContactCheckDue, intake.ContactCheckDue),
    say(facts.SourceCorrected, intake.SourceCorrected),
    say(facts.SafetyConcernRaised, intake.SafetyConcernRaised),
    say(facts.SharingChanged, intake.SharingChanged),
    say(facts.EqualityRecorded, intake.EqualityRecorded),
    say(facts.PeopleMerged, intake.PeopleMerged),
    say(facts.PeopleUnmerged, intake.PeopleUnmerged),
    say(facts.PersonDied, intake.PersonDied),
    say(facts.PersonDeathCorrected, intake.PersonDeathCorrected),
    say(facts.PersonErased, intake.PersonErased),
    say(facts.ErasureOverdue, intake.ErasureOverdue),
    say(facts.RecordRequested, intake.RecordRequested),
    say(facts.RecordOverdue, intake.RecordOverdue),
    say_by(facts.PersonShared, intake.PersonShared, by=_to_one_recipient),
)
