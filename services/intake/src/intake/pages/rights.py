"""People's rights over what is held of them: who asked for what, who has answered, and the steps that are left."""

from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.web import PathId
from alliance.web.pages import Command, Form, Show, attempt, may, page_doing, page_router, sent
from intake.api.giving import (
    ReadingErasure,
    TheClock,
    TheErasures,
    TheKeeping,
    TheKnown,
    ThePeople,
    TheRecordRequests,
    TheRightsTerms,
)
from intake.application import rights as ask
from intake.domain.erasure import Erasure
from intake.domain.rights import AskedBy, ErasureGround, Hindrance, IdentityCheck, RefusalGround
from intake.pages.rights_forms import DecisionForm, EraseForm, IdentityForm

router = page_router()

SHOWN = 50
CANNOT = (
    "This cannot be undone. Names, ways to reach the person and everything that was written in words are destroyed in "
    "every service. Codes, dates and amounts of money stay, and lead to nobody."
)
MayAsk = Annotated[Access, may("person.ask-for-rights")]
Asking = Annotated[Command, page_doing("person.ask-for-rights")]
MayDecide = Annotated[Access, may("erasure.decide")]
Deciding = Annotated[Command, page_doing("erasure.decide")]
MayStart = Annotated[Access, may("record_request.start")]
Starting = Annotated[Command, page_doing("record_request.start")]
MayRelease = Annotated[Access, may("record_request.release")]
Releasing = Annotated[Command, page_doing("record_request.release")]


@router.get("/rights")
async def listed(
    _: Annotated[Access, may("rights.list")], erasures: TheErasures, record_requests: TheRecordRequests, show: Show
) -> Response:
    """What is open and overdue stands first."""
    return await show(
        "intake/rights.html",
        title="People’s rights",
        erasures=(await erasures.page("listed", limit=SHOWN)).items,
        requests=(await record_requests.page("listed", limit=SHOWN)).items,
    )


@router.get("/people/{person_id}/erasure")
async def ask_about_erasure(person_id: PathId, _: MayAsk, show: Show) -> Response:
    return await _erasure_form(person_id, IdentityForm.fresh(), show)


