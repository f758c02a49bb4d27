"""What may be asked of an introduction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from alliance.kernel import Clock, derived_id
from alliance.people import Known
from intake.application.collections import Introductions, People
from intake.application.matches import survivor_of
from intake.application.people import recorded
from intake.application.working import ways_to_reach
from intake.domain.codes import (
    CorrectionReason,
    HelpArea,
    Priority,
    ReopenReason,
    SafetyKind,
    SourceCode,
    WayIn,
)
from intake.domain.introducing import BY_OTHERS
from intake.domain.introduction import Introduction
from intake.domain.person import Details, Person, Recipients
from intake.domain.records import Ended, Introducer, Promise, Story
from intake.domain.refusals import PersonIsErased


@dataclass(frozen=True, kw_only=True)
class ReceiveIntroduction:
    """`person` is somebody new by their details, or the id of somebody known."""

    introduction_id: str
    person: Details | str
    way_in: WayIn
    source_code: SourceCode
    help_areas: tuple[HelpArea, ...] = ()
    story: Story = field(default_factory=Story)
    danger: SafetyKind | None = None
    may_hold_details: Sequence[str] | None = None
    looks_automated: bool = False
    introducer: Introducer | None = None


async def receive_introduction(
    command: ReceiveIntroduction,
    introductions: Introductions,
    people: People,
    recipients: Recipients,
    promise: Promise,
    clock: Clock,
    *,
    agreement: str,
) -> Introduction:
    """Put the person first, then the introduction. Both ids follow from the command's: a repeat mends a half."""
    at = clock.now()
    if isinstance(command.person, str):
        known = await survivor_of(command.person, people)
        person_id, known_at = known.id, known.contact_known_at
    else:
        person = Person.register(
            id=derived_id(command.introduction_id, "person"),
            details=command.person,
            holders=command.may_hold_details,
            at=at,
            recipients=recipients,
            recorded=recorded(agreement),
        )
        person_id, known_at = (await people.add(person)).id, at
    introduction = Introduction.receive(
        id=command.introduction_id,
        person_id=person_id,
        status_key=secrets.token_urlsafe(16),
        way_in=command.way_in,
        source_code=command.source_code,
        help_areas=command.help_areas,
        story=command.story,
        danger=command.danger,
        at=at,
        promise=promise,
        looks_automated=command.looks_automated,
        introducer=command.introducer,
        introducer_key=secrets.token_urlsafe(16) if command.way_in in BY_OTHERS else "",
        contact_known_at=known_at,
    )
    return await introductions.add(introduction)


async def add_to_introduction(id_: str, text: str, introductions: Introductions, clock: Clock) -> None:
    at = clock.now()
    await introductions.change(id_, lambda introduction: introduction.add(text, at=at))


async def accept_introduction(
    id_: str, priority: Priority, introductions: Introductions, clock: Clock, *, expecting: int | None = None
) -> None:
    at = clock.now()
    await introductions.change(id_, lambda introduction: introduction.accept(priority, at=at), expecting=expecting)


async def close_introduction(
    id_: str,
    ended: Ended,
    introductions: Introductions,
    people: People,
    promise: Promise,
    clock: Clock,
    *,
    expecting: int | None = None,
) -> None:
    """What is known of the person and of the other introduction is read first, and judged by the introduction."""
    at, ways = clock.now(), await ways_to_reach(id_, introductions, people)
    other = await introductions.find(ended.duplicate_of) if ended.duplicate_of else None
    await introductions.change(
        id_,
        lambda introduction: introduction.close(ended, at=at, promise=promise, ways=ways, other=other),
        expecting=expecting,
    )


async def hand_over_introduction(
    id_: str,
    area: str,
    service: str,
    introductions: Introductions,
    promise: Promise,
    clock: Clock,
    *,
    by: str,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await introductions.change(
        id_,
        lambda introduction: introduction.hand_over_to(area, service, by=by, at=at, promise=promise),
        expecting=expecting,
    )


async def confirm_hand_over(
    id_: str, confirmed_by: str, introductions: Introductions, clock: Clock, *, expecting: int | None = None
) -> None:
    at = clock.now()
    await introductions.change(
        id_, lambda introduction: introduction.confirm_hand_over(confirmed_by, at=at), expecting=expecting
    )


async def reopen_introduction(
    id_: str,
    reason: ReopenReason,
    introductions: Introductions,
    known: Known,
    promise: Promise,
    clock: Clock,
    *,
    by: str,
    expecting: int | None = None,
) -> None:
    """Raises `PersonIsErased`: nothing is opened for somebody of whom nothing is known any more."""
    at = clock.now()
    if await known.is_erased((await introductions.get(id_)).person_id):
        raise PersonIsErased("This person has been erased. Nothing can be opened for them again.")
    await introductions.change(
        id_, lambda introduction: introduction.reopen(reason, by=by, at=at, promise=promise), expecting=expecting
    )


async def withdraw_introduction(
    id_: str, introductions: Introductions, clock: Clock, *, expecting: int | None = None
) -> None:
    at = clock.now()
    await introductions.change(id_, lambda introduction: introduction.withdraw(at=at), expecting=expecting)


async def raise_safety_concern(
    id_: str, kind: SafetyKind, introductions: Introductions, promise: Promise, clock: Clock
) -> None:
    """Without an expected version: a concern is never turned away because somebody else was writing."""
    at = clock.now()
    await introductions.change(
        id_, lambda introduction: introduction.raise_safety_concern(kind, at=at, promise=promise)
    )


async def correct_source(
    id_: str,
    source_code: SourceCode,
    reason: CorrectionReason,
    introductions: Introductions,
    *,
    expecting: int | None = None,
) -> None:
    await introductions.change(
        id_, lambda introduction: introduction.correct_source(source_code, reason=reason), expecting=expecting
    )
