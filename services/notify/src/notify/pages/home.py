"""What needs me now: the alerts that somebody in my place has been asked to answer."""

from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.web.pages import Show, may, page_router
from notify.api.giving import TheAlerts, TheClock
from notify.pages.alerts import section_of
from notify.pages.desks import BUDGET, DESKS, PEOPLE

router = page_router()

Home = Annotated[Access, may("home.see")]


@router.get("/")
async def home(access: Home, alerts: TheAlerts, clock: TheClock, show: Show) -> Response:
    desks = [desk for desk in DESKS if access.sees(f"{desk.record}.list")]
    if PEOPLE in desks and BUDGET in desks:
        desks.remove(BUDGET)  # its alerts stand among the others already
    sections = [(desk, await section_of(desk, access, alerts, clock.now())) for desk in desks]
    return await show("notify/home.html", title="What needs me now", sections=sections)
