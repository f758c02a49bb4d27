"""What finance says about one stay ends in the same figures of reporting, in whatever order finance was told."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations

from finance.domain.codes import CorrectionReason
from finance.domain.commitment import Commitment, commitment_id
from finance.domain.stay import Correction, Terms
from finance.events.says import says
from reporting.application.counting import counted, deltas

PLACEMENT = "470bacf1-8807-5cfb-a46e-a38687d634b6"
TERMS = Terms(
    person_id="f10ea757-9ac6-5f7e-85c0-6f8aa3cf2ae6",
    home_id="840d139d-1bd8-5e2a-9406-87672bbf5c50",
    setting="own-tenancy",
    weekly_pence=28_767,
    previous_weekly_pence=153_425,
    section_117=True,
    shares=(("lambeth-council", 50), ("nhs-south-east-london", 50)),
    moved_in_on=date(2026, 10, 26),
)
TOLD: tuple[Callable[[Commitment], None], ...] = (
    lambda commitment: commitment.open(TERMS),
    lambda commitment: commitment.correct(
        Correction(moved_in_on=date(2026, 11, 2), reason_code=CorrectionReason.TYPING_ERROR, sequence=3)
    ),
    lambda commitment: commitment.end(date(2027, 1, 15)),
)


def figures(order: tuple[Callable[[Commitment], None], ...]) -> dict[object, int]:
    commitment, counter = Commitment(id=commitment_id(PLACEMENT), placement_id=PLACEMENT), Counter[object]()
    for tell in order:
        tell(commitment)
        for spoken in says.events_for(commitment.take_facts()):
            if type(spoken.event) in counted():
                counter.update(deltas(spoken.event, datetime(2026, 12, 1, tzinfo=UTC)))
    return {key: amount for key, amount in counter.items() if amount}


def test_a_correction_across_months_counts_the_same_before_and_after_the_moving_on() -> None:
    first, *others = [figures(order) for order in permutations(TOLD)]
    assert first
    assert all(other == first for other in others)
