"""The UK GDPR basis is recorded apart from the duty of confidence, and what was recorded before is kept."""

from datetime import timedelta

import pytest

from alliance.store.document import Shape
from intake.domain.codes import LawfulBasis, SharingBasis
from intake.domain.person import Person
from intake.domain.refusals import OverrideWithoutReason
from intake.domain.sharing import LAWFUL, Preference, Recorded

from ..builders import NINE, RECIPIENTS, a_person


@pytest.mark.parametrize("basis", SharingBasis)
def test_whatever_is_shared_has_a_lawful_basis_and_an_objection_has_none(basis: SharingBasis) -> None:
    assert (basis in LAWFUL) is (basis is not SharingBasis.OBJECTION)


def test_agreement_is_about_confidence_and_never_the_lawful_basis() -> None:
    wish = Preference.noted("slam", allowed=True, basis=SharingBasis.EXPLICIT_AGREEMENT, at=NINE)
    assert wish.lawful_basis is LawfulBasis.PUBLIC_TASK_AND_CARE
    assert "lawful_basis" not in wish.said


def test_what_was_recorded_before_is_kept_in_order() -> None:
    person = a_person()
    person.stop("slam", at=NINE + timedelta(hours=1), recipients=RECIPIENTS)
    person.allow(
        "slam",
        SharingBasis.VITAL_INTEREST,
        at=NINE + timedelta(hours=2),
        recipients=RECIPIENTS,
        reason="made-up danger",
    )
    assert [(each.organisation_id, each.basis) for each in person.earlier_sharing] == [
        ("slam", SharingBasis.DIRECT_CARE_IMPLIED),
        ("slam", SharingBasis.OBJECTION),
    ]


BY = Recorded(by="staff-1", organisation="certitude", agreement="ISA-EXAMPLE-1")


def test_who_recorded_it_and_the_agreement_of_that_day_stay_with_a_preference() -> None:
    person = a_person()
    person.allow("slam", SharingBasis.EXPLICIT_AGREEMENT, at=NINE, recipients=RECIPIENTS, recorded=BY)
    later = Recorded(by="staff-2", organisation="slam", agreement="ISA-EXAMPLE-2")
    person.allow("slam", SharingBasis.EXPLICIT_AGREEMENT, at=NINE, recipients=RECIPIENTS, recorded=later)
    before, now = person.earlier_sharing[-1], person.sharing[-1]
    assert (before.by, before.by_organisation, before.agreement) == ("staff-1", "certitude", "ISA-EXAMPLE-1")
    assert (now.by, now.by_organisation, now.agreement) == ("staff-2", "slam", "ISA-EXAMPLE-2")


def test_the_same_wish_under_the_same_agreement_is_noted_once() -> None:
    person = a_person()
    for by in ("staff-1", "staff-2"):
        recorded = Recorded(by=by, organisation="certitude", agreement="ISA-EXAMPLE-1")
        person.allow("slam", SharingBasis.EXPLICIT_AGREEMENT, at=NINE, recipients=RECIPIENTS, recorded=recorded)
    assert person.sharing[-1].by == "staff-1"


def test_an_objection_rests_on_no_agreement() -> None:
    person = a_person()
    person.stop("slam", at=NINE, recipients=RECIPIENTS, recorded=BY)
    assert (person.sharing[-1].by, person.sharing[-1].agreement) == ("staff-1", None)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_nobody_overrides_a_wish_without_saying_why(reason: str) -> None:
    person = a_person()
    with pytest.raises(OverrideWithoutReason):
        person.allow("slam", SharingBasis.VITAL_INTEREST, at=NINE, recipients=RECIPIENTS, reason=reason)


def test_the_reason_is_in_no_fact_and_goes_when_the_person_is_erased() -> None:
    person = a_person()
    person.stop("slam", at=NINE, recipients=RECIPIENTS)
    for reason in ("MARKED-1", "MARKED-2"):
        person.allow("slam", SharingBasis.VITAL_INTEREST, at=NINE, recipients=RECIPIENTS, recorded=BY, reason=reason)
    assert person.sharing[-1].override_reason == "MARKED-2"
    assert "MARKED" not in repr(person.take_facts())
    person.erase(at=NINE)
    assert "MARKED" not in repr(person)


def test_only_an_override_keeps_a_reason() -> None:
    wish = Preference.noted("slam", allowed=True, basis=SharingBasis.EXPLICIT_AGREEMENT, at=NINE, reason="made-up")
    assert wish.override_reason == ""


def test_a_preference_recorded_before_its_author_was_kept_can_be_read() -> None:
    person = a_person()
    person.stop("slam", at=NINE, recipients=RECIPIENTS)
    shape = Shape(Person)
    stored = shape.state(person)
    for wish in (*stored["sharing"], *stored["earlier_sharing"]):
        for new in ("by", "by_organisation", "agreement", "override_reason"):
            del wish[new]
    read = shape.aggregate({"state": stored})
    assert [each.by for each in read.sharing] == [None, None, None]
    assert read.sharing == person.sharing
