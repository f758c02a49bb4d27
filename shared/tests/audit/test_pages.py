"""What people see of the guards: a closed record, the way to open it, and who has looked."""

import csv
import io
from typing import Any

import pytest

from alliance.access import Role
from alliance.access.audit import Noted
from alliance.access.verifying import verify
from alliance.kernel import new_id
from alliance.store import StoreUnavailable
from alliance.testing.api import api_client, token_for
from alliance.testing.rooms import Browser, browsing

from .builders import PERSON
from .house import INTRODUCTION, NAMED, House

RECORD = f"/introductions/{INTRODUCTION}"
BREAK = f"/break-glass/introduction/{INTRODUCTION}?next={RECORD}"
LOOKED = f"/looked-at/introduction/{INTRODUCTION}"
RESTRICTION = f"/people/{PERSON}/restriction"


@pytest.fixture
def house() -> House:
    return House()


async def restrict(house: House, wanted: str = "restrict") -> None:
    async with browsing(house.app, "governance-lead", subject="staff-9") as governance:
        assert (await governance.send_form(RESTRICTION, wanted=wanted)).status_code == 303


async def opened(browser: Browser, **answers: Any) -> int:
    return (await browser.send_form(BREAK, **{"reason": "emergency", **answers})).status_code


async def test_a_closed_record_shows_the_way_to_open_it_and_opens_when_a_reason_is_given(house: House) -> None:
    async with browsing(house.app, "key-worker", subject="staff-8") as browser:
        closed = await browser.get(RECORD)
        assert closed.status_code == 403
        assert BREAK in closed.text
        asked = await browser.get(BREAK)
        assert asked.status_code == 200
        assert "2 November 2026 at 5:00pm" in asked.text
        answer = await browser.send_form(BREAK, reason="emergency")
        assert (answer.status_code, answer.headers["location"]) == (303, RECORD)
        assert "her story" in (await browser.get(RECORD)).text
        house.clock.advance(hours=8)
    async with browsing(house.app, "key-worker", subject="staff-8") as browser:
        assert (await browser.get(RECORD)).status_code == 403
    assert [each.type for each in house.said] == ["intake.glass-broken.v1"]
    assert [each for each in await house.noted() if each[1] != "glass.break" or each[3] == "done"] == [
        ("staff-8", "introduction.read", "none", "refused"),
        ("staff-8", "glass.break", "own-organisation", "done"),
        ("staff-8", "introduction.read", "glass-broken", "shown"),
        ("staff-8", "introduction.read", "none", "refused"),
    ]


async def test_a_record_says_that_it_is_open_through_broken_glass_and_links_to_who_has_looked(house: House) -> None:
    async with browsing(house.app, "key-worker", subject="staff-8") as browser:
        await opened(browser)
        record = (await browser.get(RECORD)).text
        assert "open to you until 2 November 2026 at 5:00pm because you gave a reason" in record
        assert LOOKED not in record
    async with browsing(house.app, "key-worker", subject=NAMED) as named:
        record = (await named.get(RECORD)).text
        assert LOOKED in record
        assert "because you gave a reason" not in record


async def test_broken_glass_opens_nothing_to_a_colleague(house: House) -> None:
    async with browsing(house.app, "key-worker", subject="staff-8") as browser:
        assert await opened(browser) == 303
    async with browsing(house.app, "key-worker", subject="staff-10") as other:
        assert (await other.get(RECORD)).status_code == 403


async def test_the_same_form_sent_twice_breaks_one_glass(house: House) -> None:
    async with browsing(house.app, "key-worker", subject="staff-8") as browser:
        token = new_id()
        assert [await opened(browser, form_token=token) for _ in range(2)] == [303, 303]
    assert len(house.said) == 1


