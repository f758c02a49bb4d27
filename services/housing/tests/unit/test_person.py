"""Details are kept as long as the person allows, whatever arrives late."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from housing.domain.person import Details, Person


def play(story: tuple[tuple[str, int], ...]) -> Person:
    person = Person(id="p")
    for what, sequence in story:
        if what == "shared":
            person.keep(Details(call_me=f"Example {sequence}"), consent_sequence=sequence)
        else:
            person.change_sharing(allowed=what == "allowed", consent_sequence=sequence)
    return person


def test_a_late_copy_never_brings_back_what_was_withdrawn() -> None:
    for story in permutations((("shared", 1), ("shared", 2), ("stopped", 3), ("shared", 2))):
        assert play(story).details is None


def test_allowing_again_keeps_only_what_was_sent_after() -> None:
    for story in permutations((("shared", 1), ("stopped", 2), ("allowed", 3), ("shared", 3))):
        assert play(story).details == Details(call_me="Example 3")


@given(st.lists(st.tuples(st.sampled_from(["shared", "stopped"]), st.integers(1, 9))))
def test_the_highest_word_of_the_person_decides(story: list[tuple[str, int]]) -> None:
    person = play(tuple(story))
    if story:
        top = max(sequence for _, sequence in story)
        stopped = ("stopped", top) in story
        assert (person.details is None) == (stopped or ("shared", top) not in story)
