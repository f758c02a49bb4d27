"""Pages on which a home is offered, and the answer recorded."""

from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.web import PathId
from alliance.web.pages import Command, Show, attempt, may, page_doing, page_router, sent
from alliance.web.pages.people import LastSaid, last_said
from alliance.web.pages.templating import day, pounds
from housing.api.giving import Homes, Now, OfferLasts, Placements, TheKnown
from housing.application import homes as homes_use
from housing.application import placements as use
from housing.application import queries
from housing.domain.codes import DeclinedBy
from housing.domain.fit import Support, fit_of
from housing.domain.home import Home
from housing.domain.placement import Placement
from housing.pages.forms import AcceptForm, DeclineForm, OfferForm
from housing.pages.lists import by_area
from housing.pages.reading import After, ChosenArea
from housing.pages.words import label, short

router = page_router(prefix="/placements/{placement_id}")

MayOffer = Annotated[Access, may("placement.offer-home")]
MayAnswer = Annotated[Access, may("placement.answer-offer")]
Offering = Annotated[Command, page_doing("placement.offer-home")]
Answering = Annotated[Command, page_doing("placement.answer-offer")]

AT_ONCE = 20
SUPPORT = {
    Support.AS_NEEDED: "the support that the person needs",
    Support.MORE: "more support than the person needs",
    Support.LESS: "less support than the person needs",
}


@router.get("/offer-home")
async def ask_which_home(
    placement_id: PathId,
    _: MayOffer,
    homes: Homes,
    placements: Placements,
    known: TheKnown,
    now: Now,
    show: Show,
    area: ChosenArea = "",
    after: After = None,
) -> Response:
    stored = await placements.read(placement_id)
    stored.aggregate.check_open()
    form = OfferForm.fresh(version=stored.version)
    asked = await _last_said(stored.aggregate, known, now, show)
    return await _choosing(stored.aggregate, form, homes, show, asked, area=area, after=after)


