"""In whatever order a journey's events arrive, and however often, the figures are the same."""

from datetime import date
from itertools import permutations

from alliance.contracts import Envelope
from alliance.contracts.codes import SourceCode
from reporting.application.counting import counted
from reporting.events.hears import hears

from ..builders import (
    a_commitment,
    a_corrected_miss,
    a_corrected_move,
    a_missed_wait,
    a_move,
    a_restated_commitment,
    a_source_correction,
    an_introduction,
    said,
)
from ..rooms import Room


async def ending(order: tuple[Envelope, ...]) -> dict[str, dict[str, int]]:
    room = Room()
    for envelope in order:
        await room.count(envelope, order[0])
    return await room.figures()


async def test_home_at_last_with_a_corrected_move_in_date() -> None:
    before, now = date(2026, 11, 30), date(2026, 12, 7)
    journey = (
        said(an_introduction()),
        said(a_move(before)),
        said(a_corrected_move(before, now)),
        said(a_commitment(before, 600_000, 2_500_000)),
        said(a_restated_commitment(before, now)),
    )
    expected = {
        "2026-11": {"introductions": 1, "self-introductions": 1},
        "2026-12": {
            "moved-into-own-home": 1,
            "commitments": 1,
            "committed-pence": 500_000,
            "saving-pence": 2_100_000,
        },
    }
    for order in permutations(journey):
        assert await ending(order) == expected


async def test_a_miss_that_never_was_one_and_a_source_put_right() -> None:
    journey = (
        said(an_introduction(SourceCode.SELF)),
        said(a_source_correction(SourceCode.SELF, SourceCode.GP)),
        said(a_missed_wait()),
        said(a_corrected_miss()),
    )
    for order in permutations(journey):
        assert await ending(order) == {"2026-11": {"introductions": 1}}


def test_no_reaction_can_be_refused_so_no_refusal_needs_an_answer() -> None:
    """A row is put or is there already; what a closed month refuses is answered where rows are folded."""
    assert [row.event.type for row in hears.rows if row.answers] == []
    uncounted = {"intake.equality-recorded.v1"}
    assert {event.type for event in hears.types} == {event.type for event in counted()} | uncounted
