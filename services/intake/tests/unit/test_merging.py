"""One record is merged into one other at most, and can be split off again."""

from datetime import timedelta

import pytest

from alliance.kernel import new_id
from intake.domain import facts, refusals
from intake.domain.merging import Merge

from ..builders import NINE

OLDER, OTHER, MERGE = new_id(), new_id(), new_id()


def a_merged_record() -> Merge:
    merge = Merge(id=new_id())
    merge.merge(OLDER, merge_id=MERGE, by="staff-7", at=NINE)
    return merge


def test_a_merge_says_which_record_survives() -> None:
    merge = a_merged_record()
    said = facts.PeopleMerged(person_id=OLDER, merged_person_id=merge.id, merge_id=MERGE, at=NINE)
    assert merge.take_facts() == (said,)


def test_the_same_merge_again_says_nothing() -> None:
    merge = a_merged_record()
    merge.take_facts()
    merge.merge(OLDER, merge_id=new_id(), by="staff-8", at=NINE)
    assert merge.take_facts() == ()


def test_a_record_cannot_be_merged_into_two_others() -> None:
    with pytest.raises(refusals.AlreadyMerged):
        a_merged_record().merge(OTHER, merge_id=new_id(), by="staff-8", at=NINE)


def test_an_undone_merge_is_said_once_and_remembered() -> None:
    merge = a_merged_record()
    merge.take_facts()
    merge.undo(merge_id=MERGE, by="staff-8", at=NINE + timedelta(days=1))
    merge.undo(merge_id=MERGE, by="staff-9", at=NINE + timedelta(days=2))
    later = NINE + timedelta(days=1)
    assert merge.take_facts() == (
        facts.PeopleUnmerged(person_id=OLDER, merged_person_id=merge.id, merge_id=MERGE, at=later),
    )
    assert [(each.by, each.undone_by, each.undone_at) for each in merge.joinings] == [("staff-7", "staff-8", later)]


def test_after_that_it_can_be_merged_into_another() -> None:
    merge = a_merged_record()
    merge.undo(merge_id=MERGE, by="staff-8", at=NINE)
    merge.merge(OTHER, merge_id=new_id(), by="staff-8", at=NINE)
    assert merge.now is not None
    assert merge.now.survivor_id == OTHER
