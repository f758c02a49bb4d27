"""Pages that a role is not meant to see or send are refused, also when nobody linked to them."""

import pytest

from alliance.kernel import FixedClock, new_id
from alliance.testing.rooms import browsing

from ..rooms import Alliance
from .visits import a_search, a_vacancy, an_offered, at_work, filled, seen, words

FILES = ("/vacancies.csv", "/homes.csv", "/placements.csv")
LISTS = ("/vacancies", "/homes", "/placements", "/placements/list", "/placements/board", *FILES)
STEPS = ("offer-home", "confirm-move-in", "correct-move-in", "move-on", "close", "take-on", "name-worker")
A_MANAGERS = ("correct-move-in", "close")


@pytest.fixture
def alliance() -> Alliance:
    return Alliance(FixedClock())


async def test_nobody_sees_anything_without_signing_in(alliance: Alliance) -> None:
    placement = await a_search(alliance)
    async with browsing(alliance.app) as nobody:
        for path in ("/", *LISTS, f"/placements/{placement}", f"/placements/{placement}/close"):
            answer = await nobody.get(path)
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/sign-in")
        sent = await nobody.send_form(f"/placements/{placement}/close", reason="died")
        assert sent.status_code in (303, 401)
    assert (await alliance.placements.get(placement)).closing is None


@pytest.mark.parametrize("role", ["finance-officer", "triage-worker", "front-door-worker"])
async def test_other_services_staff_have_nothing_to_see_here(alliance: Alliance, role: str) -> None:
    placement, home = await a_search(alliance), await a_vacancy(alliance)
    async with at_work(alliance, role) as browser:
        assert "Your role has nothing to do here." in words(await seen(browser, "/"))
        for path in (*LISTS, f"/homes/{home.id}", "/homes/add", f"/placements/{placement}"):
            assert (await browser.get(path)).status_code == 403
        for step in STEPS:
            path = f"/placements/{placement}/{step}"
            assert (await browser.get(path)).status_code == 403
            assert (await browser.send_form(path, home_id=home.id, reason="died")).status_code == 403


async def test_a_worker_is_refused_what_is_a_managers(alliance: Alliance) -> None:
    placement = await a_search(alliance)
    async with at_work(alliance, "housing-worker") as browser:
        told = words(await seen(browser, f"/placements/{placement}"))
        assert "End the search" not in told
        assert "Add a home" not in words(await seen(browser, "/homes"))
        for path in ("/homes/add", *(f"/placements/{placement}/{step}" for step in A_MANAGERS)):
            assert (await browser.get(path)).status_code == 403
            assert (await browser.send_form(path, reason="died")).status_code == 403
    assert (await alliance.placements.get(placement)).closing is None


async def test_another_organisations_housing_worker_is_refused_until_named(alliance: Alliance) -> None:
    placement, home = await a_search(alliance), await a_vacancy(alliance)
    path = f"/placements/{placement}"
    async with at_work(alliance, "housing-worker", organisation="certitude", subject="other-1") as browser:
        assert (await browser.get(path)).status_code == 403
        for step in STEPS:
            assert (await browser.send_form(f"{path}/{step}", home_id=home.id)).status_code == 403
        async with at_work(alliance) as manager:
            await filled(manager, f"{path}/name-worker", subject="other-1")
        assert (await filled(browser, f"{path}/offer-home", home_id=home.id)).status_code == 303


@pytest.mark.parametrize("role", ["alliance-lead", "auditor"])
async def test_those_who_oversee_see_lists_and_no_record(alliance: Alliance, role: str) -> None:
    placement = await a_search(alliance, person := new_id())
    await alliance.share(person, 1)
    async with at_work(alliance, role) as browser:
        for path in LISTS:
            assert (await browser.get(path)).status_code == 200
        assert (await browser.get(f"/placements/{placement}")).status_code == 403


async def test_every_sight_of_a_placement_and_every_refusal_is_noted(alliance: Alliance) -> None:
    async with at_work(alliance) as browser:
        path, offer, _ = await an_offered(alliance, browser)
        await seen(browser, path)
        await filled(browser, f"{path}/confirm-move-in", **{"moved_in_on-day": "1"})
        await browser.send_form(f"{offer}/accept", version="99")
    async with at_work(alliance, "finance-officer") as stranger:
        await seen(stranger, path, 403)
    trail = alliance.app.state.trail
    leaf = await trail.of_record("placement", path.rpartition("/")[2])
    noted = {(each.entry.action, each.entry.outcome) for each in leaf.entries}
    assert {
        ("placement.offer-home", "done"),
        ("placement.read", "shown"),
        ("placement.answer-offer", "stale"),
        ("placement.confirm-move-in", "not-valid"),
        ("placement.read", "refused"),
    } <= noted