@pytest.mark.parametrize(
    ("answers", "status", "sentence"),
    [
        ({"reason": ""}, 422, "Select why you need to see it"),
        ({"reason": "because"}, 422, "Select why you need to see it"),
        ({"reason": "other"}, 409, "Say in a few words what the other reason is."),
        ({"reason": "other", "note": "x" * 501}, 422, "Use 500 characters or fewer"),
    ],
)
async def test_without_a_reason_it_stays_closed(
    house: House, answers: dict[str, str], status: int, sentence: str
) -> None:
    async with browsing(house.app, "key-worker", subject="staff-8") as browser:
        answer = await browser.send_form(BREAK, **answers)
        assert answer.status_code == status
        assert sentence in answer.text
        assert (await browser.get(RECORD)).status_code == 403
    assert house.said == []
    assert (await house.trail.of_note("glass-broken")).entries == ()


@pytest.mark.parametrize("role", ["finance-officer", "auditor", "integration"])
async def test_those_whom_the_table_lets_nowhere_near_break_no_glass(house: House, role: str) -> None:
    async with browsing(house.app, role, subject="staff-8") as browser:
        assert (await browser.get(BREAK)).status_code == 403
        assert await opened(browser) == 403
    assert house.said == []


async def test_nothing_is_broken_for_a_record_that_is_open_or_that_it_would_not_open(house: House) -> None:
    for role, subject in (("key-worker", NAMED), ("housing-worker", "staff-8")):
        async with browsing(house.app, role, subject=subject) as browser:
            assert (await browser.get(BREAK)).status_code == 409
            assert await opened(browser) == 409
    assert house.said == []


NOBODY = "01900000-0000-7000-8000-000000000000"


@pytest.mark.parametrize("path", [f"/break-glass/introduction/{NOBODY}", f"/break-glass/nonsense/{INTRODUCTION}"])
async def test_there_is_no_glass_around_what_is_not_there(house: House, path: str) -> None:
    async with browsing(house.app, "key-worker", subject="staff-8") as browser:
        assert (await browser.get(path)).status_code == 404


async def test_after_breaking_the_glass_nobody_is_sent_to_another_site(house: House) -> None:
    async with browsing(house.app, "key-worker", subject="staff-8") as browser:
        path = f"/break-glass/introduction/{INTRODUCTION}?next=https://elsewhere.example/"
        assert (await browser.send_form(path, reason="emergency")).headers["location"] == "/"


async def test_a_restricted_person_is_seen_by_those_who_work_with_them_and_through_broken_glass(house: House) -> None:
    async with browsing(house.app, "triage-worker", subject="staff-8") as other:
        assert (await other.get(RECORD)).status_code == 200
        await restrict(house)
        assert (await other.get(RECORD)).status_code == 403
        async with browsing(house.app, "key-worker", subject=NAMED) as named:
            assert (await named.get(RECORD)).status_code == 200
        assert await opened(other) == 303
        assert (await other.get(RECORD)).status_code == 200
    await restrict(house, "lift")
    async with browsing(house.app, "triage-worker", subject="staff-10") as another:
        assert (await another.get(RECORD)).status_code == 200
    changes = [each.data["restricted"] for each in house.said if each.type == "intake.restriction-changed.v1"]
    assert changes == [True, False]


async def test_a_governance_lead_sees_how_it_stands_before_deciding(house: House) -> None:
    async with browsing(house.app, "governance-lead", subject="staff-9") as governance:
        assert "They are not restricted." in (await governance.get(RESTRICTION)).text
        await restrict(house)
        assert "They are restricted to those who work with the person." in (await governance.get(RESTRICTION)).text
        assert f"/audit/people/{PERSON}" in (await governance.get("/audit")).text
        assert (await governance.send_form(RESTRICTION)).status_code == 422


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.GOVERNANCE_LEAD}))
async def test_nobody_else_restricts_or_lifts(house: House, role: str) -> None:
    async with browsing(house.app, role, subject=NAMED) as browser:
        assert (await browser.get(RESTRICTION)).status_code == 403 or role == "key-worker"
        assert (await browser.send_form(RESTRICTION, wanted="restrict")).status_code == 403
    assert house.said == []


