"""The JSON API, in process."""

from collections.abc import AsyncIterator

import pytest

from alliance.kernel import new_id
from alliance.testing.api import ApiClient, api_client, token_for
from alliance.testing.fuzzing import fuzz

from ..builders import EMAIL
from ..rooms import OWN, PERSON, Room, a_concern, a_missed_wait, an_acceptance, broken_glass, shared

ALERTS = "/api/v1/alerts"
WORKER = "key-worker"


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
async def api(room: Room) -> AsyncIterator[ApiClient]:
    async with api_client(room.app, token_for("notify", WORKER, organisation=OWN)) as client:
        yield client


async def the_alert(room: Room, api: ApiClient) -> str:
    await room.hear(a_concern())
    return str((await api.get(ALERTS)).json()["items"][0]["id"])


async def test_the_queue_is_read_page_by_page_most_pressing_first(room: Room, api: ApiClient) -> None:
    await room.hear(a_missed_wait(), a_concern(), a_concern())
    first = (await api.get(ALERTS, params={"limit": 2})).json()
    second = (await api.get(ALERTS, params={"limit": 2, "after": first["next"]})).json()
    kinds = [alert["kind"] for alert in first["items"] + second["items"]]
    assert kinds == ["safety-concern", "safety-concern", "wait-missed"]
    assert second["next"] is None


async def test_an_inbox_shows_what_its_audience_is_asked(room: Room, api: ApiClient) -> None:
    await the_alert(room, api)
    assert len((await api.get(ALERTS, params={"audience": "duty-worker"})).json()["items"]) == 1
    assert (await api.get(ALERTS, params={"audience": "team-lead"})).json()["items"] == []


async def test_acknowledging_answers_alike_when_repeated_and_refuses_another_person(room: Room, api: ApiClient) -> None:
    alert_id = await the_alert(room, api)
    url, key = f"{ALERTS}/{alert_id}/acknowledge", {"Idempotency-Key": "once"}
    first, again = await api.post(url, headers=key), await api.post(url, headers=key)
    assert (first.status_code, first.json()) == (200, {"alert_id": alert_id})
    assert (again.status_code, again.json()) == (200, {"alert_id": alert_id})
    other = token_for("notify", WORKER, subject="staff-8")
    refused = await api.post(url, headers={"Authorization": f"Bearer {other}"})
    assert (refused.status_code, refused.json()["refusal"]) == (409, "already-acknowledged")
    record = (await api.get(f"{ALERTS}/{alert_id}")).json()
    assert (record["standing"], record["acknowledged_by"]) == ("acknowledged", "staff-7")
    assert room.types_said.count("alert-acknowledged.v1") == 1


async def test_who_looked_at_an_older_version_is_told(room: Room, api: ApiClient) -> None:
    alert_id = await the_alert(room, api)
    seen = (await api.get(f"{ALERTS}/{alert_id}")).headers["ETag"]
    room.clock.advance(seconds=900)
    await room.tick()
    stale = await api.post(f"{ALERTS}/{alert_id}/acknowledge", headers={"If-Match": seen})
    assert (stale.status_code, stale.json()["refusal"]) == (409, "stale")


async def test_unknown_things_are_not_found(api: ApiClient) -> None:
    assert (await api.get(f"{ALERTS}/{new_id()}")).status_code == 404
    assert (await api.post(f"{ALERTS}/{new_id()}/acknowledge")).status_code == 404
    assert (await api.get(f"/api/v1/messages/{new_id()}")).status_code == 404


async def test_bad_parameters_are_named(api: ApiClient) -> None:
    answer = await api.get(ALERTS, params={"limit": 0, "audience": "everybody"})
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"limit", "audience"}


async def test_a_token_with_the_right_role_is_needed(room: Room, api: ApiClient) -> None:
    alert_id = await the_alert(room, api)
    assert (await api.get(ALERTS, headers={"Authorization": "Bearer nonsense"})).status_code == 401
    auditor = {"Authorization": f"Bearer {token_for('notify', 'auditor')}"}
    assert (await api.get(ALERTS, headers=auditor)).status_code == 200
    assert (await api.post(f"{ALERTS}/{alert_id}/acknowledge", headers=auditor)).status_code == 403
    stranger = {"Authorization": f"Bearer {token_for('notify', 'finance-officer')}"}
    assert (await api.get(f"/api/v1/people/{PERSON}/messages", headers=stranger)).status_code == 403


async def test_messages_are_listed_by_person_and_addresses_shown_to_an_administrator_only(
    room: Room, api: ApiClient
) -> None:
    await room.hear(shared(1), an_acceptance())
    (message,) = (await api.get(f"/api/v1/people/{PERSON}/messages")).json()["items"]
    url = f"/api/v1/messages/{message['id']}"
    assert (await api.get(url)).json()["address"] is None
    administrator = {"Authorization": f"Bearer {token_for('notify', 'service-administrator', organisation=OWN)}"}
    assert (await api.get(url, headers=administrator)).json()["address"] == EMAIL


def test_no_request_makes_it_fail_or_answer_what_it_does_not_document(room: Room) -> None:
    assert fuzz(room.app, roles=[WORKER], examples=10) > 0


async def test_what_was_written_to_a_person_opens_to_those_who_run_the_alerts_and_to_others_by_the_glass(
    room: Room, api: ApiClient
) -> None:
    await room.hear(shared(1), an_acceptance())
    url = f"/api/v1/people/{PERSON}/messages"
    assert (await api.get(url)).status_code == 200
    other = {"Authorization": f"Bearer {token_for('notify', WORKER, organisation='certitude')}"}
    refused = await api.get(url, headers=other)
    assert (refused.status_code, refused.json()["refusal"]) == (403, "glass-not-broken")


async def test_alerts_about_access_are_in_no_list_and_under_no_address_of_this_kind(room: Room, api: ApiClient) -> None:
    await room.hear(broken_glass())
    (alert,) = (await room.alerts.page("inbox", "governance-lead:")).items
    assert (await api.get(ALERTS)).json()["items"] == []
    assert (await api.get(ALERTS, params={"audience": "governance-lead"})).status_code == 422
    assert (await api.get(f"{ALERTS}/{alert.id}")).status_code == 404
    assert (await api.post(f"{ALERTS}/{alert.id}/acknowledge")).status_code == 404
