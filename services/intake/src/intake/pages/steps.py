"""Accepting an introduction, raising a concern about it, and correcting its source."""

from typing import Annotated

from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Form, Show, attempt, page_router, sent
from intake.api.giving import TheClock, TheIntroductions, ThePromise
from intake.application import introductions as ask
from intake.domain.codes import CorrectionReason, Priority, SafetyKind, SourceCode
from intake.pages.forms import AcceptForm, ConcernForm, SourceForm
from intake.pages.giving import (
    Accepting,
    Alarming,
    Correcting,
    MayAccept,
    MayAlarm,
    MayCorrect,
)

router = page_router("/introductions/{introduction_id}")


@router.get("/accept")
async def ask_about_accepting(
    introduction_id: PathId, _: MayAccept, introductions: TheIntroductions, show: Show
) -> Response:
    stored = await introductions.read(introduction_id)
    return await _accepting(introduction_id, AcceptForm.fresh(version=stored.version), show)


@router.post("/accept")
async def accept(
    introduction_id: PathId,
    command: Accepting,
    form: Annotated[AcceptForm, sent(AcceptForm)],
    introductions: TheIntroductions,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            priority = Priority(form.suggested_priority.data)
            await ask.accept_introduction(introduction_id, priority, introductions, clock, expecting=command.expecting)
            return show.done(_page(introduction_id), "The introduction is accepted. A conversation follows.")
    return await _accepting(introduction_id, form, show)


async def _accepting(introduction_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Accept this introduction",
        submit="Accept the introduction",
        back=_page(introduction_id),
        lead="The alliance takes the person on. The conversation's team decides about the priority; you suggest one.",
    )


@router.get("/raise-safety-concern")
async def ask_about_danger(
    introduction_id: PathId, _: MayAlarm, introductions: TheIntroductions, show: Show
) -> Response:
    await introductions.get(introduction_id)
    return await _danger(introduction_id, ConcernForm.fresh(), show)


@router.post("/raise-safety-concern")
async def raise_safety_concern(
    introduction_id: PathId,
    command: Alarming,
    form: Annotated[ConcernForm, sent(ConcernForm)],
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.raise_safety_concern(introduction_id, SafetyKind(form.kind.data), introductions, promise, clock)
            return show.done(_page(introduction_id), "The safety concern is raised. Those on duty are told now.")
    return await _danger(introduction_id, form, show)


async def _danger(introduction_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Raise a safety concern",
        submit="Raise the concern",
        back=_page(introduction_id),
        lead="If somebody is in danger at this moment, call 999 first.",
    )


@router.get("/correct-source")
async def ask_about_source(
    introduction_id: PathId, _: MayCorrect, introductions: TheIntroductions, show: Show
) -> Response:
    stored = await introductions.read(introduction_id)
    form = SourceForm.fresh(version=stored.version, source_code=stored.aggregate.source_code)
    return await _source(introduction_id, form, show)


@router.post("/correct-source")
async def correct_source(
    introduction_id: PathId,
    command: Correcting,
    form: Annotated[SourceForm, sent(SourceForm)],
    introductions: TheIntroductions,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.correct_source(
                introduction_id,
                SourceCode(form.source_code.data),
                CorrectionReason(form.reason_code.data),
                introductions,
                expecting=command.expecting,
            )
            return show.done(_page(introduction_id), "Who introduced the person is corrected.")
    return await _source(introduction_id, form, show)


async def _source(introduction_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form, title="Correct who introduced the person", submit="Correct it", back=_page(introduction_id)
    )


def _page(introduction_id: str) -> str:
    return f"/introductions/{introduction_id}"
