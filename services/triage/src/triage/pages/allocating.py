"""Pages on which somebody takes a case on, steps back, or makes a colleague the key worker."""

from typing import Annotated

from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Show, attempt, page_router, sent
from triage.api.giving import TheCases, TheClock, TheTeams
from triage.application import allocation as ask
from triage.application.teams import colleague, named_colleague
from triage.pages.allocation_forms import NameKeyWorkerForm, NothingForm
from triage.pages.asking import (
    AnsweringNaming,
    MayAnswerNaming,
    MayStepBack,
    MayTakeOn,
    Naming,
    SteppingBack,
    Suggesting,
    TakingOn,
)
from triage.pages.desk import OnDesk, Step
from triage.pages.telling import reference

router = page_router()

TAKE_ON = Step(
    title="Take this case on",
    submit="Take the case on",
    lead="You become a named worker of this person: the case is on your home page, and you see it at all times. "
    "Whoever is named first is the key worker.",
)
STEP_BACK = Step(
    title="Step back from this case",
    submit="Step back",
    lead="You are a named worker of this person no longer. The colleagues who stay named go on; if you are the key "
    "worker, whoever has been named longest becomes it.",
)
NAME = Step(
    title="Name a key worker",
    submit="Name them",
    lead="The key worker answers for the case. A colleague of your own organisation is key worker at once; somebody "
    "of another organisation is asked first, and you see when they have answered.",
)


@router.get("/cases/{case_id}/take-on", dependencies=[MayTakeOn])
async def ask_about_taking_on(desk: OnDesk) -> Response:
    return await desk.page(TAKE_ON, await desk.empty(NothingForm))


@router.post("/cases/{case_id}/take-on")
async def take_on(
    command: TakingOn, form: Annotated[NothingForm, sent(NothingForm)], desk: OnDesk, teams: TheTeams
) -> Response:
    with attempt(form, command):
        who = await colleague(command.caller.subject, command.caller.organisation, teams)
        await ask.take_on(desk.case_id, who, desk.cases, desk.clock, expecting=command.expecting)
        return desk.done("You are now a named worker on this case.")
    return await desk.page(TAKE_ON, form)


@router.get("/cases/{case_id}/step-back", dependencies=[MayStepBack])
async def ask_about_stepping_back(desk: OnDesk) -> Response:
    return await desk.page(STEP_BACK, await desk.empty(NothingForm))


@router.post("/cases/{case_id}/step-back")
async def step_back(command: SteppingBack, form: Annotated[NothingForm, sent(NothingForm)], desk: OnDesk) -> Response:
    with attempt(form, command):
        await ask.step_back(
            desk.case_id, desk.cases, desk.clock, by=command.caller.subject, expecting=command.expecting
        )
        return desk.done("You are no longer a named worker on that case.", to="/")
    return await desk.page(STEP_BACK, form)


@router.get("/cases/{case_id}/name-key-worker")
async def ask_whom_to_name(access: Suggesting, desk: OnDesk, teams: TheTeams, show: Show) -> Response:
    form = await desk.empty(NameKeyWorkerForm)
    await _choose(form, desk, teams, show, access.caller.organisation)
    return await desk.page(NAME, form)


@router.post("/cases/{case_id}/name-key-worker")
async def name_key_worker(
    command: Naming,
    form: Annotated[NameKeyWorkerForm, sent(NameKeyWorkerForm)],
    desk: OnDesk,
    teams: TheTeams,
    show: Show,
) -> Response:
    await _choose(form, desk, teams, show, command.caller.organisation)
    if form.validate():
        team_id, _, subject = form.who.data.partition(" ")
        with attempt(form, command):
            who = await named_colleague(subject, team_id, teams)
            case = await ask.name_key_worker(
                desk.case_id, who, desk.cases, desk.clock, by=command.caller.subject, expecting=command.expecting
            )
            if case.naming and case.naming.subject == subject:
                return desk.done("Your colleague is asked. They become key worker when they have said yes.")
            return desk.done("Your colleague is now the key worker.")
    return await desk.page(NAME, form)


async def _choose(form: NameKeyWorkerForm, desk: OnDesk, teams: TheTeams, show: Show, reader: str) -> None:
    """Everybody in a team who could be asked, with why they could and what speaks against it, as far as the `reader`'s
    organisation may know.
    """
    case = await desk.cases.get(desk.case_id)
    found = await ask.suggestions(case, desk.cases, teams, desk.known, desk.clock.now(), reader=reader)
    names = await show.names([each.candidate.subject for each in found])
    members = show.shell.organisation_name
    form.who.among(
        {
            f"{who.team_id} {who.subject}": f"{names[who.subject]}, {who.team} ({members(who.organisation)})"
            for who in (each.candidate for each in found)
        },
        {
            f"{each.candidate.team_id} {each.candidate.subject}": " ".join([*each.reasons, *each.doubts])
            for each in found
        },
    )


@router.get("/namings/{naming_id}", dependencies=[MayAnswerNaming])
async def ask_about_naming(naming_id: PathId, cases: TheCases, show: Show) -> Response:
    stored = await cases.read(naming_id)
    return await _naming_page(NothingForm.fresh(version=stored.version), naming_id, cases, show)


@router.post("/namings/{naming_id}/accept")
async def accept_naming(
    naming_id: PathId,
    command: AnsweringNaming,
    form: Annotated[NothingForm, sent(NothingForm)],
    cases: TheCases,
    clock: TheClock,
    show: Show,
) -> Response:
    with attempt(form, command):
        await ask.accept_naming(naming_id, cases, clock, expecting=command.expecting)
        return show.done("/", "The case has its key worker.")
    return await _naming_page(form, naming_id, cases, show)


@router.post("/namings/{naming_id}/decline")
async def decline_naming(
    naming_id: PathId,
    command: AnsweringNaming,
    form: Annotated[NothingForm, sent(NothingForm)],
    cases: TheCases,
    show: Show,
) -> Response:
    with attempt(form, command):
        await ask.decline_naming(naming_id, cases, expecting=command.expecting)
        return show.done("/", "You have said no. Whoever asked you sees that on the case.")
    return await _naming_page(form, naming_id, cases, show)


async def _naming_page(form: NothingForm, naming_id: str, cases: TheCases, show: Show) -> Response:
    case = await cases.get(naming_id)
    asked = [case.naming.subject, case.naming.by] if case.naming else []
    return await show.form(
        form,
        title="Become key worker?",
        submit="Say yes",
        back="/",
        template="triage/naming.html",
        case=case,
        case_reference=reference(case.id),
        names=await show.names(asked),
    )