@router.post("/offer-home")
async def offer_home(
    placement_id: PathId,
    command: Offering,
    form: Annotated[OfferForm, sent(OfferForm)],
    homes: Homes,
    placements: Placements,
    known: TheKnown,
    now: Now,
    lasts: OfferLasts,
    show: Show,
    area: ChosenArea = "",
    after: After = None,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await homes_use.offer_home(
                form.home_id.data,
                offer_id=command.id,
                placement_id=placement_id,
                lasts=lasts,
                homes=homes,
                placements=placements,
                clock=now,
                expecting=command.expecting,
            )
            until = day(now.now() + lasts)
            return show.done(f"/placements/{placement_id}", f"The home is held for this person until {until}.")
    placement = await placements.get(placement_id)
    asked = await _last_said(placement, known, now, show)
    return await _choosing(placement, form, homes, show, asked, area=area, after=after)


async def _last_said(placement: Placement, known: TheKnown, now: Now, show: Show) -> LastSaid | None:
    """When the person last said how to reach them, for those who may see how."""
    if show.access is None or not show.access.sees("placement.see-details"):
        return None
    details = await known.details_of(placement.person_id, reader=show.access.caller.organisation)
    return last_said(details.contact_confirmed_on, now.now()) if details else None


async def _choosing(
    placement: Placement,
    form: OfferForm,
    homes: Homes,
    show: Show,
    asked: LastSaid | None,
    *,
    area: str,
    after: str | None,
) -> Response:
    page = await queries.vacancies(homes, area=area or None, after=after, limit=AT_ONCE)
    offered = sorted(page.items, key=lambda home: not _suits(home, placement))
    form.home_id.show(
        {home.id: f"Home {short(home.id)}, {home.area_code}: {label(home.setting).lower()}" for home in offered},
        {home.id: _hint(home, placement) for home in offered},
    )
    return await show.form(
        form,
        title="Offer a home",
        submit="Offer this home",
        back=f"/placements/{placement.id}",
        template="housing/offer.html" if offered else "housing/no-home.html",
        placement=placement,
        last_said=asked,
        filters=by_area(area),
        next=page.next,
        area=area,
    )


def _suits(home: Home, placement: Placement) -> bool:
    return bool(placement.beginning and fit_of(home, placement.beginning).good)


def _hint(home: Home, placement: Placement) -> str:
    told = [f"{label(home.support_level)} support"]
    if needs := placement.beginning:
        fit = fit_of(home, needs)
        told = [f"{label(home.support_level)} support: {SUPPORT[fit.support]}"]
        compared = "less" if fit.saving_pence >= 0 else "more"
        difference = f"{pounds(abs(fit.saving_pence))} {compared} than where they live now"
        told.append(f"{pounds(home.weekly_cost_pence)} a week, {difference}")
    if home.access_features:
        told.append(", ".join(label(feature) for feature in home.access_features))
    if home.void_since:
        told.append(f"Empty since {day(home.void_since)}")
    return ". ".join(told) + "."


@router.get("/offers/{offer_id}/accept")
async def ask_about_accepting(
    placement_id: PathId, offer_id: PathId, _: MayAnswer, placements: Placements, show: Show
) -> Response:
    stored = await placements.read(placement_id)
    return await _accepting(stored.aggregate, offer_id, AcceptForm.fresh(version=stored.version), show)


@router.post("/offers/{offer_id}/accept")
async def accept(
    placement_id: PathId,
    offer_id: PathId,
    command: Answering,
    form: Annotated[AcceptForm, sent(AcceptForm)],
    placements: Placements,
    now: Now,
    show: Show,
) -> Response:
    with attempt(form, command):
        await use.accept_offer(placement_id, offer_id, placements, now, expecting=command.expecting)
        return show.done(f"/placements/{placement_id}", "The person has accepted the home.")
    return await _accepting(await placements.get(placement_id), offer_id, form, show)


async def _accepting(placement: Placement, offer_id: str, form: AcceptForm, show: Show) -> Response:
    offer = placement.offer_by(offer_id)
    return await show.form(
        form,
        title="Record that the person accepts",
        submit="They accept",
        back=f"/placements/{placement.id}",
        lead=f"{_named(offer.home_id)}: {label(offer.setting).lower()}, {pounds(offer.weekly_cost_pence)} a week. "
        "The home stays theirs until they move in, or decline after all.",
    )


@router.get("/offers/{offer_id}/decline")
async def ask_about_declining(
    placement_id: PathId, offer_id: PathId, _: MayAnswer, placements: Placements, show: Show
) -> Response:
    stored = await placements.read(placement_id)
    return await _declining(stored.aggregate, offer_id, DeclineForm.fresh(version=stored.version), show)


@router.post("/offers/{offer_id}/decline")
async def decline(
    placement_id: PathId,
    offer_id: PathId,
    command: Answering,
    form: Annotated[DeclineForm, sent(DeclineForm)],
    placements: Placements,
    now: Now,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await use.decline_offer(
                placement_id,
                offer_id,
                placements,
                now,
                by=DeclinedBy(form.by.data),
                reason_code=form.reason.data,
                expecting=command.expecting,
            )
            return show.done(f"/placements/{placement_id}", "The offer is declined. The home can be offered again.")
    return await _declining(await placements.get(placement_id), offer_id, form, show)


async def _declining(placement: Placement, offer_id: str, form: DeclineForm, show: Show) -> Response:
    offer = placement.offer_by(offer_id)
    return await show.form(
        form,
        title="Record that the offer is declined",
        submit="Decline the offer",
        back=f"/placements/{placement.id}",
        lead=f"{_named(offer.home_id)}: {label(offer.setting).lower()}, {pounds(offer.weekly_cost_pence)} a week.",
        warning="The home goes back to the vacancies at once and may be offered to somebody else. "
        "This cannot be undone.",
    )


def _named(home_id: str) -> str:
    return f"Home {short(home_id)}"
