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
    intake = journey["intake"]
    dummy, holder, mock, syn = [
        await is_introduced(journey, call_me, way_in=way_in, source_code=source)
        for call_me, way_in, source in (
            ("Dummy", "phone", "B1"),
            ("Holder", "walk-in", "B1"),
            ("Mock", "clubhouse", "G4"),
            ("Syn", "professional", "B2"),
        )
    ]
    async with journey.step("Holder's introduction is a duplicate of Dummy's, which goes on"):
        await intake.tell(
            f"introductions/{holder['introduction_id']}/close",
            {"ending": "duplicate", "duplicate_of": dummy["introduction_id"]},
        )
    async with journey.step("Dummy is signposted to housing advice"):
        await intake.tell(
            f"introductions/{dummy['introduction_id']}/close",
            {"ending": "signposted", "elsewhere": "housing-advice"},
        )
    where = f"introductions/{mock['introduction_id']}"
    async with journey.step("Mock lives elsewhere: out of area only when the other service has confirmed"):
        await _refused(journey, "intake", f"{where}/close", {"ending": "out-of-area"}, "hand-over-not-confirmed")
        await intake.tell(f"{where}/hand-over", {"area": "Southwark", "service": "a made-up front door"})
        await intake.tell(f"{where}/confirm-hand-over", {"confirmed_by": "Somebody made up"})
    await _is_not_given_up_in_a_morning(journey, f"introductions/{syn['introduction_id']}")


async def _is_not_given_up_in_a_morning(journey: Journey, where: str) -> None:
    """Three attempts on one day are one bad day."""
    intake = journey["intake"]
    async with journey.step("Syn does not answer the phone, and cannot be given up on the same day"):
        for channel, outcome in (("call", "no-answer"), ("email", "left-message"), ("call", "no-answer")):
            await intake.tell(f"{where}/contact-attempts", {"channel": channel, "outcome": outcome})
        await _refused(journey, "intake", f"{where}/close", {"ending": "not-reached"}, "not-enough-attempts")
    async with journey.step("Syn calls back, and is signposted to a community group"):
        await intake.tell(f"{where}/contact-attempts", {"channel": "call", "outcome": "they-got-in-touch"})
        await intake.tell(f"{where}/close", {"ending": "signposted", "elsewhere": "community-group"})


async def _refused(journey: Journey, service: str, path: str, body: dict[str, str], name: str | None) -> None:
    try:
        await journey[service].tell(path, body)
    except Refused as refused:
        must(refused.status == 409, f"the answer was {refused}")
        must(name in (None, refused.name), f"the refusal was {refused.name}")
    else:
        must(False, "it was not refused")
