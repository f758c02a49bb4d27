"""Journeys that end early: withdrawn half-way, withdrawn at once, and the ordinary endings of a morning."""

from alliance_deploy.demo.clients import Refused
from alliance_deploy.demo.journey import Journey, must
from alliance_deploy.demo.journeys.beginnings import (
    case_is,
    introduces_themselves,
    is_accepted,
    is_introduced,
    is_introduced_to_ipsa,
    status_is,
)


async def withdrawal_half_way(journey: Journey) -> None:
    introduction = await introduces_themselves(journey, "Wi", help_areas=["home", "money"])
    case_id = await is_accepted(journey, introduction)
    placement_id = await is_introduced_to_ipsa(journey, case_id)
    async with journey.step("Wi does not want to go on"):
        await journey["intake"].tell(f"introductions/{introduction['introduction_id']}/withdraw")
    async with journey.step("triage closes the case, housing closes the placement"):
        await case_is(journey, case_id, "closed")
        await journey["housing"].until(f"placements/{placement_id}", lambda shown: shown["stage"] == "closed")
    async with journey.step("nobody can go on with it"):
        with_offer = {"kind": "clubhouse", "provider_id": "mosaic-clubhouse"}
        await _refused(journey, "triage", f"cases/{case_id}/offers", with_offer, "case-already-closed")
    await status_is(journey, introduction, "withdrawn")


async def withdrawal_before_anything(journey: Journey) -> None:
    introduction = await introduces_themselves(journey, "Lee")
    where = f"introductions/{introduction['introduction_id']}"
    async with journey.step("Lee withdraws before anybody has looked at it"):
        await journey["intake"].tell(f"{where}/withdraw")
    async with journey.step("it cannot be accepted any more, and no case opens"):
        await _refused(journey, "intake", f"{where}/accept", {"suggested_priority": "3"}, None)
        page = await journey["triage"].ask("cases", introduction_id=introduction["introduction_id"])
        must(all(case["state"] == "closed" for case in page["items"]), "a case is open")
    await status_is(journey, introduction, "withdrawn")


async def an_ordinary_morning(journey: Journey) -> None:
    """Four introductions that lead elsewhere: there is no "rejected", every ending says where it led."""
    for call_me, way_in, source, ending in (
        ("Dummy", "phone", "B1", "signposted"),
        ("Holder", "walk-in", "B1", "duplicate"),
        ("Mock", "clubhouse", "G4", "out-of-area"),
        ("Syn", "professional", "B2", "not-reached"),
    ):
        introduction = await is_introduced(journey, call_me, way_in=way_in, source_code=source)
        where = f"introductions/{introduction['introduction_id']}"
        async with journey.step(f"{call_me}'s introduction ends: {ending}"):
            if ending == "not-reached":
                for _ in range(3):
                    await journey["intake"].tell(f"{where}/contact-attempts", {"outcome": "no-answer"})
            await journey["intake"].tell(f"{where}/close", {"ending": ending})


async def _refused(journey: Journey, service: str, path: str, body: dict[str, str], name: str | None) -> None:
    try:
        await journey[service].tell(path, body)
    except Refused as refused:
        must(refused.status == 409, f"the answer was {refused}")
        must(name in (None, refused.name), f"the refusal was {refused.name}")
    else:
        must(False, "it was not refused")
