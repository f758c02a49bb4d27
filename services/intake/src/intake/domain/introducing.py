"""What whoever introduced somebody else may know of it: that we have it, and how it goes on if the person agreed."""

from datetime import datetime
from enum import StrEnum

from intake.domain.codes import PersonKnows, WayIn
from intake.domain.introduction import Introduction
from intake.domain.records import State

BY_OTHERS = frozenset({WayIn.PROFESSIONAL, WayIn.API})
"""The ways in of professionals and of their systems: whoever comes by them gets a key of their own."""


class ToldToIntroducer(StrEnum):
    """The words of the front door's own."""

    NOT_READ = "not-read"
    IN_HAND = "in-hand"
    TAKEN_ON = "taken-on"
    DONE = "done"
    """Whatever became of it: a closing, a withdrawal and an acceptance that the person did not agree to tell of."""


def told_to_introducer(introduction: Introduction) -> ToldToIntroducer:
    """That somebody is served is said only where the person agreed to be introduced (common-law confidence)."""
    if introduction.state is State.RECEIVED:
        return ToldToIntroducer.NOT_READ
    if introduction.state is State.CLAIMED:
        return ToldToIntroducer.IN_HAND
    agreed = introduction.introducer is not None and introduction.introducer.person_knows is PersonKnows.AGREES
    served = introduction.state is State.ACCEPTED and introduction.case_closed_at is None
    return ToldToIntroducer.TAKEN_ON if agreed and served else ToldToIntroducer.DONE


def read_by(introduction: Introduction) -> datetime | None:
    """By when somebody reads it, while nobody has and that still holds."""
    unread = told_to_introducer(introduction) is ToldToIntroducer.NOT_READ
    return introduction.look_by if unread and not introduction.overdue else None
