"""Pages on which moving in, correcting, moving on and ending a search are recorded."""

from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.web import PathId
from alliance.web.pages import Command, Show, attempt, may, page_doing, page_router, sent
from alliance.web.pages.templating import day
from housing.api.giving import Now, Placements
from housing.application import placements as use
from housing.domain.codes import CorrectionReason
from housing.domain.stages import Closing, MoveOn
from housing.pages.forms import CloseForm, CorrectionForm, LeavingForm, MoveInForm

router = page_router(prefix="/placements/{placement_id}")

MayConfirm = Annotated[Access, may("placement.confirm-move-in")]
MayCorrect = Annotated[Access, may("placement.correct-move-in")]
MayMoveOn = Annotated[Access, may("placement.move-on")]
MayClose = Annotated[Access, may("placement.close")]
Confirming = Annotated[Command, page_doing("placement.confirm-move-in")]
Correcting = Annotated[Command, page_doing("placement.correct-move-in")]
MovingOn = Annotated[Command, page_doing("placement.move-on")]
EndingSearch = Annotated[Command, page_doing("placement.close")]


@router.get("/confirm-move-in")
async def ask_about_move_in(placement_id: PathId, _: MayConfirm, placements: Placements, show: Show) -> Response:
    stored = await placements.read(placement_id)
    return await _confirming(placement_id, MoveInForm.fresh(version=stored.version), show)


@router.post("/confirm-move-in")
async def confirm_move_in(
    placement_id: PathId,
    command: Confirming,
    form: Annotated[MoveInForm, sent(MoveInForm)],
    placements: Placements,
    now: Now,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await use.confirm_move_in(placement_id, form.moved_in_on.data, placements, now, expecting=command.expecting)
            return show.done(f"/placements/{placement_id}", "The move in is confirmed.")
    return await _confirming(placement_id, form, show)


async def _confirming(placement_id: str, form: MoveInForm, show: Show) -> Response:
    return await show.form(
        form,
        title="Confirm the move in",
        submit="Confirm the move in",
        back=f"/placements/{placement_id}",
        lead="Confirm it once it has happened: costs are counted from this day.",
    )


@router.get("/correct-move-in")
async def ask_about_correction(placement_id: PathId, _: MayCorrect, placements: Placements, show: Show) -> Response:
    stored = await placements.read(placement_id)
    return await _correcting(placement_id, CorrectionForm.fresh(version=stored.version), placements, show)


@router.post("/correct-move-in")
async def correct_move_in(
    placement_id: PathId,
    command: Correcting,
    form: Annotated[CorrectionForm, sent(CorrectionForm)],
    placements: Placements,
    now: Now,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await use.correct_move_in(
                placement_id,
                form.moved_in_on.data,
                placements,
                now,
                reason_code=CorrectionReason(form.reason.data),
                expecting=command.expecting,
            )
            return show.done(f"/placements/{placement_id}", "The day of the move in is corrected.")
    return await _correcting(placement_id, form, placements, show)


async def _correcting(placement_id: str, form: CorrectionForm, placements: Placements, show: Show) -> Response:
    now_known = (await placements.get(placement_id)).moved_in_on
    return await show.form(
        form,
        title="Correct the day of the move in",
        submit="Correct the day",
        back=f"/placements/{placement_id}",
        lead=f"Recorded is {day(now_known)}. Costs and figures follow the correction, and both days stay in the story."
        if now_known
        else None,
    )


@router.get("/move-on")
async def ask_about_moving_on(placement_id: PathId, _: MayMoveOn, placements: Placements, show: Show) -> Response:
    stored = await placements.read(placement_id)
    return await _leaving(placement_id, LeavingForm.fresh(version=stored.version), show)


@router.post("/move-on")
async def move_on(
    placement_id: PathId,
    command: MovingOn,
    form: Annotated[LeavingForm, sent(LeavingForm)],
    placements: Placements,
    now: Now,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            leaving = MoveOn(on=form.moved_on_on.data, destination=form.destination.data, reason_code=form.reason.data)
            await use.move_on(placement_id, leaving, placements, now, expecting=command.expecting)
            return show.done(f"/placements/{placement_id}", "It is recorded that the person moved on.")
    return await _leaving(placement_id, form, show)


async def _leaving(placement_id: str, form: LeavingForm, show: Show) -> Response:
    return await show.form(
        form,
        title="Record that the person moved on",
        submit="Record that they moved on",
        back=f"/placements/{placement_id}",
        warning="The home is free for somebody else at once, and its costs end on that day. This cannot be undone.",
    )


@router.get("/close")
async def ask_about_closing(placement_id: PathId, _: MayClose, placements: Placements, show: Show) -> Response:
    stored = await placements.read(placement_id)
    return await _closing(placement_id, CloseForm.fresh(version=stored.version), show)


@router.post("/close")
async def close(
    placement_id: PathId,
    command: EndingSearch,
    form: Annotated[CloseForm, sent(CloseForm)],
    placements: Placements,
    now: Now,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            closing = Closing(reason_code=form.reason.data, at=now.now())
            await use.close_placement(placement_id, closing, placements, expecting=command.expecting)
            return show.done(f"/placements/{placement_id}", "The search for a home has ended.")
    return await _closing(placement_id, form, show)


async def _closing(placement_id: str, form: CloseForm, show: Show) -> Response:
    return await show.form(
        form,
        title="End the search for a home",
        submit="End the search",
        back=f"/placements/{placement_id}",
        warning="A home that is held for the person goes back to the vacancies. The search cannot be taken up again.",
    )
