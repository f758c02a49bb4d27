"""A copy of what housing owns: the search for a home, in whatever order it is heard."""

from datetime import date
from itertools import permutations

from triage.domain.home_search import HomeSearch

from ..builders import NINE


def test_the_last_correction_of_a_move_in_stands_in_any_order() -> None:
    days = [(date(2026, 12, day), sequence) for day, sequence in ((1, 2), (3, 3), (2, 4))]
    for order in permutations(days):
        search = HomeSearch(id="s", person_id="p")
        for day, sequence in order:
            search.note_moved_in(day, sequence=sequence)
        search.note_opened("case", at=NINE)
        assert search.moved_in_on == date(2026, 12, 2)
