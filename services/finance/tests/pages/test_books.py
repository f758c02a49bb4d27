"""The year at a glance, the trial balance and the savings, as people see them."""

from datetime import date

import pytest

from alliance.kernel import FixedClock
from alliance.testing.rooms import browsing

from ..rooms import Alliance, Stay, somebody

BOOKS = ("/", "/years/2026-27", "/trial-balance", "/savings", "/commitments", "/ledger")
FILES = ("/trial-balance.csv", "/savings.csv", "/commitments.csv", "/ledger.csv")


@pytest.fixture
def alliance() -> Alliance:
    return Alliance(FixedClock())


async def with_a_stay(alliance: Alliance) -> Stay:
    stay = Stay(alliance.clock)
    await alliance.hear(stay.moved_in(date(2026, 11, 2), 4))
    await alliance.settle()
    return stay


@pytest.mark.parametrize("path", BOOKS)
@pytest.mark.parametrize("full", [False, True])
async def test_every_page_opens_with_and_without_anything_to_show(alliance: Alliance, path: str, full: bool) -> None:
    if full:
        await with_a_stay(alliance)
    async with browsing(alliance.app, "finance-officer", organisation="lambeth-council") as browser:
        answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.text.count("<h1") == 1
    assert " - Budget - Living Well" in answer.text


async def test_the_year_is_told_in_figures_a_sentence_and_a_chart(alliance: Alliance) -> None:
    await with_a_stay(alliance)
    async with browsing(alliance.app, "alliance-lead") as browser:
        page = (await browser.get("/")).text
    assert "Less than 0.1 % of the pool is committed. The alliance is told at 80, 90 and 100 %." in page
    assert "£64m" in page
    assert "£6,164" in page
    assert "Put in by Lambeth Council" in page
    assert "Commitment opened" in page
    assert "Make an entry by hand" not in page


async def test_a_threshold_that_was_passed_is_said_on_the_first_page() -> None:
    alliance = Alliance(FixedClock(), contributions={"lambeth-council": 700_000})
    await with_a_stay(alliance)
    async with browsing(alliance.app, "finance-officer") as browser:
        page = (await browser.get("/")).text
    assert "88.1 % of the pool is committed. 80 % was passed, and the alliance was told." in page


async def test_an_empty_year_says_what_will_come(alliance: Alliance) -> None:
    async with browsing(alliance.app, "finance-officer") as browser:
        assert "A commitment opens by itself when somebody moves in." in (await browser.get("/commitments")).text
        assert "Nothing has been entered in this year." in (await browser.get("/ledger")).text
        assert "Nobody has moved yet." in (await browser.get("/savings")).text


@pytest.mark.parametrize("path", FILES)
async def test_every_list_is_a_file_as_well(alliance: Alliance, path: str) -> None:
    await with_a_stay(alliance)
    async with browsing(alliance.app, "auditor") as browser:
        answer = await browser.get(path, params={"year": "2026-27"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(answer.text.splitlines()) > 1


async def test_a_file_has_pounds_as_numbers_and_accounts_as_codes(alliance: Alliance) -> None:
    await with_a_stay(alliance)
    async with browsing(alliance.app, "auditor") as browser:
        lines = (await browser.get("/trial-balance.csv")).text.splitlines()
    assert lines[1:] == [
        "commitments:2026-27,6164.36,",
        "funder:lambeth-council,,3082.18",
        "funder:nhs-south-east-london,,3082.18",
        "Total,6164.36,6164.36",
    ]


async def test_nothing_that_an_account_can_be_called_runs_in_a_spreadsheet_or_a_browser(alliance: Alliance) -> None:
    nasty = [("=1+1", 5), ("<script>alert(1)</script>", -5)]
    with somebody():
        from finance.application.ledger import enter_journal
        from finance.domain.codes import JournalReason

        id_ = "0199e000-0000-7000-8000-000000000001"
        await enter_journal(id_, nasty, JournalReason.OTHER, alliance.ledger, alliance.clock, by="staff-9")
    await alliance.post()
    async with browsing(alliance.app, "finance-officer") as browser:
        assert "'=1+1" in (await browser.get("/trial-balance.csv")).text
        for path in ("/trial-balance", "/years/2026-27", f"/ledger/{id_}"):
            page = (await browser.get(path)).text
            assert "<script>alert" not in page
            assert "&lt;script&gt;alert" in page


async def test_a_year_that_is_none_is_not_found(alliance: Alliance) -> None:
    async with browsing(alliance.app, "finance-officer") as browser:
        for path in ("/years/2026-28", "/years/then", "/ledger?year=x", "/trial-balance?year=2026-28"):
            assert (await browser.get(path)).status_code == 404


@pytest.mark.parametrize("role", ["front-door-worker", "triage-worker", "key-worker", "housing-worker", "integration"])
async def test_the_books_are_closed_to_those_who_have_no_business_with_them(alliance: Alliance, role: str) -> None:
    async with browsing(alliance.app, role) as browser:
        for path in (*BOOKS[1:], *FILES):
            assert (await browser.get(path)).status_code == 403
        if role not in ("front-door-worker", "integration"):
            assert "£64m" not in (await browser.get("/")).text


async def test_nobody_sees_anything_without_signing_in(alliance: Alliance) -> None:
    async with browsing(alliance.app) as browser:
        for path in (*BOOKS, *FILES):
            answer = await browser.get(path)
            assert (answer.status_code, answer.headers["location"].startswith("/sign-in")) == (303, True)
