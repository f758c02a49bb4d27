"""Personal data: it reaches exactly the services whose organisation the person allows."""

from alliance_deploy.demo.journey import Journey
from alliance_deploy.demo.journeys.beginnings import (
    PEOPLE,
    introduces_themselves,
    is_accepted,
    is_introduced_to_ipsa,
)


async def personal_data(journey: Journey) -> None:
    introduction = await introduces_themselves(journey, "Privy", may_hold_details=["slam"])
    case_id = await is_accepted(journey, introduction)
    placement_id = await is_introduced_to_ipsa(journey, case_id)
    sharing = f"people/{introduction['person_id']}/sharing"
    name = PEOPLE["Privy"].full_name
    async with journey.step("the trust, whom Privy allows, knows the name; the housing provider does not"):
        await journey["triage"].until(
            f"cases/{case_id}", lambda case: bool(case["details"] and case["details"]["full_name"] == name)
        )
        await journey["housing"].until(f"placements/{placement_id}", lambda shown: shown["person"] is None)
    async with journey.step("Privy allows the housing provider too: now it knows"):
        await journey["intake"].tell(sharing, {"organisation_id": "thames-reach", "allowed": True})
        await journey["housing"].until(
            f"placements/{placement_id}", lambda shown: bool(shown["person"] and shown["person"]["full_name"] == name)
        )
    async with journey.step("Privy takes the trust's permission back: its copy is gone"):
        await journey["intake"].tell(sharing, {"organisation_id": "slam", "allowed": False})
        await journey["triage"].until(f"cases/{case_id}", lambda case: case["details"] is None)
    async with journey.step("Privy takes the housing provider's permission back: its copy is gone"):
        await journey["intake"].tell(sharing, {"organisation_id": "thames-reach", "allowed": False})
        await journey["housing"].until(f"placements/{placement_id}", lambda shown: shown["person"] is None)