async def test_who_has_looked_is_shown_to_the_governance_lead_and_to_named_workers(house: House) -> None:
    async with browsing(house.app, "triage-worker", subject="staff-8", organisation="certitude", name="Ada") as other:
        await other.get(RECORD)
        assert (await other.get(LOOKED)).status_code == 403
    for role, subject in (("governance-lead", "staff-9"), ("auditor", "staff-11"), ("key-worker", NAMED)):
        async with browsing(house.app, role, subject=subject, name="Grace") as browser:
            shown = await browser.get(LOOKED)
            assert shown.status_code == 200
            for words in ("Ada", "certitude", "Triage worker", "Open an introduction", "every organisation"):
                assert words in shown.text, words
            assert ("All records of the person here" in shown.text) is (role != "key-worker")
            assert (RESTRICTION in shown.text) is (role == "governance-lead")


async def test_who_has_looked_comes_as_a_file_and_page_by_page(house: House) -> None:
    async with browsing(house.app, "triage-worker", subject="staff-8", name='=HYPERLINK("x")') as other:
        for _ in range(60):
            await other.get(RECORD)
    async with browsing(house.app, "governance-lead", subject="staff-9") as governance:
        first = await governance.get(LOOKED)
        assert "Next page" in first.text
        after = first.text.partition("after=")[2][:12]
        assert "Triage worker" in (await governance.get(LOOKED, params={"after": after})).text
        file = await governance.get(f"{LOOKED}/file.csv")
        rows = list(csv.DictReader(io.StringIO(file.text.lstrip("\ufeff"))))
        assert len(rows) == 63
        assert rows[-1]["Who"] == '\'=HYPERLINK("x")'
        assert (await governance.get(f"{LOOKED}?of=person")).status_code == 200


async def test_the_overview_tells_refusals_from_broken_glass_and_gives_the_reason(house: House) -> None:
    async with browsing(house.app, "key-worker", subject="staff-8", name="Ada") as browser:
        await browser.get(RECORD)
        await opened(browser, reason="other", note="The <b>coroner</b> asked")
    async with browsing(house.app, "governance-lead", subject="staff-9") as governance:
        everything = await governance.get("/audit")
        assert everything.text.count("Ada") >= 2
        refused = await governance.get("/audit?show=refused")
        assert "Nothing allowed it" in refused.text
        broken = await governance.get("/audit?show=glass-broken")
        assert "Another reason: The &lt;b&gt;coroner&lt;/b&gt; asked" in broken.text
        assert "Nothing allowed it" not in broken.text
        assert (await governance.get(f"/audit/people/{PERSON}")).text.count("Ada") >= 2
        assert "Who looked at what" in everything.text


async def test_an_altered_entry_is_told_on_the_page(house: House) -> None:
    async with browsing(house.app, "governance-lead", subject="staff-9") as governance:
        await governance.get(LOOKED)
        await house.database.collection("audit").update({"_id": f"{1:012}"}, {"$set": {"body.actor": "staff-8"}})
        assert "1 of its entries were altered" in (await governance.get(LOOKED)).text


async def test_what_cannot_be_noted_is_not_shown(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async with browsing(house.app, "key-worker", subject=NAMED) as browser:
        monkeypatch.setattr(house.trail, "note", _unavailable)
        answer = await browser.get(RECORD)
        assert answer.status_code == 503
        assert "her story" not in answer.text


async def _unavailable(entry: object) -> Noted:
    raise StoreUnavailable("the store did not answer")


async def test_an_auditor_takes_the_trail_away_and_verifies_it(house: House) -> None:
    async with browsing(house.app, "key-worker", subject=NAMED) as browser:
        for _ in range(7):
            await browser.get(RECORD)
    async with api_client(house.app, token_for("intake", "auditor")) as auditor:
        lines, after = [], 0
        while after is not None:
            page = (await auditor.get("/api/v1/audit/entries", params={"after": after, "limit": 3})).json()
            lines += page["items"]
            after = page["next"]
    assert len(lines) == 7
    assert verify(lines, service="intake") == []
    async with api_client(house.app, token_for("intake", "front-door-worker")) as worker:
        assert (await worker.get("/api/v1/audit/entries")).status_code == 403
