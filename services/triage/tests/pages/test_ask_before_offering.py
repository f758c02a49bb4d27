"""Whoever is about to offer something reads when the person last said how to reach them, and that they should ask."""

from datetime import date

import pytest

from alliance.testing.rooms import Browser, browsing

from ..builders import CASE, NINE, Room, accepted, shared, sharing
from .reading import text_of

PATHS = [f"/cases/{CASE}/{step}" for step in ("offer-support", "introduce-to-ipsa")]
ASK = "Ask before you offer"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("said_on", "told", "ask"),
    [
        (NINE.date(), "last said how to reach them on 2 November 2026.", False),
        (date(2026, 9, 3), "last said how to reach them on 3 September 2026.", False),
        (date(2026, 9, 2), "last said how to reach them on 2 September 2026. Ask before you offer", True),
        (None, "has not been told. Ask before you offer", True),
    ],
    ids=["today", "sixty days ago", "sixty-one days ago", "not told"],
)
async def test_an_offer_says_when_they_last_said_how(
    worker: Browser, room: Room, path: str, said_on: date | None, told: str, *, ask: bool
) -> None:
    await room.hear(shared(2, said_on=said_on))
    text = text_of((await worker.get(path)).text)
    assert told in text
    assert (ASK in text) is ask


async def test_the_case_says_it_beside_the_ways(worker: Browser, room: Room) -> None:
    await room.hear(shared(2, said_on=NINE.date()))
    assert "They last said how on 2 November 2026." in text_of((await worker.get(f"/cases/{CASE}")).text)


@pytest.mark.parametrize("path", PATHS)
async def test_of_somebody_whose_details_are_not_known_nothing_is_said(worker: Browser, room: Room, path: str) -> None:
    await room.hear(sharing(2, allowed=False))
    assert "last said how" not in text_of((await worker.get(path)).text)


async def test_a_step_that_reaches_nobody_does_not_speak_of_it(worker: Browser, room: Room) -> None:
    await room.hear(shared(2))
    assert ASK not in text_of((await worker.get(f"/cases/{CASE}/change-priority")).text)


async def test_whichever_is_newer_counts_in_every_order(empty_room: Room) -> None:
    await empty_room.hear(accepted(), shared(3, said_on=NINE.date()), shared(2, said_on=date(2026, 1, 1)))
    async with browsing(empty_room.app(), "triage-worker") as browser:
        assert ASK not in text_of((await browser.get(PATHS[0])).text)
