"""Another site's page, and a sibling's, in a real Chromium in which somebody has signed in: nothing comes of it."""

from collections.abc import AsyncIterator
from urllib.parse import quote

import pytest
from playwright.async_api import Browser, Route
from tests.browser.crew import Crew, as_browser, signed_in, url
from tests.browser.filled import Filled
from tests.browser.visitor import Visitor
from tests.cluster import Cluster

from alliance.kernel import new_id

pytestmark = [pytest.mark.broker, pytest.mark.store]

NAME = "Kofi Notreal"


@pytest.fixture
async def tess(alliance: Cluster, browser: Browser) -> AsyncIterator[Visitor]:
    """Signed in at triage a moment ago, with a window in which another site's page can open."""
    visitor = await signed_in(alliance, browser, "Tess Fabricated")
    yield visitor
    await visitor.leave()


def sending(target: str) -> str:
    """A page that sends a form as soon as it is open, with a good token, as whoever wrote it can make one."""
    return (
        f'<form method="post" action="{target}"><input name="form_token" value="{new_id()}"></form>'
        "<script>document.forms[0].submit()</script>"
    )


async def sent_from(visitor: Visitor, page: str, target: str) -> int:
    """What the browser is answered when `page`, which is not ours, sends its form."""

    async def answer(route: Route) -> None:
        await route.fulfill(body=sending(target), content_type="text/html")

    await visitor.context.route(page, answer)
    async with visitor.page.expect_response(lambda found: found.url == target) as coming:
        await visitor.page.goto(page)
    found = await coming.value
    await visitor.page.wait_for_load_state("load")
    return found.status


async def workers(alliance: Cluster, case_id: str) -> list[str]:
    async with alliance.client("triage") as client:
        found: list[str] = (await client.get(f"/api/v1/cases/{case_id}")).json()["workers"]
        return found


@pytest.mark.parametrize("other", ["http://evil.example/page", "sibling", "http://127.0.0.1:9/page"])
async def test_another_page_changes_nothing(alliance: Cluster, tess: Visitor, filled: Filled, other: str) -> None:
    case_id = filled["case.new"]
    page = url(alliance, "intake", "/made-up") if other == "sibling" else other
    before = await workers(alliance, case_id)
    assert await sent_from(tess, page, url(alliance, "triage", f"/cases/{case_id}/take-on")) == 403
    assert await workers(alliance, case_id) == before


async def test_a_page_of_our_own_could(alliance: Cluster, tess: Visitor, filled: Filled) -> None:
    """The same form from the service's own address is taken: it is the address that the others fail by."""
    case_id = filled["case.offered"]
    own = url(alliance, "triage", "/made-up")
    assert await sent_from(tess, own, url(alliance, "triage", f"/cases/{case_id}/take-on")) == 303
    assert "staff-tess" in await workers(alliance, case_id)


async def test_no_other_page_frames_ours(alliance: Cluster, tess: Visitor) -> None:
    sibling, ours = url(alliance, "intake", "/made-up"), url(alliance, "triage", "/cases")

    async def answer(route: Route) -> None:
        await route.fulfill(body=f'<iframe src="{ours}"></iframe>', content_type="text/html")

    await tess.context.route(sibling, answer)
    await tess.page.goto(sibling)
    frame = tess.page.frames[-1]
    assert "Queue" not in await frame.content()


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example", "/\\evil.example", "/%5cevil.example", "/sign-in?next=//x"]
)
async def test_a_sign_in_leads_to_no_other_site(alliance: Cluster, crew: Crew, place: str) -> None:
    visitor = await crew(NAME)
    await visitor.goes_to(url(alliance, "triage", f"/sign-in?next={quote(place, safe='')}"))
    assert visitor.page.url == url(alliance, "triage")
    assert visitor.troubles == []


