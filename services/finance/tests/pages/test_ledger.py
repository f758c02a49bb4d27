"""Entering by hand and taking back, as people do it."""

import re
from typing import Any

import pytest

from alliance.kernel import FixedClock, new_id
from alliance.testing.rooms import Browser, browsing

from ..rooms import Alliance

GOOD = {
    "reason_code": "opening-balance",
    "account_1": "pool",
    "debit_1": "£1,250.50",
    "account_2": "funder:example",
    "credit_2": "1250.50",
}


@pytest.fixture
def alliance() -> Alliance:
    return Alliance(FixedClock())


async def entered(browser: Browser, **changes: Any) -> str:
    answer = await browser.send_form("/ledger/new", **(GOOD | changes))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def entries(alliance: Alliance) -> int:
    return len((await alliance.ledger.page("listing")).items)


async def test_an_entry_by_hand_shows_with_its_lines_and_who_made_it(alliance: Alliance) -> None:
    async with browsing(alliance.app, "finance-officer") as browser:
        page = (await browser.get(await entered(browser))).text
    assert "By hand: opening balance" in page
    assert "The entry is in the ledger." in page
    assert "£1,250.50" in page
    assert "if it is wrong, somebody else" not in page


async def test_a_form_sent_twice_enters_once(alliance: Alliance) -> None:
    async with browsing(alliance.app, "finance-officer") as browser:
        token = new_id()
        first = await browser.send_form("/ledger/new", **GOOD, form_token=token)
        again = await browser.send_form("/ledger/new", **GOOD, form_token=token)
    assert first.headers["location"] == again.headers["location"]
    assert await entries(alliance) == 1


@pytest.mark.parametrize(
    ("change", "says", "at"),
    [
        ({"reason_code": ""}, "Select why it is made by hand", "#reason_code"),
        ({"account_1": "Not An Account"}, "An account is small letters, digits and hyphens", "#account_1"),
        ({"debit_1": "a lot"}, "Enter an amount in pounds", "#debit_1"),
        ({"debit_1": ""}, "Enter a debit or a credit in line 1", "#debit_1"),
        ({"credit_1": "3"}, "Enter a debit or a credit in line 1, not both", "#credit_1"),
        ({"account_2": ""}, "Enter the account of line 2", "#account_2"),
        ({"account_2": "", "credit_2": ""}, "Enter at least two lines", "#account_2"),
    ],
)
async def test_what_is_wrong_is_said_once_and_what_was_typed_is_kept(
    alliance: Alliance, change: dict[str, str], says: str, at: str
) -> None:
    async with browsing(alliance.app, "finance-officer") as browser:
        answer = await browser.send_form("/ledger/new", **(GOOD | change))
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert says in answer.text
    assert f'href="{at}"' in answer.text
    assert all(f'value="{typed}"' in answer.text for name, typed in (GOOD | change).items() if typed and "_1" in name)
    assert await entries(alliance) == 0


async def test_lines_that_do_not_balance_are_refused_by_a_sentence(alliance: Alliance) -> None:
    async with browsing(alliance.app, "finance-officer") as browser:
        answer = await browser.send_form("/ledger/new", **(GOOD | {"credit_2": "1250"}))
    assert answer.status_code == 409
    assert "The lines add up to 50 pence; they must add up to 0." in answer.text
    assert 'value="funder:example"' in answer.text


async def test_only_what_the_form_asks_counts(alliance: Alliance) -> None:
    more = {"year": "2020-21", "entered_by": "staff-1", "posted": "true", "kind": "commitment-opened", "id": "x"}
    async with browsing(alliance.app, "finance-officer") as browser:
        await entered(browser, **more)
    (entry,) = (await alliance.ledger.page("listing")).items
    assert (entry.year, entry.entered_by, entry.posted, entry.kind) == (
        "2026-27",
        "staff-7",
        False,
        "journal:opening-balance",
    )


@pytest.mark.parametrize("token", ["", "not a token!", "x" * 65])
async def test_a_form_that_is_not_ours_is_not_taken(alliance: Alliance, token: str) -> None:
    async with browsing(alliance.app, "finance-officer") as browser:
        answer = await browser.send_form("/ledger/new", **GOOD, form_token=token)
    assert (answer.status_code, await entries(alliance)) == (400, 0)


async def test_script_in_what_was_typed_comes_back_as_text(alliance: Alliance) -> None:
    nasty = '"><script>alert(1)</script>'
    async with browsing(alliance.app, "finance-officer") as browser:
        for name in ("account_1", "debit_1", "credit_2", "reason_code", "form_token"):
            page = (await browser.send_form("/ledger/new", **(GOOD | {name: nasty}))).text
            assert "<script>alert" not in page


async def test_an_approver_takes_back_what_an_officer_entered_and_only_once(alliance: Alliance) -> None:
    async with browsing(alliance.app, "finance-officer") as officer:
        path = await entered(officer)
        assert "Take this entry back" not in (await officer.get(path)).text
        for method in (officer.get, officer.send_form):
            assert (await method(f"{path}/reverse")).status_code == 403
    async with browsing(alliance.app, "finance-approver", subject="staff-8") as approver:
        assert "Take this entry back" in (await approver.get(path)).text
        assert "It cannot be undone" in (await approver.get(f"{path}/reverse")).text
        assert (await approver.send_form(f"{path}/reverse")).status_code == 422
        token = new_id()
        first = await approver.send_form(f"{path}/reverse", reason_code="misposting", form_token=token)
        again = await approver.send_form(f"{path}/reverse", reason_code="misposting", form_token=token)
        assert first.status_code == again.status_code == 303
        assert "taken back on" in (await approver.get(path)).text
        second = await approver.send_form(f"{path}/reverse", reason_code="misposting")
        assert second.status_code == 409
        assert "This entry has been reversed already." in second.text
        back = await approver.send_form(f"{first.headers['location']}/reverse", reason_code="misposting")
        assert "A reversal cannot be reversed" in back.text
    assert await entries(alliance) == 2


async def test_nobody_takes_back_their_own_entry(alliance: Alliance) -> None:
    async with browsing(alliance.app, "finance-officer", "finance-approver") as both:
        path = await entered(both)
        assert "somebody else must take it back" in (await both.get(path)).text
        answer = await both.send_form(f"{path}/reverse", reason_code="misposting")
    assert answer.status_code == 409
    assert "four eyes" in answer.text


@pytest.mark.parametrize("role", ["auditor", "alliance-lead", "housing-manager", "finance-approver", "governance-lead"])
async def test_others_cannot_enter(alliance: Alliance, role: str) -> None:
    async with browsing(alliance.app, role) as browser:
        assert (await browser.get("/ledger/new")).status_code == 403
        assert (await browser.send_form("/ledger/new", **GOOD)).status_code == 403
    assert await entries(alliance) == 0


async def test_the_newest_entry_comes_first_and_pages_go_on(alliance: Alliance) -> None:
    async with browsing(alliance.app, "finance-officer") as browser:
        for number in range(1, 53):
            alliance.clock.advance(seconds=1)
            await entered(browser, debit_1=str(number), credit_2=str(number))
        first = (await browser.get("/ledger")).text
        assert first.index("£52") < first.index("£51")
        assert re.search(r"£3\s*<", first)
        assert not re.search(r"£2\s*<", first)
        file = (await browser.get("/ledger.csv")).text
    assert "Next page" in first
    assert len(file.splitlines()) == 53
