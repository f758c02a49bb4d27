"""Code lists of the conversation record that go into no event."""

from enum import StrEnum


class RiskKind(StrEnum):
    """What somebody may come to harm by (the conversation's own list: it goes into no event)."""

    SELF_HARM = "self-harm"
    SUICIDE = "suicide"
    SELF_NEGLECT = "self-neglect"
    HARM_FROM_OTHERS = "harm-from-others"
    HARM_TO_OTHERS = "harm-to-others"
    SUBSTANCES = "substances"
    LOSING_HOME = "losing-home"
    OTHER = "other"


class NeedLevel(StrEnum):
    """How somebody gets on in one area of life, as they say themselves (the conversation's own list)."""

    GOING_WELL = "going-well"
    A_LITTLE_HELP = "a-little-help"
    A_LOT_OF_HELP = "a-lot-of-help"
    CANNOT_MANAGE = "cannot-manage"

    @property
    def rank(self) -> int:
        """0 where nothing is needed, 3 where somebody cannot manage."""
        return list(NeedLevel).index(self)


class ConnectionKind(StrEnum):
    PERSON = "person"
    PLACE = "place"
    GROUP = "group"


class GoalState(StrEnum):
    WORKING = "working"
    MET = "met"
    LET_GO = "let-go"


class CopyGiven(StrEnum):
    """Whether the person has their own copy of the plan."""

    ON_PAPER = "on-paper"
    BY_POST_OR_EMAIL = "by-post-or-email"
    NOT_WANTED = "no-copy-wanted"
    NOT_YET = "not-yet"


class DoneBy(StrEnum):
    """Whose part of a plan it is."""

    PERSON = "person"
    TEAM = "team"
    OTHERS = "others"
