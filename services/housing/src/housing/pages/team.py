"""Pages on which colleagues become named workers of a person, and step back."""

from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.web import PathId
from alliance.web.pages import Command, Show, attempt, may, page_doing, page_router, sent
from housing.api.giving import Placements
from housing.application import placements as use
from housing.pages.forms import NameWorkerForm, StepBackForm, TakeOnForm

router = page_router(prefix="/placements/{placement_id}")

MayTakeOn = Annotated[Access, may("placement.take-on")]
MayStepBack = Annotated[Access, may("placement.step-back")]
MayName = Annotated[Access, may("placement.name-worker")]
TakingOn = Annotated[Command, page_doing("placement.take-on")]
SteppingBack = Annotated[Command, page_doing("placement.step-back")]
Naming = Annotated[Command, page_doing("placement.name-worker")]


@router.get("/take-on")
async def ask_about_taking_on(placement_id: PathId, _: MayTakeOn, placements: Placements, show: Show) -> Response:
    stored = await placements.read(placement_id)
    return await _taking_on(placement_id, TakeOnForm.fresh(version=stored.version), show)


@router.post("/take-on")
async def take_on(
    placement_id: PathId,
    command: TakingOn,
    form: Annotated[TakeOnForm, sent(TakeOnForm)],
    placements: Placements,
    show: Show,
) -> Response:
    with attempt(form, command):
        await use.take_on(placement_id, command.caller.subject, placements, expecting=command.expecting)
        return show.done(f"/placements/{placement_id}", "You are now a named worker on this placement.")
    return await _taking_on(placement_id, form, show)


async def _taking_on(placement_id: str, form: TakeOnForm, show: Show) -> Response:
    return await show.form(
        form,
        title="Take this placement on",
        submit="Take it on",
        back=f"/placements/{placement_id}",
        lead="You become a named worker: colleagues see that you work with this person.",
    )


@router.get("/step-back")
async def ask_about_stepping_back(placement_id: PathId, _: MayStepBack, placements: Placements, show: Show) -> Response:
    stored = await placements.read(placement_id)
    return await _stepping_back(placement_id, StepBackForm.fresh(version=stored.version), show)


@router.post("/step-back")
async def step_back(
    placement_id: PathId,
    command: SteppingBack,
    form: Annotated[StepBackForm, sent(StepBackForm)],
    placements: Placements,
    show: Show,
) -> Response:
    with attempt(form, command):
        await use.step_back(placement_id, command.caller.subject, placements, expecting=command.expecting)
        return show.done("/placements", "You are no longer a named worker on that placement.")
    return await _stepping_back(placement_id, form, show)


async def _stepping_back(placement_id: str, form: StepBackForm, show: Show) -> Response:
    return await show.form(
        form,
        title="Step back from this placement",
        submit="Step back",
        back=f"/placements/{placement_id}",
        warning="Unless your organisation holds the placement, you will not see it any more.",
    )


@router.get("/name-worker")
async def ask_whom_to_name(placement_id: PathId, _: MayName, placements: Placements, show: Show) -> Response:
    stored = await placements.read(placement_id)
    return await _naming(placement_id, NameWorkerForm.fresh(version=stored.version), show)


@router.post("/name-worker")
async def name_worker(
    placement_id: PathId,
    command: Naming,
    form: Annotated[NameWorkerForm, sent(NameWorkerForm)],
    placements: Placements,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await use.take_on(placement_id, form.subject.data, placements, expecting=command.expecting)
            return show.done(f"/placements/{placement_id}", "Your colleague is now a named worker on this placement.")
    return await _naming(placement_id, form, show)


async def _naming(placement_id: str, form: NameWorkerForm, show: Show) -> Response:
    return await show.form(
        form,
        title="Name a colleague",
        submit="Name them",
        back=f"/placements/{placement_id}",
        lead="A named worker works with this person. They may be of another organisation, and can then open this "
        "placement and see who the person is, as far as the person allows it.",
    )
