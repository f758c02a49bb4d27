"""How every journey begins: somebody introduces themselves or is introduced, and a case opens by itself."""

from typing import Any

from alliance_deploy.demo.clients import Json
from alliance_deploy.demo.journey import Journey
from alliance_deploy.demo.people import made_up

PEOPLE = made_up()


async def introduces_themselves(journey: Journey, call_me: str, **more: Any) -> Json:
    """By the front door's public form, without signing in."""
    async with journey.step(f"{call_me} introduces themselves on the web"):
        person = PEOPLE[call_me]
        body = {"person": person.details(), "story": {"going_on": f"{call_me} is made up."}, **more}
        received = await journey["intake"].tell("self-introductions", body, signed_in=False)
        journey.about(received["person_id"])
    return received


async def is_introduced(journey: Journey, call_me: str, *, way_in: str, source_code: str, **more: Any) -> Json:
    """By a worker of the front door, for whoever rang or wrote."""
    async with journey.step(f"{call_me} is introduced ({way_in}, source {source_code})"):
        body = {"person": PEOPLE[call_me].details(), "way_in": way_in, "source_code": source_code, **more}
        received = await journey["intake"].tell("introductions", body)
        journey.about(received["person_id"])
    return received


async def is_accepted(journey: Journey, introduction: Json, *, priority: str = "3") -> str:
    """Intake accepts; triage opens a case by itself. The case's id."""
    introduction_id = introduction["introduction_id"]
    async with journey.step(f"intake accepts, suggesting priority {priority}"):
        await journey["intake"].tell(f"introductions/{introduction_id}/claim")
        await journey["intake"].tell(f"introductions/{introduction_id}/accept", {"suggested_priority": priority})
    async with journey.step("triage opens a case by itself"):
        return await case_of(journey, introduction_id)


async def case_of(journey: Journey, introduction_id: str) -> str:
    """The open case of an introduction, as soon as there is one."""
    found = await journey["triage"].until(
        "cases", lambda page: any(case["state"] == "open" for case in page["items"]), introduction_id=introduction_id
    )
    return str(found["items"][0]["id"])


async def case_is(journey: Journey, case_id: str, state: str) -> Json:
    """Wait until a case is in this state."""
    return await journey["triage"].until(f"cases/{case_id}", lambda case: case["state"] == state)


async def is_introduced_to_ipsa(journey: Journey, case_id: str, *, weekly_cost_pence: int = 120_000) -> str:
    """Triage introduces to IPSA; housing opens a placement by itself. The placement's id."""
    async with journey.step("triage introduces the person to IPSA"):
        profile = {
            "current_setting": "residential-care",
            "weekly_cost_pence": weekly_cost_pence,
            "support_level": "medium",
            "section_117": True,
        }
        await journey["triage"].tell(f"cases/{case_id}/introduce-to-ipsa", profile)
    async with journey.step("housing opens a placement by itself"):
        found = await journey["housing"].until("placements", lambda page: bool(page["items"]), case_id=case_id)
        return str(found["items"][0]["id"])


async def status_is(journey: Journey, introduction: Json, stage: str) -> None:
    """The person's own status page says so."""
    async with journey.step(f"the person's status page says: {stage}"):
        await journey["intake"].until(
            f"status/{introduction['reference']}",
            lambda status: status["stage"] == stage,
            headers={"Status-Key": introduction["status_key"]},
        )
