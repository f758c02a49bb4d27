"""Lists of housing: empty, full, filtered, and as files."""

from datetime import date

import pytest

from alliance.kernel import FixedClock
from alliance.web.pages.live import Live

from ..rooms import Alliance
from .visits import a_move_in, a_search, a_vacancy, an_offered, at_work, filled, seen, words


@pytest.fixture
def alliance() -> Alliance:
    return Alliance(FixedClock())


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/", "No offer waits for an answer."),
        ("/", "Nobody waits for an offer."),
        ("/", "No home is empty and free to be offered."),
        ("/vacancies", "No home is empty and free to be offered."),
        ("/vacancies?area=SW9", "Nothing matches what you chose."),
        ("/homes", "There are no homes yet."),
        ("/placements", "Nobody waits for an offer."),
        ("/placements/list", "Nobody has been introduced to IPSA yet."),
    ],
)
async def test_an_empty_list_says_so(alliance: Alliance, path: str, sentence: str) -> None:
    async with at_work(alliance) as browser:
        assert sentence in words(await seen(browser, path))


async def test_the_first_page_says_what_needs_somebody(alliance: Alliance) -> None:
    async with at_work(alliance) as browser:
        waiting, empty = await a_search(alliance), await a_vacancy(alliance, area_code="SE11")
        offered, _, _ = await an_offered(alliance, browser)
        page = await seen(browser, "/")
    told = words(page)
    assert f"/placements/{waiting}" in page
    assert offered in page
    assert f"/homes/{empty.id}" in page
    assert "9 November 2026 at 9:00am" in told
    assert "5 October 2026 (28 days)" in told


async def test_vacancies_are_filtered_by_area_and_show_what_a_home_costs(alliance: Alliance) -> None:
    near, far = await a_vacancy(alliance, area_code="SW9"), await a_vacancy(alliance, area_code="SE27")
    async with at_work(alliance) as browser:
        both, one = await seen(browser, "/vacancies"), await seen(browser, "/vacancies?area=SW9")
        assert far.id in both
        assert far.id not in one
        assert near.id in one
        assert "£187.67" in one
        assert "Step free" in one
        assert (await browser.get("/vacancies?area=nowhere")).status_code == 404


async def test_the_longest_empty_home_stands_first_and_lists_go_on(alliance: Alliance) -> None:
    homes = [await a_vacancy(alliance, void_since=date(2026, 10, 1 + n % 28)) for n in range(55)]
    async with at_work(alliance) as browser:
        first = await seen(browser, "/vacancies")
        following = first.partition("?after=")[2].partition('"')[0]
        second = await seen(browser, f"/vacancies?after={following}")
    shown = [home for home in homes if home.id in first]
    rest = [home for home in homes if home.id in second]
    assert (len(shown), len(rest)) == (50, 5)
    assert max(str(home.void_since) for home in shown) <= min(str(home.void_since) for home in rest)


async def test_lists_have_neither_addresses_nor_names(alliance: Alliance) -> None:
    person = "00000000-0000-7000-8000-0000000000aa"
    async with at_work(alliance) as browser:
        await an_offered(alliance, browser)
        await a_search(alliance, person)
        await alliance.share(person, 1)
        for path in ("/", "/vacancies", "/homes", "/placements", "/placements/list"):
            page = await seen(browser, path)
            assert "Nowhere" not in page
            assert "Example" not in words(page)
        for path in ("/vacancies.csv", "/homes.csv", "/placements.csv"):
            assert "Nowhere" not in await seen(browser, path)


async def test_the_board_shows_who_searches_and_the_list_everybody(alliance: Alliance) -> None:
    async with at_work(alliance) as browser:
        searching, (offered, _, _), (living, _) = (
            await a_search(alliance),
            await an_offered(alliance, browser),
            await a_move_in(alliance, browser),
        )
        page = await seen(browser, "/placements")
        assert all(path in page for path in (f"/placements/{searching}", offered))
        assert living not in page
        alone = await seen(browser, "/placements/board")
        assert offered in alone
        assert "<html" not in alone
        only = await seen(browser, "/placements/list?stage=moved-in")
        assert living in only
        assert offered not in only
        assert (await browser.get("/placements/list?stage=tent")).status_code == 404


@pytest.mark.parametrize(
    ("path", "heading"),
    [("/vacancies.csv", "Home,Area"), ("/homes.csv", "Home,Area"), ("/placements.csv", "Placement")],
)
async def test_a_list_is_a_file_as_well_with_all_its_rows(alliance: Alliance, path: str, heading: str) -> None:
    for _ in range(51):
        await a_vacancy(alliance)
    await a_search(alliance)
    async with at_work(alliance) as browser:
        answer = await browser.get(path)
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    lines = answer.text.lstrip("\ufeff").splitlines()
    assert lines[0].startswith(heading)
    assert len(lines) == (2 if "placements" in path else 52)


async def test_the_board_is_another_to_its_live_part_whenever_it_changes(alliance: Alliance) -> None:
    live: Live = alliance.wiring.given["live"]  # type: ignore[assignment]
    marks = [await live.seen("board")]
    async with at_work(alliance) as browser:
        path, offer, _ = await an_offered(alliance, browser)
        marks.append(await live.seen("board"))
        await filled(browser, f"{path}/take-on")
        marks.append(await live.seen("board"))
        await filled(browser, f"{offer}/accept")
        marks.append(await live.seen("board"))
    assert len(set(marks)) == 4
    assert await live.seen("board") == marks[-1]
