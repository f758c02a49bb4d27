"""The whole way of a person's rights, through all six services and by the pages: a copy of the record, then erasure."""

import io
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.rights.house import OURS, SERVICES, House

from alliance.kernel import FixedClock, new_id
from alliance.messaging import apply_in_memory
from alliance.testing.api import api_client, token_for
from alliance.testing.rooms import Browser, app_of, browsing, hears_of

MARKS = ("Zzyzx Quibblewick", "07700 900987", "plangent marmalade")
BODY = {
    "person": {
        "full_name": MARKS[0],
        "call_me": "Quibs",
        "contact_points": [{"kind": "phone", "value": MARKS[1], "safe": True}],
    },
    "story": {"going_on": MARKS[2]},
}
KEY = "Idempotency-Key"


class Alliance:
    """Six services in one process; what one says is heard by the others, until nobody says anything more."""

    def __init__(self, clock: FixedClock) -> None:
        self.houses = {name: House.of(name, clock) for name in SERVICES}
        self.away: set[str] = set()
        self._heard: dict[str, set[str]] = {name: set() for name in SERVICES}
        front = self.houses["intake"]
        self.app = app_of(front.service, front.wiring, front.database, clock, organisation=OURS)

    async def settle(self) -> None:
        moved = True
        while moved:
            said = [envelope for house in self.houses.values() for envelope in house.said]
            moved = False
            for name, house in self.houses.items():
                news = [each for each in said if each.id not in self._heard[name]] if name not in self.away else []
                if not news:
                    continue
                moved = True
                self._heard[name] |= {each.id for each in news}
                given = self.app.state.given if name == "intake" else house.wiring.given
                applied = await apply_in_memory(hears_of(house.service), given, news, organisation=OURS, service=name)
                assert not applied.quarantined

    async def holds(self) -> dict[str, list[str]]:
        """Which of the marks is in which service, in any document at all."""
        found = {}
        for name, house in self.houses.items():
            texts = ""
            for collection in house.database.aggregates:
                texts += str(await house.database.collection(collection).find_many({}, limit=1000))
            found[name] = [mark for mark in MARKS if mark in texts]
        return {name: marks for name, marks in found.items() if marks}

    @asynccontextmanager
    async def staff(self, role: str) -> AsyncIterator[Browser]:
        async with browsing(self.app, role, organisation=OURS) as browser:
            yield browser

    async def introduced(self) -> str:
        async with api_client(self.app, token_for("intake", "front-door-worker", organisation=OURS)) as api:
            made = (await api.post("/api/v1/self-introductions", json=BODY, headers={KEY: new_id()})).json()
            id_ = made["introduction_id"]
            withdrawn = await api.post(f"/api/v1/introductions/{id_}/withdraw", json={}, headers={KEY: new_id()})
            assert withdrawn.status_code == 200, withdrawn.text
        await self.settle()
        return str(made["person_id"])


async def asked(browser: Browser, path: str) -> str:
    answer = await browser.send_form(path, identity="known-to-staff")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def test_a_person_gets_a_copy_of_all_that_every_service_holds(clock: FixedClock) -> None:
    alliance = Alliance(clock)
    person = await alliance.introduced()
    alliance.away.add("housing")
    async with alliance.staff("front-door-worker") as worker:
        page = await asked(worker, f"/people/{person}/record")
        await alliance.settle()
        assert "waiting since" in (await worker.get(page)).text
        assert (await worker.get(f"{page}/record")).status_code == 403
    alliance.away.clear()
    await alliance.settle()
    async with alliance.staff("governance-lead") as lead:
        shown = (await lead.get(page)).text
        assert "waiting since" not in shown
        read = (await lead.get(f"{page}/record")).text
        assert all(mark in read for mark in MARKS)
        released = await lead.send_form(f"{page}/release")
        assert released.status_code == 303, released.text
        whole = zipfile.ZipFile(io.BytesIO((await lead.get(f"{page}/package.zip")).content))
    assert {f"intake.{kind}" for kind in ("html", "csv", "json")} <= set(whole.namelist())
    assert MARKS[2] in whole.read("intake.html").decode()


async def test_an_erased_person_is_gone_everywhere_and_every_service_has_said_so(clock: FixedClock) -> None:
    alliance = Alliance(clock)
    person = await alliance.introduced()
    async with alliance.staff("front-door-worker") as worker:
        await asked(worker, f"/people/{person}/record")
        await alliance.settle()
        page = await asked(worker, f"/people/{person}/erasure")
        assert (await worker.get(f"{page}/decide")).status_code == 403
    async with alliance.staff("governance-lead") as lead:
        refused = await lead.send_form(f"{page}/decide", ground="objection")
        assert refused.status_code == 409, "a copy that was asked for is given first"
        record = (await alliance.houses["intake"].wiring.given["record_requests"].with_key("person_id", person))[0]
        assert (await lead.send_form(f"/record-requests/{record.id}/release")).status_code == 303
        assert (await lead.send_form(f"{page}/decide", ground="objection")).status_code == 303
        assert "cannot be undone" in (await lead.get(f"{page}/erase")).text
        assert set(await alliance.holds()) >= {"intake", "triage", "housing", "notify"}
        alliance.away.add("notify")
        assert (await lead.send_form(f"{page}/erase")).status_code == 303
        await alliance.settle()
        assert set(await alliance.holds()) == {"notify"}
        assert (await lead.get(page)).text.count("waiting since") == 1
        alliance.away.clear()
        await alliance.settle()
        assert await alliance.holds() == {}
        assert "waiting since" not in (await lead.get(page)).text
        assert "Done" in (await lead.get(page)).text
        assert "To be erased" in (await lead.get("/rights")).text
        again = await lead.send_form(f"/people/{person}/erasure", identity="known-to-staff")
        assert again.status_code == 409
