"""What a person says for equality monitoring: apart from their record, and shown to nobody who decides about them."""

from dataclasses import dataclass, field
from datetime import datetime

from alliance.kernel import Aggregate
from intake.domain import facts
from intake.domain.equality_codes import (
    AgeBand,
    Disability,
    EthnicCategory,
    GenderIdentity,
    Religion,
    SameAsAtBirth,
    SexualOrientation,
)


@dataclass(frozen=True, kw_only=True)
class EqualityAnswers:
    """Whatever was not asked or left out is not known; who declined to say has said so."""

    ethnicity: EthnicCategory = EthnicCategory.NOT_KNOWN
    age_band: AgeBand = AgeBand.NOT_KNOWN
    gender: GenderIdentity = GenderIdentity.NOT_KNOWN
    same_as_at_birth: SameAsAtBirth = SameAsAtBirth.NOT_KNOWN
    orientation: SexualOrientation = SexualOrientation.NOT_KNOWN
    religion: Religion = Religion.NOT_KNOWN
    disability: Disability = Disability.NOT_KNOWN


@dataclass(kw_only=True)
class Equality(Aggregate):
    """Its id is that of the person. Reporting is told, and nobody else but the person who asks what is held."""

    answers: EqualityAnswers = field(default_factory=EqualityAnswers)
    answer_sequence: int = 0
    recorded_at: datetime | None = None

    def answer(self, answers: EqualityAnswers, *, at: datetime) -> None:
        """The answers as a whole; nothing at all answered changes nothing."""
        if answers in (self.answers, EqualityAnswers()):
            return
        self.answers, self.recorded_at = answers, at
        self.answer_sequence += 1
        self.record(
            facts.EqualityRecorded(
                person_id=self.id,
                ethnicity=answers.ethnicity,
                age_band=answers.age_band,
                gender=answers.gender,
                same_as_at_birth=answers.same_as_at_birth,
                orientation=answers.orientation,
                religion=answers.religion,
                disability=answers.disability,
                answer_sequence=self.answer_sequence,
                recorded_on=at.date(),
            )
        )

    def forget(self) -> None:
        """The person has been erased: nothing that they answered is left here."""
        self.answers, self.recorded_at = EqualityAnswers(), None
