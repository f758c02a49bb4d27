"""A person as the front door knows them, and which organisations may hold their details."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Self

from alliance.kernel import Aggregate
from intake.domain import facts, refusals
from intake.domain.codes import NhsNumberStatus, SharingBasis
from intake.domain.facts import ContactPoint
from intake.domain.nhs_number import is_nhs_number

Recipients = Mapping[str, str]
"""Which services receive details, and the organisation that owns each: `{"triage": "slam"}`."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """Who somebody is and how to reach them safely; nearly everything is optional."""

    full_name: str | None = None
    call_me: str | None = None
    date_of_birth: date | None = None
    nhs_number: str | None = None
    nhs_number_status: NhsNumberStatus | None = None
    contact_points: tuple[ContactPoint, ...] = ()
    interpreter_language: str | None = None
    adjustments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.nhs_number is not None and not is_nhs_number(self.nhs_number):
            raise refusals.NhsNumberWrong("The check digit of the NHS number does not fit.")


@dataclass(frozen=True, kw_only=True)
class Preference:
    """Whether an organisation's services may hold the details, why, and since when."""

    organisation_id: str
    allowed: bool
    basis: SharingBasis
    changed_at: datetime


@dataclass(kw_only=True)
class Person(Aggregate):
    """`consent_sequence` grows with every change, so that a holder can tell a newer snapshot from an older one."""

    details: Details
    consent_sequence: int = 0
    sharing: list[Preference] = field(default_factory=list)

    @classmethod
    def register(
        cls,
        *,
        id: str,  # noqa: A002 - the aggregate's own word
        details: Details,
        holders: Iterable[str] | None,
        at: datetime,
        recipients: Recipients,
    ) -> Self:
        """Somebody new. `holders` are the organisations that may hold the details; None: all that receive any.

        The basis is implied agreement to direct care by the services the person is introduced to; an organisation
        that the person leaves out is recorded as an objection, and gets nothing.
        """
        person = cls(id=id, details=details, consent_sequence=1)
        offered = set(recipients.values())
        chosen = offered if holders is None else set(holders)
        for organisation in sorted(offered | chosen):
            allowed = organisation in chosen
            basis = SharingBasis.DIRECT_CARE_IMPLIED if allowed else SharingBasis.OBJECTION
            person._prefer(Preference(organisation_id=organisation, allowed=allowed, basis=basis, changed_at=at))
        person._share(recipients)
        return person

    def may_hold(self, organisation: str) -> bool:
        """Whether this organisation's services may hold the details. Nothing recorded means no."""
        return any(wish.allowed for wish in self.sharing if wish.organisation_id == organisation)

    def change_details(self, details: Details, *, recipients: Recipients) -> None:
        """New details, as a whole; every holder gets them."""
        if details == self.details:
            return
        self.details = details
        self.consent_sequence += 1
        self._share(recipients)

    def allow(self, organisation: str, basis: SharingBasis, *, at: datetime, recipients: Recipients) -> None:
        """The organisation's services may hold the details from now on."""
        if basis is SharingBasis.OBJECTION:
            raise refusals.BasisDoesNotAllow("An objection is no basis for sharing.")
        self._decide(organisation, allowed=True, basis=basis, at=at, recipients=recipients)

    def stop(self, organisation: str, *, at: datetime, recipients: Recipients) -> None:
        """The organisation's services must drop the details and get nothing more."""
        self._decide(organisation, allowed=False, basis=SharingBasis.OBJECTION, at=at, recipients=recipients)

    def _decide(
        self, organisation: str, *, allowed: bool, basis: SharingBasis, at: datetime, recipients: Recipients
    ) -> None:
        if any((w.organisation_id, w.allowed, w.basis) == (organisation, allowed, basis) for w in self.sharing):
            return
        self.consent_sequence += 1
        self._prefer(Preference(organisation_id=organisation, allowed=allowed, basis=basis, changed_at=at))
        self._share(recipients)

    def _prefer(self, wish: Preference) -> None:
        self.sharing = [other for other in self.sharing if other.organisation_id != wish.organisation_id] + [wish]
        self.record(facts.SharingChanged(person_id=self.id, consent_sequence=self.consent_sequence, **asdict(wish)))

    def _share(self, recipients: Recipients) -> None:
        details = {name: getattr(self.details, name) for name in self.details.__dataclass_fields__}
        for service, organisation in sorted(recipients.items()):
            if self.may_hold(organisation):
                self.record(
                    facts.PersonShared(
                        recipient=service,
                        person_id=self.id,
                        organisation_id=organisation,
                        consent_sequence=self.consent_sequence,
                        **details,
                    )
                )
