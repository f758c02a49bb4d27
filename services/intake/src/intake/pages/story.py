"""An introduction as its page tells it: what the person said, and what happened since."""

from collections.abc import Mapping

from alliance.web.pages.timeline import Moment
from intake.application.queries import Stage, stage_of
from intake.domain.introduction import Introduction
from intake.domain.progress import Progress
from intake.domain.records import State
from intake.pages.words import LABELS

NEXT = {
    Stage.RECEIVED: "Somebody takes it on and gets in touch.",
    Stage.BEING_LOOKED_AT: "Get in touch, then accept it or close it with an ending.",
    Stage.ACCEPTED: "The conversation's team opens a case.",
    Stage.IN_CONVERSATION: "The conversation's team works with the person.",
    Stage.FINISHED: "The case is closed. Nothing is to be done here.",
    Stage.CLOSED: "Nothing is to be done here.",
    Stage.WITHDRAWN: "Nothing is to be done here. The person may introduce themselves again at any time.",
}


def what_next(introduction: Introduction) -> str:
    return NEXT[stage_of(introduction)]


def told(introduction: Introduction) -> list[tuple[str, str]]:
    """What the person said, question by question."""
    story = introduction.story
    return [
        ("What is going on", story.going_on),
        ("What matters to them", story.matters_to_me),
        ("What they are good at", story.good_at),
        ("What would help", story.would_help),
    ]


def workers_of(introduction: Introduction) -> set[str]:
    claimed = {introduction.claimed_by} if introduction.claimed_by else set()
    return claimed | {attempt.by for attempt in introduction.attempts}


def moments(
    introduction: Introduction, progress: Progress | None, names: Mapping[str, str], *, words: bool
) -> list[Moment]:
    """What happened, for the timeline; the person's own `words` only for those who may read them."""
    found = [Moment(at=introduction.received_at, what=f"Received: {LABELS[introduction.way_in.value].lower()}")]
    for concern in introduction.concerns:
        kind = LABELS[concern.kind.value]
        found.append(Moment(at=concern.raised_at, what="Safety concern raised", tag=kind, colour="red"))
    if introduction.claimed_at and introduction.claimed_by:
        who = names.get(introduction.claimed_by)
        found.append(Moment(at=introduction.claimed_at, what="Taken on", who=who))
    for attempt in introduction.attempts:
        outcome = LABELS[attempt.outcome.value]
        found.append(Moment(at=attempt.at, what="Tried to reach the person", who=names.get(attempt.by), tag=outcome))
    for addition in introduction.additions:
        detail = addition.text if words else None
        found.append(Moment(at=addition.at, what="The person added something", detail=detail))
    return [*found, *_endings(introduction), *_later(introduction, progress)]


def _endings(introduction: Introduction) -> list[Moment]:
    if introduction.ended_at is None:
        return []
    match introduction.state:
        case State.ACCEPTED:
            priority = introduction.suggested_priority
            tag = LABELS[priority.value] if priority else None
            return [Moment(at=introduction.ended_at, what="Accepted", tag=tag, colour="green")]
        case State.CLOSED:
            ending = LABELS[introduction.ending.value] if introduction.ending else None
            return [Moment(at=introduction.ended_at, what="Closed", tag=ending)]
        case _:
            return [Moment(at=introduction.ended_at, what="Withdrawn by the person")]


def _later(introduction: Introduction, progress: Progress | None) -> list[Moment]:
    found = []
    if introduction.case_closed_at:
        found.append(Moment(at=introduction.case_closed_at, what="The case was closed"))
    if progress and progress.told_at:
        found.append(Moment(at=progress.told_at, what="A message reached the person"))
    if progress and progress.not_reached_at:
        found.append(Moment(at=progress.not_reached_at, what="A message did not reach the person"))
    return found
