"""The latest equality answer of each person, whatever the order in which reporting hears them."""

from datetime import date
from itertools import permutations

from alliance.contracts import intake
from alliance.contracts.equality_codes import AgeBand, EthnicCategory, GenderIdentity, Religion, SameAsAtBirth
from alliance.kernel import FixedClock, new_id
from alliance.messaging import apply_in_memory
from alliance.service.knowing import known_by
from alliance.store import Documents, MemoryDatabase
from reporting.domain.equality import Equality
from reporting.events.hears import hears

from ..builders import said

PERSON = new_id()


def answered(sequence: int, ethnicity: EthnicCategory) -> intake.EqualityRecorded:
    return intake.EqualityRecorded(
        person_id=PERSON,
        ethnicity=ethnicity,
        age_band=AgeBand.FROM_35,
        gender=GenderIdentity.FEMALE,
        same_as_at_birth=SameAsAtBirth.NOT_STATED,
        answer_sequence=sequence,
        recorded_on=date(2026, 11, 2),
        religion=Religion.NONE,
    )


async def test_the_latest_answer_counts_in_any_order(clock: FixedClock) -> None:
    answers = [
        said(answered(1, EthnicCategory.NOT_KNOWN)),
        said(answered(2, EthnicCategory.NOT_STATED)),
        said(answered(3, EthnicCategory.BLACK_AFRICAN)),
    ]
    for order in permutations(answers):
        database = MemoryDatabase(clock)
        equalities = Documents(database, "equalities", Equality, service="reporting", clock=clock)
        known = known_by("reporting", database=database, clock=clock, organisation="nhs-south-east-london")
        given = {"equalities": equalities, "sheets": None, "folding": None, "known": known, "courses": None}
        applied = await apply_in_memory(hears, given, [*order, order[0]], organisation="nhs-south-east-london")
        assert not applied.quarantined
        kept = await equalities.get(PERSON)
        assert (kept.ethnicity, kept.religion, kept.disability, kept.answer_sequence) == ("N", "L", "9", 3)
