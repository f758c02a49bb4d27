"""Nothing that tells who somebody is gets into logs, metrics or spans, whatever is sent and however it goes wrong."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiormq
import httpx2
import pytest
from tests.cluster import SERVICES, Cluster

from alliance.kernel import SystemClock, new_id, to_text
from alliance.messaging.wire import PREFIX, properties

MARKED = {
    "name": "Zzyzx Quibblewick",
    "called": "Quibs",
    "phone": "07700 900987",
    "email": "quibblewick@example.org",
    "address": "87 Xylophone Mews",
    "nhs_number": "9990000018",
    "story": "plangent marmalade thoughts",
    "notes": "vermilion umbrella conversation",
}

PERSON = {
    "full_name": MARKED["name"],
    "call_me": MARKED["called"],
    "nhs_number": MARKED["nhs_number"],
    "contact_points": [
        {"kind": "phone", "value": MARKED["phone"], "safe": True},
        {"kind": "email", "value": MARKED["email"], "safe": True},
        {"kind": "address", "value": MARKED["address"], "safe": False},
    ],
}


def key() -> dict[str, str]:
    return {"Idempotency-Key": new_id()}


async def until_open(client: httpx2.AsyncClient, path: str) -> Any:
    async with asyncio.timeout(20):
        while not (items := [each for each in (await client.get(path)).json()["items"] if each["state"] == "open"]):
            await asyncio.sleep(0.1)
    return items


async def good_requests(cluster: Cluster) -> None:
    async with cluster.client("intake") as intake, cluster.client("triage") as triage:
        body = {"person": PERSON, "story": {"going_on": MARKED["story"]}, "in_danger_now": True}
        made = (await intake.post("/api/v1/self-introductions", json=body, headers=key())).json()
        introduction = made["introduction_id"]
        accepted = await intake.post(f"/api/v1/introductions/{introduction}/accept", json={}, headers=key())
        assert accepted.status_code == 200, accepted.text
        (case, *_) = await until_open(triage, f"/api/v1/cases?introduction_id={introduction}")
        held = await triage.post(
            f"/api/v1/cases/{case['id']}/hold-conversation",
            json={"held_at": to_text(SystemClock().now()), "notes": MARKED["notes"]},
            headers=key(),
        )
        assert held.status_code == 200, held.text
        details = {**PERSON, "call_me": MARKED["called"]}
        changed = await intake.post(f"/api/v1/people/{made['person_id']}/details", json=details, headers=key())
        assert changed.status_code == 200, changed.text


async def bad_requests(cluster: Cluster) -> None:
    for name in SERVICES:
        async with cluster.client(name) as client:
            for marked in MARKED.values():
                await client.get("/api/v1/nothing", params={"q": marked})
                await client.get(f"/api/v1/{marked}")
                await client.post("/api/v1/nothing", json={"text": marked}, headers={"Idempotency-Key": marked})
                await client.post("/api/v1/nothing", content=marked.encode(), headers=key())
    async with cluster.client("intake") as intake:
        for field, marked in MARKED.items():
            wrong = {"person": {**PERSON, "nhs_number": f"{marked}!", field: {"of": marked}}, marked: marked}
            assert (await intake.post("/api/v1/self-introductions", json=wrong, headers=key())).status_code == 422
            bare = await intake.post("/api/v1/introductions", json=wrong, headers={"Authorization": f"Bearer {marked}"})
            assert bare.status_code in (400, 401, 422)


async def bad_messages(cluster: Cluster) -> None:
    """Broken in many ways, and marked: as intake, to all that hear it."""
    connection = await aiormq.connect(cluster.members["intake"].environment["ALLIANCE_AMQP_URL"])
    channel = await connection.channel()
    good = {
        "id": new_id(),
        "source": "/alliance/intake",
        "type": "intake.introduction-accepted.v1",
        "subject": new_id(),
        "time": to_text(SystemClock().now()),
        "sequence": 1,
        "partitionkey": new_id(),
        "correlationid": new_id(),
        "actor": "staff-test",
        "organisation": "certitude",
    }
    marked = json.dumps({"person_id": MARKED["name"], "suggested_priority": MARKED["story"]}).encode()
    broken: list[tuple[dict[str, Any], bytes]] = [
        (good, marked),
        (good, MARKED["story"].encode()),
        ({**good, "source": MARKED["name"]}, marked),
        ({**good, "type": "intake." + MARKED["called"].lower() + ".v9"}, marked),
        ({**good, "time": MARKED["address"]}, marked),
        ({"id": good["id"]}, marked),
    ]
    for headers, body in broken:
        named = {PREFIX + name: value for name, value in headers.items()}
        await channel.basic_publish(
            body,
            exchange="intake.events",
            routing_key="introduction-accepted.v1",
            properties=properties(new_id(), "intake", named),
        )
    await connection.close()


async def metrics(cluster: Cluster) -> dict[str, str]:
    told = {}
    for name in SERVICES:
        async with cluster.client(name) as client:
            told[f"{name} metrics"] = (await client.get("/metrics")).text
    return told


def found_in(text: str) -> list[str]:
    plain = text.replace(" ", "").lower()
    return [name for name, marked in MARKED.items() if marked.replace(" ", "").lower() in plain]


@pytest.mark.broker
async def test_no_log_metric_or_span_tells_who_somebody_is(tmp_path: Path) -> None:
    async with Cluster(tmp_path) as cluster:
        for name, member in cluster.members.items():
            member.environment["ALLIANCE_SPANS_FILE"] = str(tmp_path / f"{name}.spans")
        await cluster.start()
        await good_requests(cluster)
        await bad_requests(cluster)
        await bad_messages(cluster)
        async with asyncio.timeout(60):
            while not all((tmp_path / f"{name}.spans").exists() for name in SERVICES):
                await asyncio.sleep(0.2)
            while "quarantined" not in "".join((told := await metrics(cluster)).values()):
                await asyncio.sleep(0.2)
    for name in SERVICES:
        told[f"{name} log"] = (cluster.place.logs / f"{name}.log").read_text()
        told[f"{name} spans"] = (tmp_path / f"{name}.spans").read_text()
        assert told[f"{name} log"]
        assert told[f"{name} spans"]
    assert {where: what for where, text in told.items() if (what := found_in(text))} == {}


def test_the_search_bites() -> None:
    assert found_in("GET /people?name=zzyzx%20quibblewick Zzyzx  Quibblewick") == ["name"]
    assert found_in("call 07700900987") == ["phone"]
