"""Triage's copy of a person's details, kept only as long as the person allows our organisation to."""

from dataclasses import dataclass
from datetime import date

from alliance.kernel import Aggregate


@dataclass(frozen=True, kw_only=True)
class ContactPoint:
    kind: str
    value: str
    safe: bool
    voicemail_ok: bool = False


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Who somebody is and how to reach them safely, as the front door last told it."""

    full_name: str | None = None
    call_me: str | None = None
    date_of_birth: date | None = None
    nhs_number: str | None = None
    nhs_number_status: str | None = None
    contact_points: tuple[ContactPoint, ...] = ()
    interpreter_language: str | None = None
    adjustments: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Details(Aggregate):
    """One for each person, by the person's id. `mark` outlives the copy: what is older never comes back."""

    mark: int = 0
    snapshot: Snapshot | None = None

    def keep(self, snapshot: Snapshot, *, consent_sequence: int) -> None:
        """Hold this snapshot, unless something newer is known."""
        if consent_sequence > self.mark:
            self.mark, self.snapshot = consent_sequence, snapshot

    def drop(self, *, consent_sequence: int) -> None:
        """Hold nothing, unless something newer allows it again."""
        if consent_sequence > self.mark:
            self.mark, self.snapshot = consent_sequence, None
