"""How staff end an introduction: closing, handing over to another area, withdrawing; and opening it again."""

from typing import Annotated

from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Form, Show, attempt, page_router, sent
from intake.api.giving import TheClock, TheIntroductions, TheKnown, ThePeople, ThePromise
from intake.application import introductions as ask
from intake.application.queries import by_reference
from intake.domain.codes import Elsewhere, Ending, ReopenReason
from intake.domain.records import Ended
from intake.domain.refusals import DuplicateOfWhat
from intake.pages.forms import CloseForm, ConfirmForm, HandOverForm, ReopenForm, WithdrawForm
from intake.pages.giving import (
    Closing,
    HandingOver,
    MayClose,
    MayHandOver,
    MayReopen,
    MayWithdraw,
    Reopening,
    Withdrawing,
)

router = page_router("/introductions/{introduction_id}")


@router.get("/close")
async def ask_about_closing(
    introduction_id: PathId, _: MayClose, introductions: TheIntroductions, show: Show
) -> Response:
    stored = await introductions.read(introduction_id)
    return await _closing(introduction_id, CloseForm.fresh(version=stored.version), show)


@router.post("/close")
async def close(
    introduction_id: PathId,
    command: Closing,
    form: Annotated[CloseForm, sent(CloseForm)],
    introductions: TheIntroductions,
    people: ThePeople,
    promise: ThePromise,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            ended = await _ended(form, introductions)
            await ask.close_introduction(
                introduction_id, ended, introductions, people, promise, clock, expecting=command.expecting
            )
            return show.done(_page(introduction_id), "The introduction is closed.")
    return await _closing(introduction_id, form, show)


async def _ended(form: CloseForm, introductions: TheIntroductions) -> Ended:
    """What was said of another ending than the chosen one does not count."""
    ending, note = Ending(form.ending.data), form.note.data or ""
    if ending is Ending.SIGNPOSTED and form.elsewhere.data:
        return Ended(ending=ending, elsewhere=Elsewhere(form.elsewhere.data), note=note)
    if ending is Ending.DUPLICATE and form.duplicate_of.data:
        same = await by_reference(form.duplicate_of.data, introductions)
        if len(same) != 1:
            raise DuplicateOfWhat("There is no introduction with that reference. Check it for a slip.")
        return Ended(ending=ending, duplicate_of=same[0].id, note=note)
    return Ended(ending=ending, note=note)


async def _closing(introduction_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Close this introduction",
        submit="Close the introduction",
        back=_page(introduction_id),
        lead="If the person lives elsewhere, go back and hand them over instead: it then ends when the other service "
        "has confirmed that it has them.",
        warning="Nobody here goes on with a closed introduction. It can be opened again, with a reason.",
    )


@router.get("/hand-over")
async def ask_to_whom(introduction_id: PathId, _: MayHandOver, introductions: TheIntroductions, show: Show) -> Response:
    stored = await introductions.read(introduction_id)
    return await _handing_over(introduction_id, HandOverForm.fresh(version=stored.version), show)


@router.post("/hand-over")
async def hand_over(
    introduction_id: PathId,
    command: HandingOver,
    form: Annotated[HandOverForm, sent(HandOverForm)],
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.hand_over_introduction(
                introduction_id,
                form.area.data,
                form.service.data,
                introductions,
                promise,
                clock,
                by=command.caller.subject,
                expecting=command.expecting,
            )
            return show.done(_page(introduction_id), "Noted. The person is ours until the other service confirms.")
    return await _handing_over(introduction_id, form, show)


async def _handing_over(introduction_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Hand over to another area",
        submit="Note the hand-over",
        back=_page(introduction_id),
        lead="Talk with the other service first, and ask the person. Until that service confirms that it has them, the "
        "introduction stays in our queue.",
    )


@router.get("/confirm-hand-over")
async def ask_who_confirmed(
    introduction_id: PathId, _: MayHandOver, introductions: TheIntroductions, show: Show
) -> Response:
    stored = await introductions.read(introduction_id)
    return await _confirming(introduction_id, ConfirmForm.fresh(version=stored.version), show)


@router.post("/confirm-hand-over")
async def confirm_hand_over(
    introduction_id: PathId,
    command: HandingOver,
    form: Annotated[ConfirmForm, sent(ConfirmForm)],
    introductions: TheIntroductions,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.confirm_hand_over(
                introduction_id, form.confirmed_by.data, introductions, clock, expecting=command.expecting
            )
            return show.done(_page(introduction_id), "The other service has the person. The introduction is closed.")
    return await _confirming(introduction_id, form, show)


async def _confirming(introduction_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="The other service has confirmed",
        submit="They have the person",
        back=_page(introduction_id),
        warning="The introduction ends here as out of area. It can be opened again if they send the person back.",
    )


@router.get("/withdraw")
async def ask_about_withdrawing(
    introduction_id: PathId, _: MayWithdraw, introductions: TheIntroductions, show: Show
) -> Response:
    stored = await introductions.read(introduction_id)
    return await _withdrawing(introduction_id, WithdrawForm.fresh(version=stored.version), show)


@router.post("/withdraw")
async def withdraw(
    introduction_id: PathId,
    command: Withdrawing,
    form: Annotated[WithdrawForm, sent(WithdrawForm)],
    introductions: TheIntroductions,
    clock: TheClock,
    show: Show,
) -> Response:
    with attempt(form, command):
        await ask.withdraw_introduction(introduction_id, introductions, clock, expecting=command.expecting)
        return show.done(_page(introduction_id), "The introduction is withdrawn.")
    return await _withdrawing(introduction_id, form, show)


async def _withdrawing(introduction_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Withdraw this introduction",
        submit="Withdraw the introduction",
        back=_page(introduction_id),
        warning="Do this only if the person asks for it. Everything that others have begun for this introduction ends.",
    )


@router.get("/reopen")
async def ask_why_again(introduction_id: PathId, _: MayReopen, introductions: TheIntroductions, show: Show) -> Response:
    stored = await introductions.read(introduction_id)
    return await _reopening(introduction_id, ReopenForm.fresh(version=stored.version), show)


@router.post("/reopen")
async def reopen(
    introduction_id: PathId,
    command: Reopening,
    form: Annotated[ReopenForm, sent(ReopenForm)],
    introductions: TheIntroductions,
    known: TheKnown,
    promise: ThePromise,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.reopen_introduction(
                introduction_id,
                ReopenReason(form.reason_code.data),
                introductions,
                known,
                promise,
                clock,
                by=command.caller.subject,
                expecting=command.expecting,
            )
            return show.done(_page(introduction_id), "It is open again, and in the queue for somebody to take on.")
    return await _reopening(introduction_id, form, show)


async def _reopening(introduction_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Open this introduction again",
        submit="Open it again",
        back=_page(introduction_id),
        lead="It goes back into the queue. If we were wrong to close it, the wait counts from the beginning.",
    )


def _page(introduction_id: str) -> str:
    return f"/introductions/{introduction_id}"