async def test_broken_glass_leads_to_no_other_site(alliance: Cluster, crew: Crew, filled: Filled) -> None:
    where = f"/break-glass/introduction/{filled['introduction.ended']}?next=https://evil.example/"
    async with crew.client(NAME, "intake") as client:
        answer = await client.post(where, data={"form_token": new_id(), "reason": "emergency"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_cookies_stay_where_they_belong(alliance: Cluster, crew: Crew) -> None:
    visitor = await crew(NAME)
    for service in ("triage", "intake", "notify"):
        await visitor.goes_to(url(alliance, service))
    cookies = await visitor.context.cookies()
    assert {"__Host-triage", "__Host-intake", "__Host-notify"} <= {each["name"] for each in cookies}
    for each in cookies:
        kept = (each["name"][:7], each["secure"], each["httpOnly"], each["sameSite"], each["path"])
        assert kept == ("__Host-", True, True, kept[3], "/"), each["name"]
        assert kept[3] in ("Lax", "Strict")
        assert not each["domain"].startswith(".")


async def test_a_session_is_worth_nothing_after_sign_out_in_any_service(alliance: Cluster, browser: Browser) -> None:
    visitor = await signed_in(alliance, browser, "Nora Dummy")
    services = ("intake", "notify", "reporting")
    for service in services:
        await visitor.goes_to(url(alliance, service))
    copied = {service: await _opens(alliance, visitor, service) for service in services}
    assert set(copied.values()) == {200}
    async with (
        as_browser(alliance, visitor, "intake") as intake,
        as_browser(alliance, visitor, "notify") as notify,
        as_browser(alliance, visitor, "reporting") as reporting,
    ):
        await visitor.goes_to(url(alliance, "intake"))
        await visitor.follows("Sign out")
        await visitor.sees("You have signed out")
        await visitor.page.wait_for_url("**/signed-out**")
        for thief in (intake, notify, reporting):
            answer = await thief.get("/")
            assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in")
    await visitor.leave()


async def _opens(alliance: Cluster, visitor: Visitor, service: str) -> int:
    async with as_browser(alliance, visitor, service) as client:
        return (await client.get("/")).status_code


async def test_a_session_that_was_there_before_the_sign_in_is_not_taken_over(
    alliance: Cluster, browser: Browser
) -> None:
    """Somebody leaves a session of theirs, and one they made up, in the browser of the next person."""
    attacker = await signed_in(alliance, browser, "Kit Imaginary")
    theirs = await _session(alliance, attacker)
    for planted in (theirs, "x" * len(theirs)):
        visitor = await Visitor.at(browser)
        await visitor.goes_to(url(alliance, "triage", "/accessibility"))
        await visitor.page.evaluate(f"document.cookie = '__Host-triage={planted}; Path=/; Secure'")
        assert await _session(alliance, visitor) == planted
        await visitor.goes_to(alliance.start_page)
        await visitor.follows("Continue as Tess Fabricated")
        await visitor.goes_to(url(alliance, "triage", "/sign-in"))
        await visitor.sees("Tess Fabricated")
        assert await _session(alliance, visitor) != planted
        await visitor.leave()
    assert await _opens(alliance, attacker, "triage") == 303
    await attacker.leave()


async def _session(alliance: Cluster, visitor: Visitor) -> str:
    cookies = {each["name"]: each["value"] for each in await visitor.context.cookies(url(alliance, "triage"))}
    return cookies["__Host-triage"]


async def test_a_sibling_leaves_no_session_behind(alliance: Cluster, browser: Browser) -> None:
    """The name of the cookie binds it to its host: for a whole domain, browsers do not take it."""
    visitor = await Visitor.at(browser)
    await visitor.goes_to(url(alliance, "intake", "/accessibility"))
    await visitor.page.evaluate("document.cookie = '__Host-triage=planted; Path=/; Secure; Domain=localhost'")
    assert await visitor.context.cookies(url(alliance, "triage")) == []
    await visitor.leave()
