"""Who may hold a person's details, and what they are told."""

from datetime import timedelta

import pytest

from alliance.kernel import Fact
from intake.domain import refusals
from intake.domain.codes import SharingBasis
from intake.domain.facts import PersonShared, SharingChanged
from intake.domain.person import Details, Person

from ..builders import NINE, RECIPIENTS, a_person, some_details

LATER = NINE + timedelta(hours=1)


def shared(facts: tuple[Fact, ...]) -> dict[str, int]:
    return {fact.recipient: fact.consent_sequence for fact in facts if isinstance(fact, PersonShared)}


def test_details_go_to_every_recipient_unless_the_person_says_otherwise() -> None:
    assert shared(a_person().take_facts()) == {"triage": 1, "housing": 1, "notify": 1}


def test_an_organisation_left_out_is_an_objection_and_gets_nothing() -> None:
    person = a_person(holders=["slam"])
    facts = person.take_facts()
    assert shared(facts) == {"triage": 1}
    said = {fact.organisation_id: (fact.allowed, fact.basis) for fact in facts if isinstance(fact, SharingChanged)}
    objection = (False, SharingBasis.OBJECTION)
    assert said == {"thames-reach": objection, "mosaic-clubhouse": objection}
    noted = {wish.organisation_id: wish.basis for wish in person.sharing}
    assert noted == {
        "slam": SharingBasis.DIRECT_CARE_IMPLIED,
        "thames-reach": SharingBasis.OBJECTION,
        "mosaic-clubhouse": SharingBasis.OBJECTION,
    }


def test_that_everybody_may_hold_the_details_of_somebody_new_is_no_change_to_tell() -> None:
    assert not [fact for fact in a_person().take_facts() if isinstance(fact, SharingChanged)]


def test_stopping_an_organisation_says_so_and_the_others_get_a_newer_snapshot() -> None:
    person = a_person()
    person.take_facts()
    person.stop("slam", at=LATER, recipients=RECIPIENTS)
    facts = person.take_facts()
    (change,) = [fact for fact in facts if isinstance(fact, SharingChanged)]
    assert (change.organisation_id, change.allowed, change.consent_sequence) == ("slam", False, 2)
    assert shared(facts) == {"housing": 2, "notify": 2}


def test_every_change_has_a_higher_consent_sequence() -> None:
    person = a_person()
    person.stop("slam", at=LATER, recipients=RECIPIENTS)
    person.change_details(some_details("Testa Changed-Name"), at=NINE, recipients=RECIPIENTS)
    person.allow("slam", SharingBasis.EXPLICIT_AGREEMENT, at=LATER, recipients=RECIPIENTS)
    assert person.consent_sequence == 4
    assert shared(person.take_facts()) == {"triage": 4, "housing": 4, "notify": 4}


def repeat_the_details(person: Person) -> None:
    person.change_details(some_details(), at=NINE, recipients=RECIPIENTS)


def repeat_the_preference(person: Person) -> None:
    person.allow("slam", SharingBasis.DIRECT_CARE_IMPLIED, at=LATER, recipients=RECIPIENTS)


@pytest.mark.parametrize("verb", [repeat_the_details, repeat_the_preference])
def test_what_changes_nothing_is_silent(verb: object) -> None:
    person = a_person()
    person.take_facts()
    assert callable(verb)
    verb(person)
    assert person.take_facts() == ()
    assert person.consent_sequence == 1


def test_an_objection_is_no_basis_for_sharing() -> None:
    with pytest.raises(refusals.BasisDoesNotAllow):
        a_person().allow("slam", SharingBasis.OBJECTION, at=LATER, recipients=RECIPIENTS)


def test_a_wrong_nhs_number_is_refused() -> None:
    with pytest.raises(refusals.NhsNumberWrong):
        Details(nhs_number="9990548600")
