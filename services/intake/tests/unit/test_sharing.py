"""The UK GDPR basis is recorded apart from the duty of confidence, and what was recorded before is kept."""

from datetime import timedelta

import pytest

from intake.domain.codes import LawfulBasis, SharingBasis
from intake.domain.sharing import LAWFUL, Preference

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
    person.allow("slam", SharingBasis.VITAL_INTEREST, at=NINE + timedelta(hours=2), recipients=RECIPIENTS)
    assert [(each.organisation_id, each.basis) for each in person.earlier_sharing] == [
        ("slam", SharingBasis.DIRECT_CARE_IMPLIED),
        ("slam", SharingBasis.OBJECTION),
    ]
