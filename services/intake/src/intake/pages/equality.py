"""Staff ask what is asked for equality monitoring. What was answered before is shown to nobody."""

from typing import Annotated

from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Form, Show, attempt, page_router, sent
from intake.api.giving import TheClock, TheEqualities, ThePeople
from intake.application.equality import keep_equality_answers
from intake.pages.equality_questions import EqualityForm, answers_from
from intake.pages.giving import AskingEquality, MayAskEquality

router = page_router("/people/{person_id}/equality")


@router.get("")
async def ask_about_equality(person_id: PathId, _: MayAskEquality, people: ThePeople, show: Show) -> Response:
    await people.get(person_id)
    return await _questions(person_id, EqualityForm.fresh(), show)


@router.post("")
async def keep(
    person_id: PathId,
    command: AskingEquality,
    form: Annotated[EqualityForm, sent(EqualityForm)],
    people: ThePeople,
    equalities: TheEqualities,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await keep_equality_answers(person_id, answers_from(form.data), people, equalities, clock)
            return show.done(f"/people/{person_id}", "The answers are kept apart from the record.")
    return await _questions(person_id, form, show)


async def _questions(person_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Equality questions",
        submit="Keep the answers",
        back=f"/people/{person_id}",
        lead="Ask only if they want to answer. The answers are counted, so that we see whom we leave out. They are "
        "kept apart from the record; nobody who decides about support sees them. You do not see earlier answers.",
    )
