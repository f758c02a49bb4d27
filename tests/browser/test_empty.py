"""Lists and homes on the first day, when there is nothing in them yet."""

import pytest
from playwright.async_api import Browser
from tests.access.scenarios import Stage
from tests.browser.crew import PERSONAS
from tests.browser.demo.serving import served
from tests.browser.pages import LOOKS
from tests.browser.visitor import NARROW, Visitor
from tests.cluster import SERVICES

from alliance.access import Caller
from alliance.kernel import FixedClock, SystemClock


@pytest.mark.parametrize("service", SERVICES)
async def test_a_page_without_anything_on_it_is_accessible(browser: Browser, service: str) -> None:
    app = Stage(service, FixedClock(SystemClock().now())).app
    sessions, found = app.state.sessions, []
    looks = [look for look in LOOKS if look.service == service and "{" not in look.path and look.who]
    async with served(app) as running:
        for who in dict.fromkeys(look.who for look in looks):
            told, visitor = PERSONAS[who], await Visitor.at(browser, size=NARROW)
            caller = Caller(
                subject=told["subject"],
                organisation=told["organisation"],
                roles=frozenset(told["roles"]),
                issuer="https://sign-in.example",
                name=who,
            )
            session = await sessions.begin(caller, issuer=caller.issuer)
            await visitor.goes_to(f"{running.url}/accessibility")
            await visitor.page.evaluate(f"document.cookie = '{sessions.cookie}={session}; Path=/; Secure'")
            for look in looks:
                if look.who == who:
                    answer = await visitor.page.goto(running.url + look.path)
                    if answer is None or answer.status != 200:
                        found.append(f"{look.path}: {answer and answer.status}")
                    found += await visitor.inspected()
                    visitor.troubles.clear()
            await visitor.leave()
    assert found == []
    assert looks
