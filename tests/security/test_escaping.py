"""What people type is shown as they typed it: in every field of every form, on every page, in every service."""

import re
from collections.abc import AsyncIterator
from html import unescape

import httpx2
import pytest
from tests.access.scenarios import Stage
from tests.browser.crew import Crew
from tests.browser.pages import LOOKS, Look
from tests.cluster import SERVICES, Cluster
from tests.security.conftest import Overheard
from tests.security.harm import EVALUATED, HOSTILE, PAYLOAD, harm_in, read, shows

from alliance.kernel import FixedClock, new_id
from alliance.testing.rooms import browsing

pytestmark = [pytest.mark.broker, pytest.mark.store]

WHERE_IT_SHOWS = {
    "intake": {"/introductions/{introduction.waiting}", "/people/{person.waiting}", "/people/{person.waiting}/details"},
    "triage": {
        "/",
        "/cases/{case.talked}",
        "/cases/{case.talked}/hold-conversation",
        "/cases/{case.talked}/conversation",
        "/cases/{case.talked}/goals/{goal}",
        "/cases/{case.talked}/plan",
    },
    "housing": {"/placements/{placement.offered}", "/homes/{home.held}"},
}
"""Pages that must show what was typed, or the test would look at pages without any of it."""


async def _pages(crew: Crew, service: str, overheard: Overheard) -> AsyncIterator[tuple[Look, httpx2.AsyncClient, str]]:
    for look in LOOKS:
        if look.service == service:
            async with crew.client(look.who, service) as client:
                answer = await client.get(look.address(overheard.filled))
                yield look, client, answer.text


def _form(html: str) -> tuple[str | None, dict[str, list[str]], list[str]]:
    """Where the first form of the page leads, its answers with the first of all choices, and its free texts."""
    found = re.search(r'<main.*?<form method="post"([^>]*)>(.*?)</form>', html, re.DOTALL)
    if found is None:
        return None, {}, []
    action = re.search(r'action="([^"]+)"', found[1])
    answers: dict[str, list[str]] = {}
    free = []
    for tag in re.findall(r"<(?:input|textarea|select)\b[^>]*>", found[2]):
        said = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        name, kind = said.get("name", ""), said.get("type", "text")
        if kind == "hidden":
            answers[name] = [said.get("value", "")]
        elif kind in ("radio", "checkbox"):
            answers.setdefault(name, [said.get("value", "")])
        elif not tag.startswith("<select"):
            free.append(name)
            answers[name] = [PAYLOAD]
    return unescape(action[1]) if action else "", answers, free


@pytest.mark.parametrize("service", SERVICES)
async def test_no_page_runs_what_somebody_typed(
    alliance: Cluster, crew: Crew, hostile: Overheard, service: str
) -> None:
    found, showing = [], set()
    async for look, _, html in _pages(crew, service, hostile):
        found += [f"{look.path}: {harm}" for harm in harm_in(html)]
        found += [f"{look.path}: an address tells it" for each in read(html).addresses if "owned" in each]
        if shows(html):
            showing.add(look.path)
    assert found == []
    assert showing >= WHERE_IT_SHOWS.get(service, set())


@pytest.mark.parametrize("service", SERVICES)
async def test_no_form_runs_what_is_typed_into_it(
    alliance: Cluster, crew: Crew, hostile: Overheard, service: str
) -> None:
    """Every field gets it, also days and amounts, whose wrong answers are kept for the next try."""
    found, typed = [], set()
    async for look, client, html in _pages(crew, service, hostile):
        action, answers, free = _form(html)
        if action is None or not free or look.path.endswith(("/sent", "/status")):
            continue
        answers["form_token"] = [new_id()]
        answer = await client.post(action or look.address(hostile.filled), data=answers)
        if answer.status_code == 303:
            answer = await client.get(answer.headers["location"])
        if answer.status_code >= 500 or answer.status_code in (400, 403):
            found.append(f"{look.path}: {answer.status_code}")
        found += [f"{look.path}: {harm}" for harm in harm_in(answer.text)]
        typed |= {f"{look.path} {name}" for name in free}
    assert found == []
    assert typed or service in ("notify", "reporting")


async def test_nothing_personal_is_said_to_all(alliance: Cluster, hostile: Overheard) -> None:
    assert hostile.said
    told = [each for each in hostile.said if "owned()" in each or HOSTILE.email in each]
    assert told == []


async def test_no_log_tells_what_was_typed_or_how_to_open_a_status_page(
    alliance: Cluster, crew: Crew, hostile: Overheard
) -> None:
    async with crew.client("Fay Example", "intake") as fay:
        await fay.get(f"/introductions/{hostile.filled['introduction.waiting']}")
    marks = ["owned()", "onerror", "71917*7193", *hostile.filled.tokens.values()]
    for name in (*SERVICES, "sign-in"):
        log = (alliance.place.logs / f"{name}.log").read_text()
        assert log or name == "sign-in"
        assert [mark for mark in marks if mark in log] == [], name


async def test_a_page_that_does_not_escape_is_found(clock: FixedClock) -> None:
    app, typed = Stage("housing", clock).app, {"address": PAYLOAD}
    async with browsing(app, "housing-manager", organisation="thames-reach") as manager:
        escaped = await manager.send_form("/homes/add", **typed)
        assert (escaped.status_code, harm_in(escaped.text), shows(escaped.text)) == (422, [], True)
    planted = app.state.shell.environment.from_string("<p>{{ text|safe }}</p>").render(text=PAYLOAD)
    assert harm_in(planted) == ["a script of ours", "<img onerror>", "<img> of ours"]
    assert harm_in(f"<p>{EVALUATED}</p>") == ["a template was evaluated"]
