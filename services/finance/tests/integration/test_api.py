"""The API of finance in process: the open book, entries by hand, and how it says no."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from alliance.kernel import FixedClock, new_id
from alliance.testing.api import ApiClient, api_client, token_for

from ..rooms import Alliance, Stay

JOURNAL = {
    "reason_code": "opening-balance",
    "lines": [{"account": "pool", "pence": 500}, {"account": "funder:example", "pence": -500}],
}


@pytest.fixture
def alliance() -> Alliance:
    return Alliance(FixedClock())


@pytest.fixture
async def api(alliance: Alliance) -> AsyncIterator[ApiClient]:
    async with api_client(alliance.app, roles=["finance-officer"]) as client:
        yield client


@pytest.fixture
async def approver(alliance: Alliance) -> AsyncIterator[ApiClient]:
    token = token_for("finance", "finance-approver", subject="staff-8", organisation="nhs-south-east-london")
    async with api_client(alliance.app, token) as client:
        yield client


async def test_home_at_last_shows_in_the_open_book(alliance: Alliance, api: ApiClient) -> None:
    stay = Stay(alliance.clock)
    await alliance.hear(stay.moved_in(date(2026, 11, 2), 4))
    await alliance.settle()
    alliance.clock.advance(minutes=1)
    await alliance.hear(stay.corrected(date(2026, 11, 2), date(2026, 11, 1), 5))
    await alliance.settle()
    (commitment,) = (await api.get(f"/api/v1/commitments?placement_id={stay.placement_id}")).json()["items"]
    assert commitment["figures"]["total_pence"] == 620_545
    assert (await api.get(f"/api/v1/commitments/{commitment['id']}")).json() == commitment
    assert len((await api.get("/api/v1/commitments?year=2026-27")).json()["items"]) == 1
    entries = (await api.get("/api/v1/ledger-entries?year=2026-27")).json()["items"]
    assert [entry["kind"] for entry in entries] == ["commitment-opened", "commitment-restated"]
    balance = (await api.get("/api/v1/trial-balance")).json()
    assert (balance["total_pence"], balance["entries"]) == (0, 2)
    assert {line["account"]: line["pence"] for line in balance["accounts"]} == {
        "commitments:2026-27": 620_545,
        "funder:lambeth-council": -310_273,
        "funder:nhs-south-east-london": -310_272,
    }
    budget = (await api.get("/api/v1/budgets/2026-27")).json()
    assert (budget["committed_pence"], budget["remaining_pence"]) == (620_545, 6_380_000_000 - 620_545)
    # 124,658 × 151 ÷ 7 = 2,689,051.14 → 2,689,051.
    assert (await api.get("/api/v1/savings")).json()["saving_pence"] == 2_689_051


async def test_an_entry_by_hand_sent_again_is_one_entry(api: ApiClient) -> None:
    key = {"Idempotency-Key": "journal-1"}
    first = await api.post("/api/v1/ledger-entries", json=JOURNAL, headers=key)
    again = await api.post("/api/v1/ledger-entries", json=JOURNAL, headers=key)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert len((await api.get("/api/v1/ledger-entries")).json()["items"]) == 1
    assert (await api.get(f"/api/v1/ledger-entries/{first.json()['entry_id']}")).json()["lines"] == JOURNAL["lines"]


async def test_an_entry_that_does_not_balance_is_refused_by_name_and_leaves_nothing(api: ApiClient) -> None:
    lines = [{"account": "pool", "pence": 500}, {"account": "funder:example", "pence": -499}]
    answer = await api.post("/api/v1/ledger-entries", json=JOURNAL | {"lines": lines})
    assert (answer.status_code, answer.json()["refusal"]) == (409, "entry-does-not-balance")
    assert "1 pence" in answer.json()["title"]
    assert (await api.get("/api/v1/ledger-entries")).json()["items"] == []


async def test_an_entry_is_corrected_by_one_reversal(alliance: Alliance, api: ApiClient, approver: ApiClient) -> None:
    entry = (await api.post("/api/v1/ledger-entries", json=JOURNAL)).json()["entry_id"]
    path, body, key = f"/api/v1/ledger-entries/{entry}/reversal", {"reason_code": "misposting"}, new_id()
    assert (await api.post(path, json=body)).status_code == 403
    first = await approver.post(path, json=body, headers={"Idempotency-Key": key})
    again = await approver.post(path, json=body, headers={"Idempotency-Key": key})
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    second = await approver.post(path, json=body)
    assert (second.status_code, second.json()["refusal"]) == (409, "entry-already-reversed")
    back = await approver.post(f"/api/v1/ledger-entries/{first.json()['entry_id']}/reversal", json=body)
    assert (back.status_code, back.json()["refusal"]) == (409, "reversal-of-reversal")
    await alliance.post()
    assert {line["pence"] for line in (await api.get("/api/v1/trial-balance")).json()["accounts"]} == {0}


async def test_nobody_takes_back_what_they_made_themselves(alliance: Alliance, api: ApiClient) -> None:
    entry = (await api.post("/api/v1/ledger-entries", json=JOURNAL)).json()["entry_id"]
    both = token_for("finance", "finance-officer", "finance-approver")
    async with api_client(alliance.app, both) as client:
        answer = await client.post(f"/api/v1/ledger-entries/{entry}/reversal", json={"reason_code": "misposting"})
    assert (answer.status_code, answer.json()["refusal"]) == (409, "own-entry")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lines": []}, "lines"),
        ({"reason_code": "because"}, "reason_code"),
        ({"lines": [{"account": "a.b", "pence": 0}] * 2}, "lines.0.account"),
        ({"lines": [{"account": "a", "pence": 1.5}, {"account": "a", "pence": 0}]}, "lines.0.pence"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_a_wrong_field_is_named(api: ApiClient, change: dict[str, Any], field: str) -> None:
    answer = await api.post("/api/v1/ledger-entries", json=JOURNAL | change)
    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.json()["errors"]]


NOBODY = "01900000-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    "path",
    [f"commitments/{NOBODY}", f"ledger-entries/{NOBODY}", "ledger-entries/nothing", "budgets/2026-28", "budgets/x"],
)
async def test_what_does_not_exist_is_not_found(api: ApiClient, path: str) -> None:
    assert (await api.get(f"/api/v1/{path}")).status_code == 404


async def test_the_book_is_open_to_auditors_and_closed_to_strangers(alliance: Alliance) -> None:
    async with api_client(alliance.app, roles=["auditor"]) as auditor:
        assert (await auditor.get("/api/v1/budgets/2026-27")).status_code == 200
        assert (await auditor.post("/api/v1/ledger-entries", json=JOURNAL)).status_code == 403
    async with api_client(alliance.app, roles=["housing-worker"]) as stranger:
        assert (await stranger.get("/api/v1/trial-balance")).status_code == 403
    async with api_client(alliance.app, "no-token") as nobody:
        assert (await nobody.get("/api/v1/savings")).status_code == 401
