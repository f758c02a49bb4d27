"""Whatever the order in which finance hears, and however often, the books end the same."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations
from random import Random

import pytest

from alliance.contracts import Envelope, housing
from alliance.kernel import FixedClock, Refusal
from finance.domain.refusals import YearClosed
from finance.events.hears import hears

from ..rooms import Alliance, Stay

CLOCK = FixedClock()
IN, CORRECTED, AGAIN, ON = date(2026, 11, 2), date(2026, 11, 1), date(2026, 10, 26), date(2026, 11, 15)


def a_story(stay: Stay) -> list[Envelope]:
    return [
        stay.moved_in(IN, 4),
        stay.corrected(IN, CORRECTED, 6),
        stay.corrected(CORRECTED, AGAIN, 7),
        stay.moved_on(ON, 8),
    ]


async def shuffled(alliance: Alliance, story: Sequence[Envelope], chance: Random) -> None:
    """Deliver the story in this order, and finance's own events doubled and at any later moment."""
    for event in story:
        await alliance.hear(event)
        own = [each for each in alliance.waiting if chance.random() < 0.5]
        await alliance.hear(*chance.sample(own * 2, len(own) * 2))
        if chance.random() < 0.3:
            await alliance.post(size=2)
    await alliance.hear(*chance.sample(alliance.said, len(alliance.said)))
    await alliance.settle()


async def test_a_stay_told_in_any_order_costs_the_same_and_the_ledger_balances() -> None:
    stay, chance = Stay(CLOCK), Random(7)
    for order in permutations(a_story(stay)):
        alliance = Alliance(CLOCK)
        doubled = list(order)
        for event in order:
            doubled.insert(chance.randint(0, len(doubled)), event)
        await shuffled(alliance, doubled, chance)
        # 26 October to 15 November: three weeks. 3 × 28,767 = 86,301; 3 × 124,658 = 373,974.
        assert await alliance.totals(stay.placement_id) == (86_301, 373_974)
        assert await alliance.committed() == 86_301
        await alliance.check_books()


async def test_the_years_add_up_whenever_the_news_comes() -> None:
    """The year ends before, between or after the news: the stay as a whole costs the same."""
    chance = Random(3)
    for order in permutations(range(4)):
        for moment in range(5):
            clock = FixedClock()
            stay = Stay(clock)
            alliance, story = Alliance(clock), a_story(stay)
            await shuffled(alliance, [story[n] for n in order[:moment]], chance)
            clock.advance(days=365)
            await alliance.tick()
            await alliance.settle()
            await shuffled(alliance, [story[n] for n in order[moment:]], chance)
            await alliance.tick()
            await alliance.settle()
            assert await alliance.totals(stay.placement_id) == (86_301, 373_974)
            assert await alliance.committed() == 86_301
            await alliance.check_books()


async def test_a_stay_of_three_years_is_carried_over_twice() -> None:
    clock = FixedClock()
    stay, alliance = Stay(clock), Alliance(clock)
    await alliance.hear(stay.moved_in(IN, 4))
    await alliance.settle()
    for _ in range(2):
        clock.advance(days=365)
        await alliance.tick()
        await alliance.settle()
    budgets = (await alliance.budgets.page("year")).items
    # Cumulative 150, 516 and 881 days: 616,436; 2,120,539; 3,620,532.43 → 3,620,532.
    assert [each.committed_pence for each in budgets] == [616_436, 1_504_103, 1_499_993]
    await alliance.hear(stay.moved_on(ON, 8))
    await alliance.settle()
    assert await alliance.totals(stay.placement_id) == (57_534, 249_316)
    await alliance.check_books()


PAIRS: dict[tuple[str, type[Refusal]], str] = {
    (housing.MoveInCorrected.type, YearClosed): "finance.commitment-restated.v1",
    (housing.PersonMovedOn.type, YearClosed): "finance.commitment-ended.v1",
}


def test_all_pairs_of_the_table_are_walked() -> None:
    assert {(row.event.type, refusal) for row in hears.rows for refusal in row.answers} == set(PAIRS)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
@pytest.mark.parametrize("years", [1, 2])
async def test_news_of_a_closed_year_is_answered_in_the_open_one(pair: tuple[str, type[Refusal]], years: int) -> None:
    clock = FixedClock()
    stay, alliance = Stay(clock), Alliance(clock)
    await alliance.hear(stay.moved_in(IN, 4))
    for _ in range(years):
        await alliance.settle()
        clock.advance(days=365)
        await alliance.tick()
    await alliance.settle()
    alliance.said.clear()
    late = stay.moved_on(ON, 8) if pair[0] == housing.PersonMovedOn.type else stay.corrected(IN, CORRECTED, 8)
    await alliance.hear(late, late)
    (answer,) = alliance.said
    assert (answer.type, answer.data["year"]) == (PAIRS[pair], ["2027-28", "2028-29"][years - 1])
