"""What we may know about a person: their own snapshot, kept only as long as they allow it."""

from dataclasses import dataclass, field
from datetime import date

from alliance.kernel import Aggregate


@dataclass(frozen=True, kw_only=True)
class ContactPoint:
    kind: str
    value: str
    safe: bool
    voicemail_ok: bool


@dataclass(frozen=True, kw_only=True)
class Details:
    full_name: str | None = None
    call_me: str | None = None
    date_of_birth: date | None = None
    contact_points: tuple[ContactPoint, ...] = ()
    interpreter_language: str | None = None
    adjustments: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Person(Aggregate):
    """`consent_sequence` is a high-water mark: whatever was sent before it, however late it comes, is dropped."""

    consent_sequence: int = 0
    allowed: bool = True
    details: Details | None = field(default=None, repr=False)

    def keep(self, details: Details, *, consent_sequence: int) -> None:
        if consent_sequence < self.consent_sequence or (consent_sequence == self.consent_sequence and not self.allowed):
            return
        self.consent_sequence, self.allowed, self.details = consent_sequence, True, details

    def change_sharing(self, *, allowed: bool, consent_sequence: int) -> None:
        if consent_sequence < self.consent_sequence:
            return
        self.consent_sequence, self.allowed = consent_sequence, allowed
        if not allowed:
            self.details = None
