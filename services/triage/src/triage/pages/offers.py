"""Pages of support: offered, accepted or declined, started, ended."""

from typing import Annotated

from starlette.responses import Response

from alliance.kernel import LONDON
from alliance.web import PathId
from alliance.web.pages import attempt, page_router, sent
from triage.api.giving import TheCosts, TheTerms
from triage.application import offers as ask
from triage.domain.codes import DeclinedBy, OfferWithdrawal, Support, SupportEnding
from triage.domain.offer import Offered
from triage.pages.asking import MayOffer, Offering
from triage.pages.desk import OnDesk, Step
from triage.pages.forms import AcceptForm, DeclineForm, EndForm, OfferForm, SeeToForm, StartForm, WithdrawForm

router = page_router(prefix="/cases/{case_id}")

OTHER = "triage/directory/other.html"
OFFER = Step(
    title="Offer support",
    submit="Offer it",
    lead="While an offer is open or support is running, the case is out of the queue. A decline puts it back.",
    reaches=True,
)
ACCEPT = Step(
    title="The person accepts the offer",
    submit="Record that they accept",
    warning="The provider is told at once that the person is coming.",
)
DECLINE = Step(
    title="The offer is declined",
    submit="Record the decline",
    warning="The provider is told at once, and the case goes back to its place in the queue. A declined offer stays "
    "declined: to try again, make another one.",
)
START = Step(title="Support has started", submit="Record the start", lead="This ends the wait for support.")
WITHDRAW = Step(
    title="Take the offer back",
    submit="Take it back",
    warning="The provider is told at once. It is recorded as our own decision: neither the person nor the provider "
    "has declined.",
)
SEE_TO = Step(
    title="Nothing more to offer now",
    submit="What else is offered is enough",
    lead="An offer was declined or has lapsed. If what else is offered or running is enough for now, say so here, and "
    "the case leaves the queue again. To offer something else instead, go back.",
)
END = Step(
    title="Support has ended",
    submit="Record the end",
    warning="The provider is told at once. Support that has ended does not start again: make another offer.",
)


@router.get("/offer-support", dependencies=[MayOffer])
async def ask_about_offering(desk: OnDesk) -> Response:
    form = await desk.empty(OfferForm)
    form.provider.among(desk.providers)
    return await desk.page(OFFER, form, template=OTHER)


@router.post("/offer-support")
async def offer(
    command: Offering, form: Annotated[OfferForm, sent(OfferForm)], desk: OnDesk, terms: TheTerms
) -> Response:
    form.provider.among(desk.providers)
    if form.validate():
        kind, provider = Support(form.kind.data), form.provider.data
        with attempt(form, command):
            what = Offered(kind=kind, provider_id=provider)
            await ask.offer_support(
                desk.case_id, command.id, what, desk.cases, terms, desk.clock, expecting=command.expecting
            )
            return desk.done("Support is offered.")
    return await desk.page(OFFER, form, template=OTHER)


@router.get("/offers/{offer_id}/accept", dependencies=[MayOffer])
async def ask_about_accepting(offer_id: PathId, desk: OnDesk) -> Response:
    return await desk.page(ACCEPT, await desk.empty(AcceptForm), offer_id)


@router.post("/offers/{offer_id}/accept")
async def accept(
    offer_id: PathId, command: Offering, form: Annotated[AcceptForm, sent(AcceptForm)], desk: OnDesk
) -> Response:
    with attempt(form, command):
        await ask.accept_offer(desk.case_id, offer_id, desk.cases, desk.clock, expecting=command.expecting)
        return desk.done("The offer is accepted.")
    return await desk.page(ACCEPT, form, offer_id)


@router.get("/offers/{offer_id}/decline", dependencies=[MayOffer])
async def ask_about_declining(offer_id: PathId, desk: OnDesk) -> Response:
    return await desk.page(DECLINE, await desk.empty(DeclineForm), offer_id)


@router.post("/offers/{offer_id}/decline")
async def decline(
    offer_id: PathId, command: Offering, form: Annotated[DeclineForm, sent(DeclineForm)], desk: OnDesk
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.decline_offer(
                desk.case_id,
                offer_id,
                desk.cases,
                desk.clock,
                by=DeclinedBy(form.by.data),
                reason_code=form.reason.data,
                note=form.note.data or "",
                expecting=command.expecting,
            )
            return desk.done("The offer is declined, and the case is back in the queue.")
    return await desk.page(DECLINE, form, offer_id)


@router.get("/offers/{offer_id}/start", dependencies=[MayOffer])
async def ask_about_starting(offer_id: PathId, desk: OnDesk) -> Response:
    today = desk.clock.now().astimezone(LONDON).date()
    return await desk.page(START, await desk.empty(StartForm, on=today), offer_id)


@router.post("/offers/{offer_id}/start")
async def start(
    offer_id: PathId,
    command: Offering,
    form: Annotated[StartForm, sent(StartForm)],
    desk: OnDesk,
    costs: TheCosts,
) -> Response:
    if form.validate():
        began = form.happened_at(desk.clock.now())
        with attempt(form, command):
            await ask.start_support(
                desk.case_id, offer_id, began, desk.cases, costs, desk.clock, expecting=command.expecting
            )
            return desk.done("Support has started.")
    return await desk.page(START, form, offer_id)


@router.get("/offers/{offer_id}/end", dependencies=[MayOffer])
async def ask_about_ending(offer_id: PathId, desk: OnDesk) -> Response:
    return await desk.page(END, await desk.empty(EndForm), offer_id)


@router.post("/offers/{offer_id}/end")
async def end(offer_id: PathId, command: Offering, form: Annotated[EndForm, sent(EndForm)], desk: OnDesk) -> Response:
    if form.validate():
        reason = SupportEnding(form.reason.data)
        with attempt(form, command):
            await ask.end_support(
                desk.case_id, offer_id, desk.cases, desk.clock, reason=reason, expecting=command.expecting
            )
            return desk.done("Support has ended.")
    return await desk.page(END, form, offer_id)


@router.get("/offers/{offer_id}/withdraw", dependencies=[MayOffer])
async def ask_about_withdrawing(offer_id: PathId, desk: OnDesk) -> Response:
    return await desk.page(WITHDRAW, await desk.empty(WithdrawForm), offer_id)


@router.post("/offers/{offer_id}/withdraw")
async def withdraw(
    offer_id: PathId, command: Offering, form: Annotated[WithdrawForm, sent(WithdrawForm)], desk: OnDesk
) -> Response:
    if form.validate():
        reason = OfferWithdrawal(form.reason.data)
        with attempt(form, command):
            await ask.withdraw_offer(
                desk.case_id, offer_id, desk.cases, desk.clock, reason=reason, expecting=command.expecting
            )
            return desk.done("The offer is taken back.")
    return await desk.page(WITHDRAW, form, offer_id)


@router.get("/see-to-declines", dependencies=[MayOffer])
async def ask_about_declines(desk: OnDesk) -> Response:
    return await desk.page(SEE_TO, await desk.empty(SeeToForm))


@router.post("/see-to-declines")
async def see_to_declines(command: Offering, form: Annotated[SeeToForm, sent(SeeToForm)], desk: OnDesk) -> Response:
    with attempt(form, command):
        await ask.see_to_declines(desk.case_id, desk.cases, expecting=command.expecting)
        return desk.done("What came back is seen to.")
    return await desk.page(SEE_TO, form)
