"""A front door that hears itself, as it does over the broker."""

from alliance.messaging import apply_in_memory
from alliance.testing import as_staff
from intake.application import introductions as ask
from intake.application import matches
from intake.domain.details import Details
from intake.domain.introduction import Introduction
from intake.events.hears import hears

from .builders import OURS, FrontDoor, asking


async def let_follow(door: FrontDoor) -> None:
    """Let the door hear what it has said itself, and compare whoever came."""
    await let_hear(door)
    while await door.given["comparing"].step():
        pass  # nothing is said of somebody who has been compared


async def let_hear(door: FrontDoor) -> None:
    """Deliver what the door has said to the door itself, until nothing more follows from it."""
    heard = 0
    while heard < len(door.said):
        news, heard = door.said[heard:], len(door.said)
        applied = await apply_in_memory(hears, door.given, news, organisation=OURS, service="intake")
        assert not applied.quarantined
        assert not applied.waiting


async def introduced(
    door: FrontDoor, details: Details, id_: str, *, follow: bool = True, **particulars: object
) -> Introduction:
    """Somebody comes; whatever follows has followed, unless the test wants to see it follow."""
    given = door.given
    with as_staff(mark=f"command:{id_}:x"):
        introduction = await ask.receive_introduction(
            asking(id_, person=details, **particulars),
            given["introductions"],
            given["people"],
            given["recipients"],
            given["promise"],
            given["clock"],
            agreement=given["agreement"],
        )
    if follow:
        await let_follow(door)
    return introduction


async def merged(door: FrontDoor, match_id: str, merge_id: str) -> None:
    given = door.given
    with as_staff(mark=f"command:{merge_id}:x"):
        await matches.merge_people(
            match_id, merge_id, given["matches"], given["merges"], given["people"], given["clock"], by="staff-7"
        )
    await let_follow(door)


async def split(door: FrontDoor, merged_person_id: str, merge_id: str) -> None:
    given = door.given
    with as_staff(mark=f"command:undo-{merge_id}:x"):
        await matches.undo_merge(
            merged_person_id, merge_id, given["merges"], given["people"], given["clock"], by="staff-8"
        )
    await let_follow(door)
