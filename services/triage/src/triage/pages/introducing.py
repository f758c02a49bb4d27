"""Pages on which a person is introduced to others: a team of the trust, or IPSA for a home of their own."""

from typing import Annotated

from starlette.responses import Response

from alliance.web.pages import attempt, page_router, sent
from triage.application import cases as ask
from triage.domain.codes import TeamType
from triage.domain.records import IpsaProfile
from triage.pages.asking import Introducing, MayIntroduce
from triage.pages.desk import OnDesk, Step
from triage.pages.forms import IpsaForm, SecondaryCareForm

router = page_router(prefix="/cases/{case_id}")

SECONDARY_CARE = Step(
    title="Introduce the person to secondary care",
    submit="Introduce them",
    warning="The team is told at once. An introduction cannot be taken back here: call the team if it was a mistake.",
)
IPSA = Step(
    title="Introduce the person to IPSA",
    submit="Introduce them",
    lead="IPSA, the integrated personalised support alliance, looks for a home of the person's own with the support "
    "they need.",
    warning="Housing begins to look for a home at once, by what you say here. It can be said only once while it looks: "
    "check it.",
    reaches=True,
)


@router.get("/introduce-to-secondary-care", dependencies=[MayIntroduce])
async def ask_about_secondary_care(desk: OnDesk) -> Response:
    return await desk.page(SECONDARY_CARE, await desk.empty(SecondaryCareForm))


@router.post("/introduce-to-secondary-care")
async def introduce_to_secondary_care(
    command: Introducing, form: Annotated[SecondaryCareForm, sent(SecondaryCareForm)], desk: OnDesk
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.introduce_to_secondary_care(
                desk.case_id, TeamType(form.team.data), desk.cases, desk.clock, expecting=command.expecting
            )
            return desk.done("The person is introduced to secondary care.")
    return await desk.page(SECONDARY_CARE, form)


@router.get("/introduce-to-ipsa", dependencies=[MayIntroduce])
async def ask_about_ipsa(desk: OnDesk) -> Response:
    return await desk.page(IPSA, await desk.empty(IpsaForm))


@router.post("/introduce-to-ipsa")
async def introduce_to_ipsa(command: Introducing, form: Annotated[IpsaForm, sent(IpsaForm)], desk: OnDesk) -> Response:
    if form.validate():
        profile = IpsaProfile(
            current_setting=form.setting.data,
            weekly_cost_pence=form.weekly_cost.data,
            support_level=form.support_level.data,
            section_117=form.section_117.data == "yes",
        )
        with attempt(form, command):
            await ask.introduce_to_ipsa(
                desk.case_id, profile, desk.cases, desk.searches, desk.clock, expecting=command.expecting
            )
            return desk.done("The person is introduced to IPSA: housing begins to look for a home.")
    return await desk.page(IPSA, form)
