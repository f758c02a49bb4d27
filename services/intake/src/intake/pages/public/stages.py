"""What the status page says of each stage: where it is, what happens next, and how long that may take."""

from dataclasses import dataclass

from alliance.web.pages.templating import when
from intake.application.queries import Stage, Status
from intake.domain.support_wait import UsualWait

OPEN = (
    Stage.RECEIVED,
    Stage.BEING_LOOKED_AT,
    Stage.ACCEPTED,
    Stage.IN_CONVERSATION,
    Stage.IN_CONVERSATION_AGAIN,
)
"""In which it can still be withdrawn."""


@dataclass(frozen=True)
class Told:
    where: str
    next: str
    wait: str


TOLD = {
    Stage.RECEIVED: Told(
        "We have your introduction.", "Somebody at our front door reads it and gets in touch the way you asked for.", ""
    ),
    Stage.BEING_LOOKED_AT: Told(
        "Somebody at our front door is looking at your introduction.",
        "They get in touch the way you asked for. If you asked us not to contact you, look here again.",
        "Usually within a day or two.",
    ),
    Stage.ACCEPTED: Told(
        "Your introduction is accepted.",
        "Somebody arranges a first conversation with you, about what you want and what would help.",
        "Support begins within 7 days: that is our promise.",
    ),
    Stage.IN_CONVERSATION: Told(
        "You are in conversation with our team.",
        "You and your team decide together what happens next.",
        "Support begins within 7 days: that is our promise.",
    ),
    Stage.IN_CONVERSATION_AGAIN: Told(
        "We are working with you again.",
        "Your team gets in touch with you. You decide together what happens next.",
        "You do not start from the beginning: what we promised you goes on from where it stood.",
    ),
    Stage.FINISHED: Told(
        "Our work together is finished.",
        "You can introduce yourself again whenever you like.",
        "Nothing is outstanding.",
    ),
    Stage.CLOSED: Told(
        "Your introduction is closed.",
        "If you did not hear from us, or things are different now, introduce yourself again. There is no wrong reason.",
        "Nothing is outstanding.",
    ),
    Stage.HANDED_OVER: Told(
        "Your introduction is with the service for where you live.",
        "They have told us that they have it, and they get in touch with you. If they do not, introduce yourself again "
        "and we sort it out.",
        "Nothing is outstanding here.",
    ),
    Stage.WITHDRAWN: Told(
        "You have withdrawn your introduction.",
        "We do not contact you about it any more. You can introduce yourself again whenever you like.",
        "Nothing is outstanding.",
    ),
}


AT_HOME = Told("You have moved into a home of your own.", "Whoever works with you stays in touch.", "")


AGAIN = "We have opened your introduction again."


def told_of(status: Status, late: bool) -> Told:
    """With the promise that holds now; a broken one is said as such."""
    if status.moved_in:
        return AT_HOME
    found = TOLD[status.stage]
    if status.stage is not Stage.RECEIVED:
        return found
    where = AGAIN if status.reopened else found.where
    if late or status.look_by is None:
        return Told(
            where,
            found.next,
            "We promised to look at it by now, and we have not. We are sorry. The people in charge have been told.",
        )
    return Told(where, found.next, f"Somebody looks at it by {when(status.look_by)} at the latest.")


def usual(wait: UsualWait | None) -> str | None:
    """How long it lately took until support began: what happened, in words; None where there is too little to say."""
    if wait is None:
        return None
    if wait.half == wait.most:
        return f"In the last 8 weeks, most people had support {_within(wait.most)} of introducing themselves."
    return (
        f"In the last 8 weeks, half of the people had support {_within(wait.half)} of introducing themselves, and most "
        f"people (3 in 4) {_within(wait.most)}."
    )


def _within(days: int) -> str:
    return "within a day" if days <= 1 else f"within {days} days"
