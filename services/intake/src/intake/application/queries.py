"""What may be looked up: the work queue and parts of it, and where an introduction is for the person it is about."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hmac import compare_digest

from alliance.kernel import Unknown
from alliance.store import Page
from intake.application.collections import Introductions, Progresses
from intake.domain.codes import ContactOutcome
from intake.domain.introduction import Introduction
from intake.domain.records import State
from intake.domain.reference import is_reference


class Stage(StrEnum):
    """Where an introduction is, as the person is told it."""

    RECEIVED = "received"
    BEING_LOOKED_AT = "being-looked-at"
    ACCEPTED = "accepted"
    IN_CONVERSATION = "in-conversation"
    FINISHED = "finished"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Status:
    """No names, no codes that others could read something from."""

    reference: str
    stage: Stage
    received_at: datetime
    look_by: datetime | None
    told_at: datetime | None
    not_reached_at: datetime | None
    moved_in: bool


class Part(StrEnum):
    """Which introductions at the door a list shows."""

    ALL = ""
    UNSAFE = "unsafe"
    OVERDUE = "overdue"
    UNASSIGNED = "unassigned"
    MINE = "mine"


async def work_queue(introductions: Introductions, *, after: str | None, limit: int) -> Page[Introduction]:
    """Safety concerns first, then unassigned, then oldest."""
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
            page = await introductions.page("unlooked", "by:", after=after, limit=limit)
            late = [each for each in page.items if each.is_late(now)]
            return Page(late, page.next if len(late) == len(page.items) else None)


def why_here(introduction: Introduction, now: datetime) -> list[str]:
    """Why an introduction is where it is in the queue, in sentences without personal data."""
    found = []
    if introduction.concerns:
        found.append("Somebody may be in danger.")
    if introduction.is_late(now):
        found.append("Nobody has looked at it in time.")
    elif introduction.state is State.RECEIVED:
        found.append("Nobody has taken it on yet.")
    missed = sum(attempt.outcome is not ContactOutcome.SPOKE for attempt in introduction.attempts)
    if missed:
        found.append("Tried once, not reached." if missed == 1 else f"Tried {missed} times, not reached.")
    if introduction.additions:
        found.append("The person has added something.")
    if introduction.looks_automated:
        found.append("It looks as if a machine sent it. Read it before you decide.")
    return found or ["It is being worked on."]


async def introduction_by_key(reference: str, status_key: str, introductions: Introductions) -> Introduction:
    """For whoever holds both the reference and its key; anybody else is told that there is nothing (`Unknown`)."""
    same = await introductions.with_key("reference", reference) if is_reference(reference) else []
    for introduction in same:
        if compare_digest(introduction.status_key.encode(), status_key.encode()):
            return introduction
    raise Unknown("There is no introduction by that reference and key.")


async def status_of(reference: str, status_key: str, introductions: Introductions, progresses: Progresses) -> Status:
    """As `introduction_by_key`, told in stages."""
    return await status_for(await introduction_by_key(reference, status_key, introductions), progresses)


async def status_for(introduction: Introduction, progresses: Progresses) -> Status:
    progress = await progresses.find(introduction.person_id)
    return Status(
        reference=introduction.reference,
        stage=stage_of(introduction),
        received_at=introduction.received_at,
        look_by=introduction.due_at(),
        told_at=progress.told_at if progress else None,
        not_reached_at=progress.not_reached_at if progress else None,
        moved_in=progress.moved_in if progress else False,
    )


def stage_of(introduction: Introduction) -> Stage:
    """How far an introduction has come, the case that it led to included."""
    match introduction.state:
        case State.RECEIVED:
            return Stage.RECEIVED
        case State.CLAIMED:
            return Stage.BEING_LOOKED_AT
        case State.CLOSED:
            return Stage.CLOSED
        case State.WITHDRAWN:
            return Stage.WITHDRAWN
        case State.ACCEPTED:
            if introduction.case_closed_at is not None:
                return Stage.FINISHED
            return Stage.IN_CONVERSATION if introduction.case_id else Stage.ACCEPTED
