"""Over the API: on what the sharing of somebody's details rests, and who recorded it."""

from alliance.kernel import FixedClock
from alliance.testing.api import api_client, token_for

from ..builders import OURS, FrontDoor

SELF = "/api/v1/self-introductions"


async def test_the_api_shows_on_what_sharing_rests_and_who_recorded_it(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock)
    async with api_client(door.app(), token_for("intake", "front-door-worker", organisation=OURS)) as staff:
        path = f"/api/v1/people/{(await staff.post(SELF, json={})).json()['person_id']}"
        override = {"organisation_id": "slam", "allowed": True, "basis": "vital-interest"}
        refused = await staff.post(f"{path}/sharing", json=override)
        assert (refused.status_code, refused.json()["refusal"]) == (409, "override-without-reason")
        await staff.post(f"{path}/sharing", json={**override, "reason": "MARKED made-up danger"})
        person = (await staff.get(path)).json()
        (now,) = (each for each in person["sharing"] if each["organisation_id"] == "slam")
        assert now == {
            "organisation_id": "slam",
            "allowed": True,
            "basis": "vital-interest",
            "lawful_basis": "6-1-d-9-2-c",
            "agreement": "ISA-EXAMPLE-1",
            "by": "staff-7",
            "by_organisation": OURS,
            "override_reason": "MARKED made-up danger",
            "changed_at": now["changed_at"],
        }
        (before,) = person["earlier_sharing"]
        assert (before["basis"], before["by"], before["agreement"]) == (
            "direct-care-implied",
            "anonymous",
            "ISA-EXAMPLE-1",
        )
        assert "MARKED" not in "".join(each.model_dump_json() for each in door.said)
