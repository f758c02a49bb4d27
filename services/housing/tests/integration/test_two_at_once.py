"""Two workers, one home; two homes, one person; an answer racing the clock."""

import asyncio
from datetime import timedelta

import pytest

from alliance.contracts import Envelope
from alliance.contracts.housing import HomeOffered, HomeOfferLapsed
from alliance.kernel import FixedClock
from housing.application import homes as home_use
from housing.application import placements as use
from housing.domain.codes import ClosingReason, LapseReason
from housing.domain.home import HomeState
from housing.domain.refusals import HomeAlreadyOffered, OfferRanOut
from housing.domain.stages import Closing, Stage

from ..builders import a_home
from ..rooms import Alliance, somebody

LASTS = timedelta(days=7)


async def offer(alliance: Alliance, home_id: str, placement_id: str, offer_id: str) -> str:
    with somebody(f"command:{offer_id}:x"):
        return await home_use.offer_home(
            home_id,
            offer_id=offer_id,
            placement_id=placement_id,
            lasts=LASTS,
            homes=alliance.homes,
            placements=alliance.placements,
            clock=alliance.clock,
        )


async def a_vacancy(alliance: Alliance) -> str:
    with somebody():
        return await home_use.add_home(a_home(), alliance.homes, alliance.clock)


async def a_search(alliance: Alliance) -> str:
    return await alliance.placement_of(await alliance.introduce())


def lapsed(said: list[Envelope]) -> list[str]:
    return [each.data["reason_code"] for each in said if each.type == HomeOfferLapsed.type]


ID = "00000000-0000-7000-8000-00000000000{}"


async def test_of_two_workers_offering_one_home_one_is_refused() -> None:
    alliance = Alliance(FixedClock())
    home, people = await a_vacancy(alliance), [await a_search(alliance) for _ in range(5)]
    answers = await asyncio.gather(
        *(offer(alliance, home, person, ID.format(n)) for n, person in enumerate(people)), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["HomeAlreadyOffered"] * 4 + ["str"]
    assert len([said for said in alliance.said if said.type == HomeOffered.type]) == 1


async def test_of_two_homes_for_one_person_one_stands_and_the_other_is_free_again() -> None:
    alliance = Alliance(FixedClock())
    first, second, person = await a_vacancy(alliance), await a_vacancy(alliance), await a_search(alliance)
    await asyncio.gather(offer(alliance, first, person, ID.format(1)), offer(alliance, second, person, ID.format(2)))
    await alliance.settle()
    states = sorted([(await alliance.homes.get(home)).state for home in (first, second)])
    assert states == [HomeState.OFFERED, HomeState.VACANT]
    assert lapsed(alliance.said) == [LapseReason.ALREADY_HAS_OFFER]


async def test_a_refused_offer_delivered_again_later_does_not_come_back() -> None:
    alliance = Alliance(FixedClock())
    first, second, person = await a_vacancy(alliance), await a_vacancy(alliance), await a_search(alliance)
    await offer(alliance, first, person, ID.format(1))
    await offer(alliance, second, person, ID.format(2))
    await alliance.settle()
    alliance.clock.advance(days=7)
    await alliance.tick()
    await alliance.settle()
    assert (await alliance.placements.get(person)).current_offer is None
    await alliance.hear(*(said for said in alliance.said if said.type == HomeOffered.type))
    assert (await alliance.placements.get(person)).current_offer is None
    assert {(await alliance.homes.get(home)).state for home in (first, second)} == {HomeState.VACANT}


@pytest.mark.parametrize("clock_first", [True, False])
async def test_acceptance_and_expiry_cannot_both_win(clock_first: bool) -> None:
    alliance = Alliance(FixedClock())
    home, person = await a_vacancy(alliance), await a_search(alliance)
    await offer(alliance, home, person, ID.format(1))
    await alliance.settle()
    if clock_first:
        alliance.clock.advance(days=7)
        await alliance.tick()
        with somebody(), pytest.raises(OfferRanOut):
            await use.accept_offer(person, ID.format(1), alliance.placements, alliance.clock)
    else:
        with somebody():
            await use.accept_offer(person, ID.format(1), alliance.placements, alliance.clock)
        alliance.clock.advance(days=7)
        await alliance.tick()
    await alliance.settle()
    expected = (HomeState.VACANT, Stage.INTRODUCED) if clock_first else (HomeState.ACCEPTED, Stage.ACCEPTED)
    assert ((await alliance.homes.get(home)).state, (await alliance.placements.get(person)).stage) == expected


async def test_a_home_stays_held_until_the_placement_has_let_go_however_late_the_clock() -> None:
    alliance = Alliance(FixedClock())
    home, person, other = await a_vacancy(alliance), await a_search(alliance), await a_search(alliance)
    await offer(alliance, home, person, ID.format(1))
    alliance.clock.advance(days=30)
    with pytest.raises(HomeAlreadyOffered):
        await offer(alliance, home, other, ID.format(2))
    await alliance.settle()
    await alliance.tick()
    await alliance.settle()
    assert lapsed(alliance.said) == [LapseReason.RAN_OUT]
    await offer(alliance, home, other, ID.format(3))


@pytest.mark.parametrize("heard_before", [True, False])
async def test_withdrawal_frees_the_home_also_while_the_offer_is_on_its_way(heard_before: bool) -> None:
    alliance = Alliance(FixedClock())
    home, person = await a_vacancy(alliance), await a_search(alliance)
    await offer(alliance, home, person, ID.format(1))
    if heard_before:
        await alliance.settle()
    with somebody():
        closing = Closing(reason_code=ClosingReason.WITHDRAWN, at=alliance.clock.now())
        await use.close_placement(person, closing, alliance.placements)
    await alliance.settle()
    assert (await alliance.homes.get(home)).state is HomeState.VACANT
    assert lapsed(alliance.said) == [LapseReason.PLACEMENT_CLOSED]


async def test_an_offer_made_as_the_person_moves_in_lapses() -> None:
    alliance = Alliance(FixedClock())
    first, second, person = await a_vacancy(alliance), await a_vacancy(alliance), await a_search(alliance)
    await offer(alliance, first, person, ID.format(1))
    await alliance.settle()
    await offer(alliance, second, person, ID.format(2))
    with somebody():
        await use.accept_offer(person, ID.format(1), alliance.placements, alliance.clock)
        await use.confirm_move_in(person, alliance.clock.now().date(), alliance.placements, alliance.clock)
    await alliance.settle()
    assert lapsed(alliance.said) == [LapseReason.ALREADY_MOVED_IN]
    assert (await alliance.homes.get(first)).state is HomeState.OCCUPIED
    assert (await alliance.homes.get(second)).state is HomeState.VACANT
