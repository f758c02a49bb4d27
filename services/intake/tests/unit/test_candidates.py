"""Who of those we know may be somebody who is introduced."""

from dataclasses import replace
from datetime import date

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from intake.application.candidates import MOST_BY_ONE_TRACE, candidates_for
from intake.domain.details import Details
from intake.domain.facts import ContactPoint
from intake.domain.matching import Verdict
from intake.domain.person import Person

from ..builders import NHS_NUMBER, NINE, FrontDoor, some_details


async def known(door: FrontDoor, details: Details) -> str:
    person = Person.register(id=new_id(), details=details, holders=None, at=NINE, recipients={})
    with as_staff(mark=f"command:{person.id}:x"):
        await door.given["people"].add(person)
    return person.id


async def test_the_likeliest_comes_first(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock)
    said = replace(some_details(), nhs_number=NHS_NUMBER)
    likely = await known(door, some_details())
    likeliest = await known(door, replace(said, call_me=None))
    await known(door, Details(full_name="Unreala Fiction", date_of_birth=date(1991, 11, 30)))
    found = await candidates_for(said, door.given["people"])
    assert [(each.person_id, each.likeness.verdict) for each in found] == [
        (likeliest, Verdict.EXACT),
        (likely, Verdict.STRONG),
    ]


async def test_somebody_who_says_nothing_is_like_nobody(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock)
    await known(door, Details())
    assert await candidates_for(Details(), door.given["people"]) == []


async def test_the_second_phone_finds_the_first_and_the_other_way_round(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock)
    phones = [ContactPoint(kind="phone", value=f"07700 90012{digit}", safe=True) for digit in range(3)]
    person_id = await known(door, Details(full_name="Testa Example", contact_points=tuple(phones[:2])))
    said = Details(full_name="Testa Example", contact_points=(phones[2], phones[1]))
    assert [each.person_id for each in await candidates_for(said, door.given["people"])] == [person_id]


async def test_a_number_that_a_hostel_shares_brings_no_more_than_a_page(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock)
    phone = (ContactPoint(kind="phone", value="07700 900123", safe=True),)
    for _ in range(MOST_BY_ONE_TRACE + 5):
        await known(door, Details(contact_points=phone))
    assert len(await candidates_for(Details(contact_points=phone), door.given["people"])) == MOST_BY_ONE_TRACE
