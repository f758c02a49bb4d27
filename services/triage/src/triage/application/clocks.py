"""What may be asked of a case's clocks, and of a case that was closed."""

from datetime import datetime

from alliance.kernel import Clock
from alliance.people import Known
from triage.application.collections import Cases
from triage.domain.case import Case
from triage.domain.case_file import case_id_of
from triage.domain.codes import Priority
from triage.domain.refusals import PersonIsErased
from triage.domain.wait_codes import PauseChange, WaitPauseReason


async def pause_waits(
    id_: str,
    pause_id: str,
    reason: WaitPauseReason,
    cases: Cases,
    clock: Clock,
    *,
    start: datetime,
    until: datetime,
    review: bool,
    by: str,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await cases.change(
        id_,
        lambda case: case.pause_waits(pause_id, reason, start=start, until=until, review=review, by=by, at=at),
        expecting=expecting,
    )


async def resume_waits(
    id_: str, pause_id: str, cases: Cases, clock: Clock, *, by: str, expecting: int | None = None
) -> None:
    at = clock.now()
    await cases.change(id_, lambda case: case.resume_waits(pause_id, by=by, at=at), expecting=expecting)


async def correct_pause(
    id_: str,
    pause_id: str,
    change: PauseChange,
    cases: Cases,
    clock: Clock,
    *,
    start: datetime,
    until: datetime,
    by: str,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await cases.change(
        id_,
        lambda case: case.correct_pause(pause_id, change, start=start, until=until, by=by, at=at),
        expecting=expecting,
    )


async def reopen_case(
    id_: str,
    priority: Priority,
    cases: Cases,
    known: Known,
    clock: Clock,
    *,
    reason_code: str,
    by: str,
    expecting: int | None = None,
) -> str:
    """The id of the case that is open now: the same one soon after it was closed, else the next of its introduction.

    The next case has an id that follows from this one's, so that asking twice opens one. Raises `PersonIsErased`.
    """
    case, at = await cases.get(id_), clock.now()
    if await known.is_erased(case.person_id):
        raise PersonIsErased("This person has been erased. Nothing can be opened for them again.")
    if not case.must_be_another(at):
        await cases.change(
            id_, lambda same: same.reopen(priority, reason_code=reason_code, by=by, at=at), expecting=expecting
        )
        return id_
    later = case_id_of(case.introduction_id, case.spell + 1)
    await cases.change_or_add(
        later,
        lambda: Case.expected(
            case.introduction_id, case.person_id, case.targets, case.spell + 1, organisation=case.organisation
        ),
        lambda new: new.open(received_at=at, suggested=priority, help_areas=case.help_areas),
    )
    return later
