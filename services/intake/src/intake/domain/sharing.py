"""What is recorded of a person's wish about one organisation: whether it may hold the details, and on which bases."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from intake.domain.codes import LawfulBasis, SharingBasis

LAWFUL = {
    SharingBasis.DIRECT_CARE_IMPLIED: LawfulBasis.PUBLIC_TASK_AND_CARE,
    SharingBasis.EXPLICIT_AGREEMENT: LawfulBasis.PUBLIC_TASK_AND_CARE,
    SharingBasis.VITAL_INTEREST: LawfulBasis.VITAL_INTERESTS,
}
"""The UK GDPR basis: for direct care it is Article 6(1)(e) with 9(2)(h), not consent, whatever confidence rests on."""


@dataclass(frozen=True, kw_only=True)
class Preference:
    """Whether an organisation's services may hold the details, why, and since when."""

    organisation_id: str
    allowed: bool
    basis: SharingBasis
    """The duty of confidence."""
    changed_at: datetime
    lawful_basis: LawfulBasis | None = None
    """The UK GDPR basis, recorded apart; None where nothing is shared."""

    @classmethod
    def noted(cls, organisation: str, *, allowed: bool, basis: SharingBasis, at: datetime) -> Self:
        return cls(
            organisation_id=organisation, allowed=allowed, basis=basis, changed_at=at, lawful_basis=LAWFUL.get(basis)
        )

    @property
    def said(self) -> dict[str, Any]:
        """What the event says of it; the lawful basis stays on the record."""
        return {name: value for name, value in asdict(self).items() if name != "lawful_basis"}