@router.post("/people/{person_id}/erasure")
async def ask_for_erasure(
    person_id: PathId,
    command: Asking,
    form: Annotated[IdentityForm, sent(IdentityForm)],
    erasures: TheErasures,
    people: ThePeople,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            made = await ask.ask_for_erasure(
                command.id,
                person_id,
                erasures,
                people,
                clock,
                asked_by=AskedBy.STAFF,
                identity=IdentityCheck(form.identity.data),
                by=command.caller.subject,
            )
            return show.done(f"/erasures/{made.id}", "Written down. The governance lead decides.")
    return await _erasure_form(person_id, form, show)


async def _erasure_form(person_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="The person wants to be erased",
        submit="Write it down",
        back=f"/people/{person_id}",
        lead="The governance lead decides within a month. It can be refused for reasons that the law names.",
    )


@router.get("/erasures/{erasure_id}")
async def erasure(erasure_id: PathId, access: ReadingErasure, erasures: TheErasures, show: Show) -> Response:
    found = await erasures.get(erasure_id)
    holders = [(show.shell.service_name(each), found.confirmed_at(each)) for each in found.holders]
    return await show(
        "intake/erasure.html",
        title="A request to be erased",
        back="/rights",
        found=found,
        holders=holders,
        may_decide=access.sees("erasure.decide"),
    )


@router.get("/erasures/{erasure_id}/decide")
async def ask_for_decision(
    erasure_id: PathId,
    _: MayDecide,
    erasures: TheErasures,
    keeping: TheKeeping,
    record_requests: TheRecordRequests,
    known: TheKnown,
    show: Show,
) -> Response:
    stored = await erasures.read(erasure_id)
    found = await ask.hindrances_of(stored.aggregate.person_id, keeping, record_requests, known)
    return await _decision_form(stored.aggregate, DecisionForm.fresh(version=stored.version), found, show)


@router.post("/erasures/{erasure_id}/decide")
async def decide(
    erasure_id: PathId,
    command: Deciding,
    form: Annotated[DecisionForm, sent(DecisionForm)],
    erasures: TheErasures,
    keeping: TheKeeping,
    record_requests: TheRecordRequests,
    known: TheKnown,
    clock: TheClock,
    show: Show,
) -> Response:
    wanted = await erasures.get(erasure_id)
    found = await ask.hindrances_of(wanted.person_id, keeping, record_requests, known)
    if form.validate():
        with attempt(form, command):
            hold = [Hindrance(each) for each in form.hold.data or ()]
            await ask.decide_erasure(
                erasure_id,
                _ground(form.ground.data),
                erasures,
                [*found, *(each for each in hold if each not in found)],
                clock,
                by=command.caller.subject,
                identity=IdentityCheck(form.identity.data) if form.identity.data else None,
                expecting=command.expecting,
            )
            done = "The decision is noted." + (" Tell the person." if wanted.needs_answer else "")
            return show.done(f"/erasures/{erasure_id}", done)
    return await _decision_form(wanted, form, found, show)


def _ground(text: str) -> ErasureGround | RefusalGround:
    return ErasureGround(text) if text in {each.value for each in ErasureGround} else RefusalGround(text)


async def _decision_form(wanted: Erasure, form: DecisionForm, found: list[Hindrance], show: Show) -> Response:
    if not wanted.needs_identity:
        del form.identity
    label = show.shell.environment.filters["label"]
    against = " ".join(f"{label(each)}." for each in found) or "Nothing that we know of speaks against it."
    return await show.form(
        form,
        title="Decide about the erasure",
        submit="Note the decision",
        back=f"/erasures/{wanted.id}",
        lead=f"What speaks against it: {against}" if found else against,
    )


@router.get("/erasures/{erasure_id}/erase")
async def ask_to_erase(erasure_id: PathId, _: MayDecide, erasures: TheErasures, show: Show) -> Response:
    return await _erase_form(erasure_id, EraseForm.fresh(version=(await erasures.read(erasure_id)).version), show)


@router.post("/erasures/{erasure_id}/erase")
async def erase(
    erasure_id: PathId,
    command: Deciding,
    form: Annotated[EraseForm, sent(EraseForm)],
    erasures: TheErasures,
    keeping: TheKeeping,
    record_requests: TheRecordRequests,
    known: TheKnown,
    rights_terms: TheRightsTerms,
    clock: TheClock,
    show: Show,
) -> Response:
    person_id = (await erasures.get(erasure_id)).person_id
    found = await ask.hindrances_of(person_id, keeping, record_requests, known)
    with attempt(form, command):
        await ask.erase_person(
            erasure_id,
            erasures,
            found,
            known,
            rights_terms,
            clock,
            by=command.caller.subject,
            expecting=command.expecting,
        )
        return show.done(f"/erasures/{erasure_id}", "It has begun. Every service confirms when nothing is left there.")
    return await _erase_form(erasure_id, form, show)


async def _erase_form(erasure_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form, title="Erase this person", submit="Erase for good", back=f"/erasures/{erasure_id}", warning=CANNOT
    )


@router.get("/people/{person_id}/record")
async def ask_about_record(person_id: PathId, _: MayAsk, show: Show) -> Response:
    return await _record_form(IdentityForm.fresh(), f"/people/{person_id}", show)


@router.post("/people/{person_id}/record")
async def ask_for_record(
    person_id: PathId,
    command: Asking,
    form: Annotated[IdentityForm, sent(IdentityForm)],
    record_requests: TheRecordRequests,
    people: ThePeople,
    known: TheKnown,
    rights_terms: TheRightsTerms,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            made = await ask.ask_for_record(
                command.id,
                person_id,
                record_requests,
                people,
                known,
                rights_terms,
                clock,
                asked_by=AskedBy.STAFF,
                identity=IdentityCheck(form.identity.data),
                by=command.caller.subject,
            )
            return show.done(f"/record-requests/{made.id}", "Every service is asked for its part.")
    return await _record_form(form, f"/people/{person_id}", show)


@router.get("/record-requests/{record_request_id}/start")
async def ask_to_start(record_request_id: PathId, _: MayStart, requests: TheRecordRequests, show: Show) -> Response:
    form = IdentityForm.fresh(version=(await requests.read(record_request_id)).version)
    return await _record_form(form, f"/record-requests/{record_request_id}", show)


@router.post("/record-requests/{record_request_id}/start")
async def start(
    record_request_id: PathId,
    command: Starting,
    form: Annotated[IdentityForm, sent(IdentityForm)],
    record_requests: TheRecordRequests,
    known: TheKnown,
    rights_terms: TheRightsTerms,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.start_gathering(
                record_request_id,
                IdentityCheck(form.identity.data),
                record_requests,
                known,
                rights_terms,
                clock,
                by=command.caller.subject,
                expecting=command.expecting,
            )
            return show.done(f"/record-requests/{record_request_id}", "Every service is asked for its part.")
    return await _record_form(form, f"/record-requests/{record_request_id}", show)


async def _record_form(form: Form, back: str, show: Show) -> Response:
    return await show.form(
        form,
        title="The person wants a copy of their record",
        submit="Gather it",
        back=back,
        lead="Every service sends what it holds. You look through it before it is released, within a month.",
    )
