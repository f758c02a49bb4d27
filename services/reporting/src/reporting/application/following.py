"""What each event says has happened to a person that is split by their equality answers: a pure function."""

from dataclasses import dataclass
from datetime import datetime

from alliance.contracts import Event, intake, triage
from reporting.domain.calendar import month_of
from reporting.domain.splits import Split

IN_TIME_DAYS = 7
"""The alliance's own promise: support starts within seven days."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    person_id: str
    key: str
    month: str
    taken_back: bool = False


Followed = (
    intake.IntroductionReceived
    | intake.IntroductionAccepted
    | intake.IntroductionClosed
    | intake.IntroductionWithdrawn
    | triage.ConversationHeld
    | triage.SupportStartedV2
    | triage.WaitTargetMissedV2
    | triage.WaitTargetMissCorrectedV2
)
FOLLOWED: tuple[type[Event], ...] = Followed.__args__


def happenings(event: Followed) -> list[Happening]:
    """Each opening of an introduction is accepted and ended by itself; a wait is known by what announced its miss."""
    match event:
        case intake.IntroductionReceived():
            return [_one(event.person_id, Split.INTRODUCTIONS, event.received_at, event.introduction_id)]
        case intake.IntroductionAccepted():
            which = (event.introduction_id, event.spell)
            return [_one(event.person_id, Split.ACCEPTED, event.accepted_at, *which)]
        case intake.IntroductionWithdrawn():
            which = (event.introduction_id, event.spell)
            return [_one(event.person_id, Split.WITHDRAWN, event.withdrawn_at, *which)]
        case intake.IntroductionClosed():
            which = (event.introduction_id, event.spell)
            return [_one(event.person_id, Split(event.ending.value), event.closed_at, *which)]
        case triage.ConversationHeld():
            return [_one(event.person_id, Split.CONVERSATIONS, event.held_at, event.case_id, _instant(event.held_at))]
        case triage.SupportStartedV2():
            in_time = [Split.SUPPORT_IN_A_WEEK] if event.waited_days <= IN_TIME_DAYS else []
            return [
                _one(event.person_id, split, event.started_at, event.offer_id) for split in (Split.SUPPORT, *in_time)
            ]
        case triage.WaitTargetMissedV2() | triage.WaitTargetMissCorrectedV2():
            wait = (event.case_id, event.clock.value, _instant(event.due_at), event.repeat)
            corrected = isinstance(event, triage.WaitTargetMissCorrectedV2)
            return [_one(event.person_id, Split.OVER_TIME, event.due_at, *wait, taken_back=corrected)]


def _one(person_id: str, split: Split, at: datetime, *which: object, taken_back: bool = False) -> Happening:
    key = ":".join(map(str, (split.value, *which)))
    return Happening(person_id=person_id, key=key, month=month_of(at), taken_back=taken_back)


def _instant(moment: datetime) -> int:
    """In seconds: a key has no dots."""
    return int(moment.timestamp())
