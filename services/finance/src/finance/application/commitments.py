"""Following a stay: opening its commitment, restating and ending it, and carrying it into the next year.

Every verb is silent when it has been applied (gated by the placement's sequence or by its own value), so no marks.
"""

from collections.abc import Callable
from datetime import date

from finance.application.collections import Commitments
from finance.domain.commitment import Commitment, commitment_id
from finance.domain.refusals import YearClosed
from finance.domain.stay import Correction, Terms

Act = Callable[[Commitment], None]


async def move_in(placement_id: str, terms: Terms, commitments: Commitments) -> None:
    await _change(placement_id, lambda commitment: commitment.open(terms), commitments)


async def correct(placement_id: str, correction: Correction, commitments: Commitments) -> None:
    """Raises `YearClosed`; the answer is `correct_in_open_year`."""
    await _change(placement_id, lambda commitment: commitment.correct(correction), commitments)


async def end(placement_id: str, moved_on_on: date, commitments: Commitments) -> None:
    """Raises `YearClosed`; the answer is `end_in_open_year`."""
    await _change(placement_id, lambda commitment: commitment.end(moved_on_on), commitments)


async def correct_in_open_year(placement_id: str, correction: Correction, commitments: Commitments) -> None:
    await _in_open_year(placement_id, lambda commitment: commitment.correct(correction), commitments)


async def end_in_open_year(placement_id: str, moved_on_on: date, commitments: Commitments) -> None:
    await _in_open_year(placement_id, lambda commitment: commitment.end(moved_on_on), commitments)


async def carry_over(id_: str, commitments: Commitments) -> None:
    """Open the commitment of the year after."""
    await _follow(await commitments.get(id_), lambda successor: None, commitments)


async def _change(placement_id: str, act: Act, commitments: Commitments) -> None:
    id_ = commitment_id(placement_id)
    await commitments.change_or_add(id_, lambda: Commitment(id=id_, placement_id=placement_id), act, remember=False)


async def _in_open_year(placement_id: str, act: Act, commitments: Commitments) -> None:
    """Go from closed year to closed year until one is open, and act there."""
    closed = await commitments.get(commitment_id(placement_id))
    while True:
        try:
            await _follow(closed, act, commitments)
            return
        except YearClosed:
            closed = await commitments.get(closed.successor().id)


async def _follow(closed: Commitment, act: Act, commitments: Commitments) -> None:
    year = closed.year
    if year is None:
        raise LookupError("a commitment without a year cannot be carried over")
    following = year.next

    def carry_on(successor: Commitment) -> None:
        successor.carry_on(following)
        act(successor)

    await commitments.change_or_add(closed.successor().id, closed.successor, carry_on, remember=False)
