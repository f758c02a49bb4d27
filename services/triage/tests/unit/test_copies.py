"""Copies of what others own: details and the search for a home. Nothing withdrawn comes back; order does not matter."""

from datetime import date
from itertools import permutations

from alliance.kernel import new_id
from triage.domain.details import Details, Snapshot
from triage.domain.home_search import HomeSearch

from ..builders import NINE

OLD, NEW = Snapshot(call_me="Testa"), Snapshot(call_me="Testa Newer")


def test_an_older_snapshot_never_replaces_a_newer_one() -> None:
    details = Details(id=new_id())
    details.keep(NEW, consent_sequence=2)
    details.keep(OLD, consent_sequence=1)
    assert details.snapshot == NEW


def test_what_was_withdrawn_does_not_come_back_from_a_retry() -> None:
    details = Details(id=new_id())
    details.keep(OLD, consent_sequence=1)
    details.drop(consent_sequence=2)
    details.keep(OLD, consent_sequence=1)
    assert details.snapshot is None


def test_a_withdrawal_heard_late_does_not_undo_a_newer_permission() -> None:
    details = Details(id=new_id())
    details.keep(NEW, consent_sequence=3)
    details.drop(consent_sequence=2)
    assert details.snapshot == NEW


def test_the_last_correction_of_a_move_in_stands_in_any_order() -> None:
    days = [(date(2026, 12, day), sequence) for day, sequence in ((1, 2), (3, 3), (2, 4))]
    for order in permutations(days):
        search = HomeSearch(id="s", person_id="p")
        for day, sequence in order:
            search.note_moved_in(day, sequence=sequence)
        search.note_opened("case", at=NINE)
        assert search.moved_in_on == date(2026, 12, 2)
