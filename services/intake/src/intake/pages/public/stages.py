"""What the status page says of each stage: where it is, what happens next, and how long that may take."""

from dataclasses import dataclass

from alliance.web.pages.templating import when
from intake.application.queries import Stage, Status

OPEN = (Stage.RECEIVED, Stage.BEING_LOOKED_AT, Stage.ACCEPTED, Stage.IN_CONVERSATION)
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
    Stage.WITHDRAWN: Told(
        "You have withdrawn your introduction.",
        "We do not contact you about it any more. You can introduce yourself again whenever you like.",
        "Nothing is outstanding.",
    ),
}


AT_HOME = Told("You have moved into a home of your own.", "Whoever works with you stays in touch.", "")


def told_of(status: Status, late: bool) -> Told:
    """With the promise that holds now; a broken one is said as such."""
    if status.moved_in:
        return AT_HOME
    found = TOLD[status.stage]
    if status.stage is not Stage.RECEIVED:
        return found
    if late or status.look_by is None:
        return Told(
            found.where,
            found.next,
            "We promised to look at it by now, and we have not. We are sorry. The people in charge have been told.",
        )
    return Told(found.where, found.next, f"Somebody looks at it by {when(status.look_by)} at the latest.")
