"""Staff look for somebody. What they look for is sent, never in an address; whom they may not see is not found."""

from typing import Annotated

from starlette.responses import Response

from alliance.web import NhsNumber, Phone
from alliance.web.pages import DayQuestion, Form, LineQuestion, Show, page_router, sent
from alliance.web.pages.listing import Cell, Column, Listing
from alliance.web.pages.templating import day
from intake.api.giving import Sight, ThePeople
from intake.application.searching import Wanted, look_for
from intake.domain.person import Person
from intake.pages.details import called, spaced
from intake.pages.giving import MaySearch, Searching

router = page_router("/people/search")


class SearchForm(Form):
    name = LineQuestion(
        "Full name",
        hint="How it sounds is enough, and short names are known.",
        optional=True,
        more={"autocomplete": "off"},
    )
    date_of_birth = DayQuestion("Date of birth", hint="For example, 31 3 1980", past=True, optional=True)
    nhs_number = LineQuestion(
        "NHS number", of=NhsNumber, optional=True, more={"inputmode": "numeric", "classes": "nhsuk-input--width-10"}
    )
    phone = LineQuestion("Phone number", of=Phone, optional=True, more={"type": "tel", "inputmode": "tel"})


@router.get("")
async def ask(_: MaySearch, show: Show) -> Response:
    return await _page(SearchForm.fresh(), None, show)


@router.post("")
async def search(
    command: Searching, form: Annotated[SearchForm, sent(SearchForm)], people: ThePeople, show: Show
) -> Response:
    if not form.validate():
        return await _page(form, None, show)
    wanted = Wanted(**{asked.name: asked.data for asked in form.asked})
    sight = Sight(show.control, command.caller, people)
    found = [person for each in await look_for(wanted, people) if (person := await sight.of(each))]
    await sight.shown(*found)
    return await _page(form, found, show)


async def _page(form: SearchForm, found: list[Person] | None, show: Show) -> Response:
    listing = Listing(
        caption="People found",
        columns=[
            Column("who", "Who"),
            Column("name", "Full name"),
            Column("born", "Born"),
            Column("number", "NHS number"),
        ],
        rows=[
            [
                Cell(called(each.details), href=f"/people/{each.id}"),
                each.details.full_name or "Not known",
                day(each.details.date_of_birth) if each.details.date_of_birth else "Not known",
                spaced(each.details.nhs_number) or "Not known",
            ]
            for each in found or ()
        ],
        empty="Nobody is found whom you may see. Look for less, or introduce them as somebody new.",
    )
    return await show.form(
        form,
        title="Find a person",
        submit="Search",
        back="/",
        template="intake/search.html",
        found=listing if found is not None else None,
    )
