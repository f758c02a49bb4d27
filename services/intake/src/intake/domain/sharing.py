"""What is recorded of a person's wish about one organisation: whether it may hold the details, and on which bases."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from intake.domain import refusals
from intake.domain.codes import LawfulBasis, SharingBasis

LAWFUL = {
    SharingBasis.DIRECT_CARE_IMPLIED: LawfulBasis.PUBLIC_TASK_AND_CARE,
    SharingBasis.EXPLICIT_AGREEMENT: LawfulBasis.PUBLIC_TASK_AND_CARE,
    SharingBasis.VITAL_INTEREST: LawfulBasis.VITAL_INTERESTS,
}
"""The UK GDPR basis: for direct care it is Article 6(1)(e) with 9(2)(h), not consent, whatever confidence rests on."""
SAID = ("organisation_id", "allowed", "basis", "changed_at")


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """Who wrote a preference down, for which organisation, and the information-sharing agreement of that day."""

    by: str
    organisation: str
    agreement: str | None = None


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
    by: str | None = None
    """Who recorded it; None where it was recorded before that was kept."""
    by_organisation: str | None = None
    agreement: str | None = None
    """The reference of the information-sharing agreement that it rests on; None where nothing is shared."""
    override_reason: str = ""
    """In words, of the override for somebody's life alone. It stays here."""

    @classmethod
    def noted(
        cls,
        organisation: str,
        *,
        allowed: bool,
        basis: SharingBasis,
        at: datetime,
        recorded: Recorded | None = None,
        reason: str = "",
    ) -> Self:
        """Raises `OverrideWithoutReason`: what outweighs the person's own wish is accounted for."""
        overrides = basis is SharingBasis.VITAL_INTEREST
        if overrides and not reason.strip():
            raise refusals.OverrideWithoutReason("Say in a few words whose life is at risk, and why it cannot wait.")
        return cls(
            organisation_id=organisation,
            allowed=allowed,
            basis=basis,
            changed_at=at,
            lawful_basis=LAWFUL.get(basis),
            by=recorded.by if recorded else None,
            by_organisation=recorded.organisation if recorded else None,
            agreement=recorded.agreement if recorded and allowed else None,
            override_reason=reason.strip() if overrides else "",
        )

    @property
    def said(self) -> dict[str, Any]:
        """What the event says of it; the rest stays on the record."""
        return {name: getattr(self, name) for name in SAID}

    def says_the_same_as(self, other: Self) -> bool:
        """Whoever says it, and whenever."""
        return replace(self, changed_at=other.changed_at, by=other.by, by_organisation=other.by_organisation) == other

    def without_words(self) -> Self:
        return replace(self, override_reason="")
