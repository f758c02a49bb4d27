"""Two people of whom the front door has two records each: one pair nobody has decided about, the other is merged."""

from collections.abc import Awaitable, Callable

from alliance_deploy.demo.clients import Client, Json

Introduced = Callable[[str], Awaitable[Json]]


async def came_twice(intake: Client, introduced: Introduced) -> dict[str, str]:
    """The ids of both matches, of the merge, and of the record that survived it."""
    undecided = await _match(intake, [await introduced("twice") for _ in range(2)])
    same = await _match(intake, [await introduced("merged") for _ in range(2)])
    merge = await intake.tell(f"matches/{same}/same-person")
    await intake.until(f"matches/{same}", lambda match: bool(match["answer"] == "same"))
    return {
        "match.open": undecided,
        "match.same": same,
        "merge": str(merge["merge_id"]),
        "person.survivor": str(merge["person_id"]),
    }


async def _match(intake: Client, introduced: list[Json]) -> str:
    both = {each["person_id"] for each in introduced}

    def pair(page: Json) -> list[str]:
        return [each["id"] for each in page["items"] if {each["older_id"], each["newer_id"]} == both]

    return pair(await intake.until("matches", lambda page: bool(pair(page))))[0]
