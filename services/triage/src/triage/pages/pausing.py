"""Pages on which the clocks of a case are paused, run again, and a pause is put right; and a case is opened again."""

from typing import Annotated

from starlette.responses import Response

from alliance.kernel import LONDON
from alliance.web import PathId
from alliance.web.pages import attempt, page_router, sent
from triage.api.giving import TheWorkingDays
from triage.application import clocks as ask
from triage.domain.codes import Priority
from triage.domain.pause import Pause
from triage.domain.refusals import PauseNotThere
from triage.domain.wait_codes import PauseChange, WaitPauseReason
from triage.domain.working_days import CALL_BACK_DAYS
from triage.pages.asking import MayPause, MayReopen, Pausing, Reopening
from triage.pages.desk import Desk, OnDesk, Step
from triage.pages.pause_forms import CorrectPauseForm, PauseForm, ReopenForm, ResumeForm

router = page_router(prefix="/cases/{case_id}")

PAUSE = Step(
    title="Pause the waits",
    submit="Pause the waits",
    lead="The week and the four weeks stand still while the person is not there to be helped. The waits of 4 and 24 "
    "hours run on. Offers stay live, and the case stays where everybody sees it.",
)
RESUME = Step(title="Let the waits run again", submit="Let them run", lead="The clocks count again from now on.")
CORRECT = Step(
    title="Put a pause right",
    submit="Put it right",
    lead="What is due follows at once. A miss that was none is taken back; one that was hidden by the pause is told.",
)
REOPEN = Step(
    title="Open this case again",
    submit="Open the case",
    lead="Within five days of its closing it is the same case: the waits go on where they stood. Later, a new case is "
    "opened for the same person. Support that ended with the case has to be offered anew.",
)


@router.get("/pause", dependencies=[MayPause])
async def ask_about_pausing(desk: OnDesk, working_days: TheWorkingDays) -> Response:
    today = desk.clock.now().astimezone(LONDON).date()
    form = await desk.empty(PauseForm, begins=today, ends=working_days.after(today, CALL_BACK_DAYS))
    return await desk.page(PAUSE, form)


@router.post("/pause")
async def pause(
    command: Pausing, form: Annotated[PauseForm, sent(PauseForm)], desk: OnDesk, working_days: TheWorkingDays
) -> Response:
    if form.validate():
        received_at = (await desk.cases.get(desk.case_id)).received_at
        with attempt(form, command):
            await ask.pause_waits(
                desk.case_id,
                command.id,
                WaitPauseReason(form.reason.data),
                desk.cases,
                desk.clock,
                start=form.starts_at(desk.clock.now(), received_at),
                until=form.until(working_days),
                review=form.review,
                by=command.caller.subject,
                expecting=command.expecting,
            )
            return desk.done("The waits are paused.")
    return await desk.page(PAUSE, form)


@router.get("/pauses/{pause_id}/resume", dependencies=[MayPause])
async def ask_about_resuming(pause_id: PathId, desk: OnDesk) -> Response:
    await _pause(desk, pause_id)
    return await desk.page(RESUME, await desk.empty(ResumeForm))


@router.post("/pauses/{pause_id}/resume")
async def resume(
    pause_id: PathId, command: Pausing, form: Annotated[ResumeForm, sent(ResumeForm)], desk: OnDesk
) -> Response:
    with attempt(form, command):
        await ask.resume_waits(
            desk.case_id, pause_id, desk.cases, desk.clock, by=command.caller.subject, expecting=command.expecting
        )
        return desk.done("The waits run again.")
    return await desk.page(RESUME, form)


@router.get("/pauses/{pause_id}/correct", dependencies=[MayPause])
async def ask_about_correcting(pause_id: PathId, desk: OnDesk) -> Response:
    known = await _pause(desk, pause_id)
    days = {"begins": known.start.astimezone(LONDON).date(), "ends": known.until.astimezone(LONDON).date()}
    return await desk.page(CORRECT, await desk.empty(CorrectPauseForm, **days))


@router.post("/pauses/{pause_id}/correct")
async def correct(
    pause_id: PathId, command: Pausing, form: Annotated[CorrectPauseForm, sent(CorrectPauseForm)], desk: OnDesk
) -> Response:
    known = await _pause(desk, pause_id)
    if form.validate():
        with attempt(form, command):
            await ask.correct_pause(
                desk.case_id,
                pause_id,
                PauseChange(form.change.data),
                desk.cases,
                desk.clock,
                start=form.starts_at(known.start),
                until=form.until(known.until),
                by=command.caller.subject,
                expecting=command.expecting,
            )
            return desk.done("The pause is put right.")
    return await desk.page(CORRECT, form)


@router.get("/reopen", dependencies=[MayReopen])
async def ask_about_reopening(desk: OnDesk) -> Response:
    return await desk.page(REOPEN, await desk.empty(ReopenForm))


@router.post("/reopen")
async def reopen(command: Reopening, form: Annotated[ReopenForm, sent(ReopenForm)], desk: OnDesk) -> Response:
    if form.validate():
        with attempt(form, command):
            opened = await ask.reopen_case(
                desk.case_id,
                Priority(form.priority.data),
                desk.cases,
                desk.known,
                desk.clock,
                reason_code=form.reason.data,
                by=command.caller.subject,
                expecting=command.expecting,
            )
            said = "The case is open again." if opened == desk.case_id else "A new case is open for the person."
            return desk.done(said, to=f"/cases/{opened}")
    return await desk.page(REOPEN, form)


async def _pause(desk: Desk, pause_id: str) -> Pause:
    case = await desk.cases.get(desk.case_id)
    if found := next((pause for pause in case.pauses if pause.id == pause_id), None):
        return found
    raise PauseNotThere("The case has no such pause.")
