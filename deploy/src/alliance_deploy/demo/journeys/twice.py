"""One person introduces themselves by two ways in; a human sees that it is one person."""

from alliance_deploy.demo.clients import Json
from alliance_deploy.demo.journey import Journey, must
from alliance_deploy.demo.journeys.beginnings import introduces_themselves, is_introduced


async def one_person_twice(journey: Journey) -> None:
    first = await introduces_themselves(journey, "Doubly", help_areas=["home"])
    second = await is_introduced(journey, "Doubly", way_in="phone", source_code="B1")
    async with journey.step("the front door is told that both may be one person"):
        match = await _match(journey, {first["person_id"], second["person_id"]})
        must(bool(match["sentences"]), "the match does not say why")
    async with journey.step("somebody compares them and says that it is one person"):
        await journey["intake"].tell(f"matches/{match['id']}/same-person", {})
    async with journey.step("both ends lead to the older record"):
        await journey["intake"].until(f"people/{second['person_id']}", lambda person: bool(person))
    async with journey.step("one of the two introductions is closed as a duplicate, the other is signposted"):
        closed, other = second["introduction_id"], first["introduction_id"]
        for each in (closed, other):
            await journey["intake"].tell(f"introductions/{each}/claim")
        duplicate = {"ending": "duplicate", "duplicate_of": other}
        await journey["intake"].tell(f"introductions/{closed}/close", duplicate)


async def _match(journey: Journey, both: set[str]) -> Json:
    def found(page: Json) -> list[Json]:
        return [each for each in page["items"] if {each["older_id"], each["newer_id"]} == both]

    return found(await journey["intake"].until("matches", lambda page: bool(found(page))))[0]
