"""Every ledger entry is counted exactly once, whatever stops the bookkeeper, and however many keep the books."""

import asyncio
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from alliance.kernel import FixedClock, derived_id
from alliance.store import StoreUnavailable
from finance.application import ledger as use
from finance.application.bookkeeping import keep_books
from finance.application.posting import post_waiting
from finance.domain.codes import JournalReason

from ..rooms import Alliance, somebody


class PowerCut(Exception):
    pass


class Cut:
    """A collection that stops the process just before or just after one of its writes."""

    def __init__(self, documents: Any, remaining: Callable[[], bool]) -> None:
        self._documents, self._strikes = documents, remaining

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._documents, name)

        async def cut(*args: Any, **named: Any) -> Any:
            if self._strikes():
                raise PowerCut
            answer = await call(*args, **named)
            if self._strikes():
                raise PowerCut
            return answer

        return cut


def striking(after: int) -> Callable[[], bool]:
    left = iter(range(after + 1))

    def strikes() -> bool:
        return next(left, None) is None

    return strikes


async def enter(alliance: Alliance, count: int, first: int = 0) -> None:
    for n in range(first, first + count):
        lines = [("commitments:2026-27", 10 + n), ("funder:example", -10 - n)]
        with somebody():
            await use.enter_journal(
                derived_id("entry", str(n)), lines, JournalReason.OTHER, alliance.ledger, alliance.clock, by="staff-7"
            )


async def test_a_crash_at_every_step_neither_loses_nor_doubles_an_entry() -> None:
    for after in range(40):
        alliance = Alliance(FixedClock())
        await enter(alliance, 5)
        for again in range(3):
            strikes = striking(after + again)
            try:
                with somebody():
                    while await post_waiting(
                        Cut(alliance.budgets, strikes),  # type: ignore[arg-type]
                        Cut(alliance.ledger, strikes),  # type: ignore[arg-type]
                        alliance.settings.contributions,
                        alliance.clock,
                        size=2,
                    ):
                        pass
            except PowerCut:
                await enter(alliance, 1, first=5 + again)
        await alliance.post(size=3)
        await alliance.check_books()


async def test_many_bookkeepers_count_each_entry_once() -> None:
    alliance = Alliance(FixedClock())
    await enter(alliance, 30)
    await asyncio.gather(*(alliance.post(size=size) for size in (1, 2, 3, 5)), enter(alliance, 10, first=30))
    await alliance.post()
    await alliance.check_books()


async def test_the_bookkeeper_goes_on_after_an_outage() -> None:
    alliance = Alliance(FixedClock())
    await enter(alliance, 3)
    outage = iter([True])

    class Away:
        def __getattr__(self, name: str) -> Any:
            if next(outage, False):
                raise StoreUnavailable
            return getattr(alliance.ledger, name)

    keeping = asyncio.create_task(
        keep_books(alliance.budgets, Away(), alliance.settings.contributions, alliance.clock, "example")  # type: ignore[arg-type]
    )
    async with asyncio.timeout(20):
        while (await alliance.ledger.page("unposted", limit=1)).items:
            await asyncio.sleep(0.05)
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    await alliance.check_books()


async def test_each_threshold_is_announced_once_by_many_bookkeepers() -> None:
    alliance = Alliance(FixedClock(), contributions={"example": 1_000})
    await enter(alliance, 40)
    await asyncio.gather(*(alliance.post(size=1) for _ in range(5)))
    said = [each.data["threshold_percent"] for each in alliance.said]
    assert said == [80, 90, 100]


@settings(max_examples=40)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("enter"), st.integers(-1000, 1000)),
            st.tuples(st.just("reverse"), st.integers(0, 9)),
            st.tuples(st.just("post"), st.integers(1, 3)),
            st.tuples(st.just("crash"), st.integers(0, 12)),
        ),
        max_size=25,
    )
)
def test_the_ledger_balances_after_any_history(steps: list[tuple[str, int]]) -> None:
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(live_through(steps))
    finally:
        loop.close()


async def live_through(steps: list[tuple[str, int]]) -> None:
    alliance, made = Alliance(FixedClock()), 0
    for what, number in steps:
        with somebody():
            if what == "enter":
                lines = [("cash", number), ("suspense", -number)]
                made += 1
                await use.enter_journal(
                    derived_id("e", str(made)),
                    lines,
                    JournalReason.OTHER,
                    alliance.ledger,
                    alliance.clock,
                    by="staff-7",
                )
            elif what == "reverse" and made:
                entry_id = derived_id("e", str(number % made + 1))
                if await alliance.ledger.find(derived_id("finance", "reversal", entry_id)) is None:
                    await use.reverse(entry_id, JournalReason.MISPOSTING, alliance.ledger, alliance.clock, by="staff-8")
            elif what == "crash":
                strikes = striking(number)
                try:
                    await post_waiting(
                        Cut(alliance.budgets, strikes),  # type: ignore[arg-type]
                        Cut(alliance.ledger, strikes),  # type: ignore[arg-type]
                        alliance.settings.contributions,
                        alliance.clock,
                        size=2,
                    )
                except PowerCut:
                    continue
            elif what == "post":
                await alliance.post(size=number)
    await alliance.post()
    await alliance.check_books()
