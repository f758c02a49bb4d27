"""What may be looked up: the work queue and parts of it, and where an introduction is for the person it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest

from alliance.kernel import Unknown
from alliance.store import Page
from intake.application.collections import Introductions, Progresses, SupportWaits
from intake.domain.codes import Ending, PersonKnows
from intake.domain.introduction import Introduction
from intake.domain.records import State
from intake.domain.reference import is_reference
from intake.domain.support_wait import UsualWait


class Stage(StrEnum):
    """Where an introduction is, as the person is told it."""

    RECEIVED = "received"
    BEING_LOOKED_AT = "being-looked-at"
    ACCEPTED = "accepted"
    IN_CONVERSATION = "in-conversation"
    IN_CONVERSATION_AGAIN = "in-conversation-again"
    FINISHED = "finished"
    CLOSED = "closed"
    HANDED_OVER = "handed-over"
    WITHDRAWN = "withdrawn"


WAITING = (Stage.RECEIVED, Stage.BEING_LOOKED_AT, Stage.ACCEPTED, Stage.IN_CONVERSATION)
"""In which somebody wants to know how long it will be."""
LATELY = timedelta(weeks=8)
MOST_WAITS = 200
FEWEST_WAITS = 10
"""Fewer say nothing about the next person, and might say something about one."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """What somebody at the front door left for the person to read here."""

    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Status:
    """No names, no codes that others could read something from. `usual_wait`: None where too few began lately."""

    reference: str
    stage: Stage
    received_at: datetime
    look_by: datetime | None
    reopened: bool
    told_at: datetime | None
    not_reached_at: datetime | None
    moved_in: bool
    messages: list[Message]
    usual_wait: UsualWait | None


class Part(StrEnum):
    """Which introductions at the door a list shows."""

    ALL = ""
    UNSAFE = "unsafe"
    OVERDUE = "overdue"
    UNASSIGNED = "unassigned"
    MINE = "mine"
    TO_CONTACT = "to-contact"
    REACH_CHANGED = "reach-changed"


async def work_queue(introductions: Introductions, *, after: str | None, limit: int) -> Page[Introduction]:
    """Safety concerns first, then what needs somebody, then the longest wait."""
    return await introductions.page("queue", "open:", after=after, limit=limit)


async def part_of_queue(
    introductions: Introductions, part: Part, *, of: str, now: datetime, after: str | None = None, limit: int = 50
) -> Page[Introduction]:
    """`part` of the queue, as the worker `of` sees it. Overdue is what should have been looked at by `now`."""
    match part:
        case Part.ALL:
            return await work_queue(introductions, after=after, limit=limit)
        case Part.UNSAFE:
            return await introductions.page("queue", "open:0:", after=after, limit=limit)
        case Part.MINE:
            return await introductions.page("in_hand", f"{of}:", after=after, limit=limit)
        case Part.UNASSIGNED:
            return await introductions.page("unlooked", "by:", after=after, limit=limit)
        case Part.OVERDUE:
            page = await introductions.page("attend", "by:", after=after, limit=limit)
            return _as_far_as(page, lambda each: each.is_late(now))
        case Part.REACH_CHANGED:
            return await introductions.page("contact_said", "at:", after=after, limit=limit)
        case Part.TO_CONTACT:
            page = await introductions.page("to_contact", "by:", after=after, limit=limit)
            return _as_far_as(page, lambda each: each.contact_by is not None and each.contact_by <= now)


def _as_far_as(page: Page[Introduction], belongs: Callable[[Introduction], bool]) -> Page[Introduction]:
    """Of a page ordered by when something is due only what is due by now: once one is not, none after it is."""
    found = [each for each in page.items if belongs(each)]
    return Page(found, page.next if len(found) == len(page.items) else None)


def why_here(introduction: Introduction, now: datetime) -> list[str]:
    """Why an introduction is where it is in the queue, in sentences without personal data."""
    found = []
    if introduction.contact_said is not None:
        found.append("They wrote how to reach them from now on.")
    if introduction.concerns:
        found.append("Somebody may be in danger.")
    if introduction.state is State.RECEIVED:
        late = introduction.is_late(now)
        found.append("Nobody has looked at it in time." if late else "Nobody has taken it on yet.")
    if introduction.spell > 1:
        found.append("It was closed and is open again.")
    if introduction.contact_by is not None and introduction.contact_by <= now:
        found.append("Somebody was to get in touch by now.")
    if introduction.touch_by is not None and introduction.touch_by <= now:
        found.append("It was taken on and then left alone. Anybody may take it on.")
    missed = len(introduction.missed)
    if missed:
        found.append("Tried once, not reached." if missed == 1 else f"Tried {missed} times, not reached.")
    if introduction.hand_over is not None:
        found.append("It is handed over to another area, which has not confirmed yet.")
    if introduction.introducer and introduction.introducer.person_knows is PersonKnows.DOES_NOT_KNOW:
        found.append("The person does not know that they were introduced.")
    if introduction.additions:
        found.append("The person has added something.")
    if introduction.looks_automated:
        found.append("It looks as if a machine sent it. Read it before you decide.")
    return found or ["It is being worked on."]


async def by_reference(reference: str, introductions: Introductions) -> list[Introduction]:
    """Those with that reference, however it was typed; two may have the same, though it is unlikely."""
    plain = reference.upper().replace(" ", "")
    return await introductions.with_key("reference", plain) if is_reference(plain) else []


async def introduction_by_key(reference: str, status_key: str, introductions: Introductions) -> Introduction:
    """For whoever holds both the reference and its key; anybody else is told that there is nothing (`Unknown`)."""
    for introduction in await by_reference(reference, introductions):
        if introduction.status_key and compare_digest(introduction.status_key.encode(), status_key.encode()):
            return introduction
    raise Unknown("There is no introduction by that reference and key.")


async def introduction_by_introducers_key(reference: str, key: str, introductions: Introductions) -> Introduction:
    """For the professional who introduced the person; anybody else is told that there is nothing (`Unknown`)."""
    for introduction in await by_reference(reference, introductions):
        if introduction.introducer_key and compare_digest(introduction.introducer_key.encode(), key.encode()):
            return introduction
    raise Unknown("There is no introduction by that reference and key.")


async def status_of(
    reference: str,
    status_key: str,
    introductions: Introductions,
    progresses: Progresses,
    support_waits: SupportWaits,
    now: datetime,
) -> Status:
    """As `introduction_by_key`, told in stages."""
    introduction = await introduction_by_key(reference, status_key, introductions)
    return await status_for(introduction, progresses, support_waits, now)


async def status_for(
    introduction: Introduction, progresses: Progresses, support_waits: SupportWaits, now: datetime
) -> Status:
    progress = await progresses.find(introduction.person_id)
    stage = stage_of(introduction)
    return Status(
        reference=introduction.reference,
        stage=stage,
        received_at=introduction.received_at,
        look_by=introduction.look_by if introduction.state is State.RECEIVED and not introduction.overdue else None,
        reopened=introduction.spell > 1,
        told_at=progress.told_at if progress else None,
        not_reached_at=progress.not_reached_at if progress else None,
        moved_in=progress.moved_in if progress else False,
        messages=[Message(text=each.message, at=each.at) for each in introduction.attempts if each.message],
        usual_wait=await usual_wait(support_waits, now) if stage in WAITING else None,
    )


async def usual_wait(support_waits: SupportWaits, now: datetime) -> UsualWait | None:
    """How long those waited whose support began in the last weeks: what happened, not what is promised."""
    page = await support_waits.page("newest", limit=MOST_WAITS)
    days = [wait.days for wait in page.items if now - LATELY <= wait.started_at <= now]
    return UsualWait.of(days) if len(days) >= FEWEST_WAITS else None


def stage_of(introduction: Introduction) -> Stage:
    """How far an introduction has come, the case that it led to included."""
    match introduction.state:
        case State.RECEIVED:
            return Stage.RECEIVED
        case State.CLAIMED:
            return Stage.BEING_LOOKED_AT
        case State.CLOSED:
            return Stage.HANDED_OVER if introduction.ending is Ending.OUT_OF_AREA else Stage.CLOSED
        case State.WITHDRAWN:
            return Stage.WITHDRAWN
        case State.ACCEPTED:
            if introduction.case_closed_at is not None:
                return Stage.FINISHED
            if introduction.case_closings_undone:
                return Stage.IN_CONVERSATION_AGAIN
            return Stage.IN_CONVERSATION if introduction.case_id else Stage.ACCEPTED
