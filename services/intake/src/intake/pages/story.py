"""An introduction as its page tells it: what the person said, and what happened since."""

from collections.abc import Mapping

from alliance.web.pages.templating import when
from alliance.web.pages.timeline import Moment
from intake.application.queries import Stage, stage_of
from intake.domain.introduction import Introduction
from intake.domain.progress import Progress
from intake.domain.records import HandOver, Introducer, State, Turn
from intake.pages.words import LABELS

NEXT = {
    Stage.RECEIVED: "Somebody takes it on and gets in touch.",
    Stage.BEING_LOOKED_AT: "Get in touch, then accept it or close it with an ending.",
    Stage.ACCEPTED: "The conversation's team opens a case.",
    Stage.IN_CONVERSATION: "The conversation's team works with the person.",
    Stage.IN_CONVERSATION_AGAIN: "The conversation's team has opened the case again, and works with the person.",
    Stage.FINISHED: "The case is closed. Nothing is to be done here.",
    Stage.CLOSED: "Nothing is to be done here.",
    Stage.HANDED_OVER: "Nothing is to be done here: the other area's service has the person.",
    Stage.WITHDRAWN: "Nothing is to be done here. The person may introduce themselves again at any time.",
}


def what_next(introduction: Introduction) -> str:
    if introduction.at_the_door and introduction.hand_over is not None:
        return "Ask the other area's service whether it has the person, and note it."
    if introduction.contact_said is not None:
        return "Change the person's details: they wrote how to reach them from now on."
    if introduction.contact_by is not None:
        return f"Get in touch with the person by {when(introduction.contact_by)}."
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


def introduced_by(introducer: Introducer | None) -> list[tuple[str, str]]:
    """Whoever introduced the person, and how to reach them."""
    if introducer is None:
        return []
    return [
        ("As what", LABELS[introducer.role.value]),
        ("Name", introducer.name),
        ("Organisation", introducer.organisation),
        ("Phone number", introducer.phone),
        ("Email address", introducer.email),
        ("Does the person know?", LABELS[introducer.person_knows.value]),
    ]


def handed_over(hand_over: HandOver | None, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """To which area's service, since when, and whether that has the person."""
    if hand_over is None:
        return []
    confirmed = hand_over.confirmed_at
    return [
        ("Area", hand_over.area),
        ("Service", hand_over.service),
        ("Handed over", f"{when(hand_over.at)}, {names.get(hand_over.by, hand_over.by)}"),
        ("Confirmed", f"{when(confirmed)}, by {hand_over.confirmed_by}" if confirmed else "Not yet"),
    ]


def workers_of(introduction: Introduction) -> set[str]:
    """Everybody of whom the page speaks, by subject."""
    found = {introduction.claimed_by, *(turn.to for turn in introduction.turns)}
    found |= {turn.by for turn in introduction.turns} | {attempt.by for attempt in introduction.attempts}
    found |= {note.by for note in introduction.notes} | {each.by for each in introduction.reopenings}
    found |= {introduction.hand_over.by} if introduction.hand_over else set()
    return {each for each in found if each}


def moments(
    introduction: Introduction, progress: Progress | None, names: Mapping[str, str], *, words: bool
) -> list[Moment]:
    """What happened, for the timeline; the person's own `words` only for those who may read them."""
    found = [Moment(at=introduction.received_at, what=f"Received: {LABELS[introduction.way_in.value].lower()}")]
    for concern in introduction.concerns:
        kind = LABELS[concern.kind.value]
        found.append(Moment(at=concern.raised_at, what="Safety concern raised", tag=kind, colour="red"))
    found += [_turned(turn, names) for turn in introduction.turns]
    for attempt in introduction.attempts:
        way = f": {LABELS[attempt.channel.value].lower()}" if attempt.channel else ""
        found.append(
            Moment(
                at=attempt.at,
                what=f"Tried to reach the person{way}",
                who=names.get(attempt.by),
                tag=LABELS[attempt.outcome.value],
                detail=attempt.message or None if words else None,
            )
        )
    for addition in introduction.additions:
        detail = addition.text if words else None
        found.append(Moment(at=addition.at, what="The person added something", detail=detail))
    return [
        *found,
        *_again(introduction, names, words=words),
        *_endings(introduction, words=words),
        *_later(introduction, progress),
    ]


def _turned(turn: Turn, names: Mapping[str, str]) -> Moment:
    who = names.get(turn.by, turn.by)
    if turn.to is None:
        return Moment(at=turn.at, what="Given back to everybody", who=who)
    if turn.to == turn.by:
        return Moment(at=turn.at, what="Taken on", who=who)
    return Moment(at=turn.at, what=f"Given to {names.get(turn.to, turn.to)}", who=who)


def _again(introduction: Introduction, names: Mapping[str, str], *, words: bool) -> list[Moment]:
    """Each earlier ending, and the opening again that followed."""
    found = []
    for each in introduction.reopenings:
        ended = "Closed" if each.closed else "Withdrawn by the person"
        tag = LABELS[each.closed.ending.value] if each.closed else None
        note = (each.closed.note or None) if each.closed and words else None
        found.append(Moment(at=each.ended_at, what=ended, tag=tag, detail=note))
        reason = LABELS[each.reason.value]
        found.append(Moment(at=each.at, what="Opened again", who=names.get(each.by), tag=reason, colour="blue"))
    return found


def _endings(introduction: Introduction, *, words: bool) -> list[Moment]:
    if introduction.ended_at is None:
        return []
    match introduction.state:
        case State.ACCEPTED:
            priority = introduction.suggested_priority
            tag = LABELS[priority.value] if priority else None
            return [Moment(at=introduction.ended_at, what="Accepted", tag=tag, colour="green")]
        case State.CLOSED:
            ending = LABELS[introduction.ending.value] if introduction.ending else None
            ended = introduction.ended
            to = f" to: {LABELS[ended.elsewhere.value].lower()}" if ended and ended.elsewhere else ""
            note = (ended.note or None) if ended and words else None
            return [Moment(at=introduction.ended_at, what="Closed", tag=f"{ending or ''}{to}", detail=note)]
        case _:
            return [Moment(at=introduction.ended_at, what="Withdrawn by the person")]


def _later(introduction: Introduction, progress: Progress | None) -> list[Moment]:
    found = []
    if introduction.case_closed_at:
        found.append(Moment(at=introduction.case_closed_at, what="The case was closed"))
    if introduction.contact_asked_at:
        found.append(Moment(at=introduction.contact_asked_at, what="Asked whether how to reach them has changed"))
    if progress and progress.told_at:
        found.append(Moment(at=progress.told_at, what="A message reached the person"))
    if progress and progress.not_reached_at:
        found.append(Moment(at=progress.not_reached_at, what="A message did not reach the person"))
    return found
