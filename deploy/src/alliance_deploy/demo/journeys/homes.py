"""Journeys home: from residential care to a home of one's own, and two workers at the same time."""

import asyncio
from datetime import UTC, datetime, timedelta

from alliance_deploy.demo.clients import Json, Refused
from alliance_deploy.demo.journey import Journey, must
from alliance_deploy.demo.journeys.beginnings import (
    introduces_themselves,
    is_accepted,
    is_introduced,
    is_introduced_to_ipsa,
)

RESIDENTIAL_WEEKLY_PENCE = 153_846
"""About £80,000 a year, as in the story that both source articles tell."""

OWN_HOME = {"rent_pence": 16_346, "support_pence": 12_500}
"""About £15,000 a year, rent and support together."""


MOVED_IN, SAVING = "moved-into-own-home", "saving-pence"


async def home_at_last(journey: Journey) -> None:
    """Homer is 51 and has lived in 24-hour residential care for eighteen years."""
    introduction = await is_introduced(journey, "Homer", way_in="professional", source_code="C1", help_areas=["home"])
    case_id = await is_accepted(journey, introduction)
    placement_id = await is_introduced_to_ipsa(journey, case_id, weekly_cost_pence=RESIDENTIAL_WEEKLY_PENCE)
    first, second = await _add_home(journey, "SW9"), await _add_home(journey, "SE24")
    housing = journey["housing"]
    async with journey.step("a first home is offered"):
        offer_id = await _offer(journey, first, placement_id)
        await _stands(journey, placement_id, offer_id)
    async with journey.step("Homer declines it: too far; the home is free again by itself"):
        declined = {"offer_id": offer_id, "by": "person", "reason_code": "too-far"}
        await housing.tell(f"placements/{placement_id}/decline", declined)
        await _is_free(journey, first)
    async with journey.step("a second home is offered and accepted"):
        offer_id = await _offer(journey, second, placement_id)
        await _stands(journey, placement_id, offer_id)
        await housing.tell(f"placements/{placement_id}/accept", {"offer_id": offer_id})
    counted, saved = await _figure(journey, MOVED_IN), await _figure(journey, SAVING)
    moved_in_on = datetime.now(UTC).date()
    async with journey.step("Homer moves in"):
        await housing.tell(f"placements/{placement_id}/confirm-move-in", {"moved_in_on": moved_in_on.isoformat()})
    saving = await _money_follows(journey, placement_id, moved_in_on.isoformat())
    async with journey.step("the scorecard counts one person more in a home of their own, and the saving"):
        await _figure_becomes(journey, MOVED_IN, counted + 1)
        await _figure_becomes(journey, SAVING, saved + saving)
    corrected = (moved_in_on - timedelta(days=2)).isoformat()
    async with journey.step("the move-in date is corrected: it was two days earlier"):
        correction = {"moved_in_on": corrected, "reason_code": "typing-error"}
        await housing.tell(f"placements/{placement_id}/correct-move-in", correction)
    restated = await _money_follows(journey, placement_id, corrected)
    async with journey.step("the scorecard follows: still one person, and a larger saving"):
        must(restated > saving, f"the saving went from {saving} to {restated}")
        await _figure_becomes(journey, SAVING, saved + restated)
        await _figure_becomes(journey, MOVED_IN, counted + 1)
    async with journey.step("Homer has been told"):
        await journey["notify"].until(
            f"people/{introduction['person_id']}/messages",
            lambda page: any(message["template"] == "moved-in" for message in page["items"]),
        )


async def one_home_two_people(journey: Journey) -> None:
    placements = []
    for call_me in ("Firstly", "Secondly"):
        introduction = await introduces_themselves(journey, call_me, help_areas=["home"])
        placements.append(await is_introduced_to_ipsa(journey, await is_accepted(journey, introduction)))
    home_id = await _add_home(journey, "SW2")
    async with journey.step("two workers offer it at the same moment: one gets a clear refusal"):
        answers = await asyncio.gather(
            *(_offer(journey, home_id, placement_id) for placement_id in placements), return_exceptions=True
        )
        refusals = [answer for answer in answers if isinstance(answer, Refused)]
        must([refusal.name for refusal in refusals] == ["home-already-offered"], f"the answers were {answers}")
        must(refusals[0].status == 409, f"the refusal came with {refusals[0].status}")


async def one_person_two_homes(journey: Journey) -> None:
    introduction = await introduces_themselves(journey, "Choosy", help_areas=["home"])
    placement_id = await is_introduced_to_ipsa(journey, await is_accepted(journey, introduction))
    homes = [await _add_home(journey, "SW4"), await _add_home(journey, "SW8")]
    async with journey.step("two workers offer Choosy a home each, at the same moment"):
        await asyncio.gather(*(_offer(journey, home_id, placement_id) for home_id in homes))
    async with journey.step("one offer stands, and the other home is free again by itself"):

        async def standing() -> str:
            placement = await journey["housing"].until(
                f"placements/{placement_id}", lambda shown: shown["current_offer"] is not None
            )
            return str(placement["current_offer"]["home_id"])

        taken = await standing()
        (free,) = [home_id for home_id in homes if home_id != taken]
        await _is_free(journey, free)
        must(await standing() == taken, "the offer that stood does not stand any more")


async def _add_home(journey: Journey, area_code: str) -> str:
    async with journey.step(f"a home in {area_code} is added to the vacancies"):
        home = {
            "provider": "thames-reach",
            "landlord": "made-up-homes",
            "setting": "own-tenancy",
            "support_level": "medium",
            "area_code": area_code,
            "address": "1 Imaginary Street",
            **OWN_HOME,
        }
        return str((await journey["housing"].tell("homes", home))["home_id"])


async def _offer(journey: Journey, home_id: str, placement_id: str) -> str:
    answer = await journey["housing"].tell(f"placements/{placement_id}/offers", {"home_id": home_id})
    return str(answer["offer_id"])


async def _stands(journey: Journey, placement_id: str, offer_id: str) -> None:
    def holds(placement: Json) -> bool:
        offer = placement["current_offer"]
        return offer is not None and bool(offer["offer_id"] == offer_id)

    await journey["housing"].until(f"placements/{placement_id}", holds)


async def _is_free(journey: Journey, home_id: str) -> None:
    await journey["housing"].until(f"homes/{home_id}", lambda home: home["hold"] is None)


async def _money_follows(journey: Journey, placement_id: str, since: str) -> int:
    """The saving in pence, once finance has committed the cost from that day on."""
    async with journey.step(f"finance has committed the weekly cost from {since}, and the ledger balances"):

        def follows(page: Json) -> bool:
            return any(row["state"] == "open" and row["moved_in_on"] == since for row in page["items"])

        page = await journey["finance"].until("commitments", follows, placement_id=placement_id)
        figures = page["items"][0]["figures"]
        parts = sum(part["pence"] for part in figures["funding_split"])
        must(parts == figures["total_pence"], "the funders' parts do not add up to the whole")
        balance = await journey["finance"].ask("trial-balance")
        must(balance["total_pence"] == 0, f"the ledger is out of balance by {balance['total_pence']}")
        return int(figures["saving_pence"])


async def _figure(journey: Journey, name: str) -> int:
    """One figure of the scorecard, over all months."""
    history = await journey["reporting"].ask(f"figures/{name}")
    return sum(point["value"] for point in history["points"])


async def _figure_becomes(journey: Journey, name: str, value: int) -> None:
    await journey["reporting"].until(
        f"figures/{name}", lambda history: sum(point["value"] for point in history["points"]) == value
    )
