"""Pages of homes: the vacancies, the register, one home, and adding one."""

from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.web import PathId
from alliance.web.pages import Command, Show, attempt, may, page_doing, page_router, sent
from alliance.web.pages.listing import Listing, csv_of
from housing.api.giving import HomeReading, Homes, HomesListing, Now, knows_address
from housing.application import homes as use
from housing.application import queries
from housing.domain.codes import Setting
from housing.domain.home import Home
from housing.pages.forms import HomeForm
from housing.pages.lists import REGISTER, VACANCIES, by_area, home_rows
from housing.pages.reading import SEVERAL, After, ChosenArea, every
from housing.pages.words import COLOURS, short

router = page_router()

MayAdd = Annotated[Access, may("home.add")]
Adding = Annotated[Command, page_doing("home.add")]


@router.get("/vacancies")
async def vacancies(
    _: HomesListing, homes: Homes, now: Now, show: Show, area: ChosenArea = "", after: After = None
) -> Response:
    page = await queries.vacancies(homes, area=area or None, after=after, limit=SEVERAL)
    shown = Listing(
        "Homes that can be offered, the longest empty first",
        VACANCIES,
        home_rows(page.items, VACANCIES, now.now().date()),
        next=page.next,
        after=after,
        filters=by_area(area),
        empty="No home is empty and free to be offered.",
        csv="/vacancies.csv",
    )
    return await show("housing/list.html", title="Vacancies", shown=shown)


@router.get("/vacancies.csv")
async def vacancies_file(_: HomesListing, homes: Homes, now: Now, area: ChosenArea = "") -> Response:
    found = every(lambda after: queries.vacancies(homes, area=area or None, after=after, limit=SEVERAL))
    rows = (home_rows([home], VACANCIES, now.now().date())[0] async for home in found)
    return csv_of(Listing("Vacancies", VACANCIES, ()), "vacancies", rows)


@router.get("/homes")
async def register(
    access: HomesListing, homes: Homes, now: Now, show: Show, area: ChosenArea = "", after: After = None
) -> Response:
    page = await queries.all_homes(homes, area=area or None, after=after, limit=SEVERAL)
    shown = Listing(
        "All homes, by area",
        REGISTER,
        home_rows(page.items, REGISTER, now.now().date(), called=show.shell.organisation_name),
        next=page.next,
        after=after,
        filters=by_area(area),
        empty="There are no homes yet.",
        csv="/homes.csv",
    )
    add = ("Add a home", "/homes/add") if access.sees("home.add") else None
    return await show("housing/list.html", title="Homes", shown=shown, add=add)


@router.get("/homes.csv")
async def register_file(_: HomesListing, homes: Homes, now: Now, area: ChosenArea = "") -> Response:
    found = every(lambda after: queries.all_homes(homes, area=area or None, after=after, limit=SEVERAL))
    rows = (home_rows([home], REGISTER, now.now().date())[0] async for home in found)
    return csv_of(Listing("Homes", REGISTER, ()), "homes", rows)


@router.get("/homes/add")
async def ask_about_home(_: MayAdd, show: Show) -> Response:
    return await _adding(HomeForm.fresh(), show)


@router.post("/homes/add")
async def add_home(
    command: Adding, form: Annotated[HomeForm, sent(HomeForm)], homes: Homes, now: Now, show: Show
) -> Response:
    if form.validate():
        with attempt(form, command):
            home = Home(
                id=command.id,
                provider=form.provider.data,
                landlord=form.landlord.data,
                setting=Setting(form.setting.data),
                support_level=form.support_level.data,
                area_code=form.area_code.data,
                rent_pence=form.rent.data,
                support_pence=form.support.data,
                confidential=form.confidential.data == "yes",
                address=form.address.data,
                access_features=form.access_features.data,
                void_since=form.void_since.data,
            )
            added = await use.add_home(home, homes, now)
            return show.done(f"/homes/{added}", "The home is added and can be offered.")
    return await _adding(form, show)


@router.get("/homes/{home_id}")
async def record(home_id: PathId, access: HomeReading, homes: Homes, show: Show) -> Response:
    home = await homes.get(home_id)
    return await show(
        "housing/home.html",
        title=f"Home {short(home.id)}",
        back="/homes",
        home=home,
        colour=COLOURS[home.state],
        address=home.address if knows_address(access, home) else None,
        placements={id_: short(id_) for id_ in _kept_for(home)},
        may_open=access.sees("placement.list"),
    )


def _kept_for(home: Home) -> set[str]:
    """Placements, now and before."""
    return {past.placement_id for past in home.past} | ({home.hold.placement_id} if home.hold else set())


async def _adding(form: HomeForm, show: Show) -> Response:
    return await show.form(form, title="Add a home", submit="Add the home", back="/homes")
