"""A person as the front door knows them, and which organisations may hold their details."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar, Self

from intake.domain import facts, refusals
from intake.domain.codes import NhsNumberStatus, NumberReason, SharingBasis
from intake.domain.details import Details, differences, united
from intake.domain.reachable import Reachable
from intake.domain.sharing import LAWFUL, Preference, Recorded
from intake.domain.ties import Tie
from intake.domain.traces import KINDS, traces_of

__all__ = ["Details", "Person", "Preference", "Recipients"]

MOST_NOTES = 49
"""Of earlier changes that are kept with a record; the audit trail has all of them."""
NEEDS_NUMBER = frozenset({NhsNumberStatus.VERIFIED, NhsNumberStatus.NOT_TRACED, NhsNumberStatus.NEEDS_RESOLVING})
NEEDS_NONE = frozenset({NhsNumberStatus.NOT_REQUIRED})

Recipients = Mapping[str, str]
"""Which services receive details, and the organisation that owns each: `{"triage": "slam"}`."""


def _trace(kind: str) -> property:
    return property(lambda person: traces_of(person.details).get(kind))


@dataclass(frozen=True, kw_only=True)
class NumberNote:
    """What tracing the NHS number came to, and why that was noted."""

    status: NhsNumberStatus
    reason: NumberReason
    by: str
    at: datetime


@dataclass(kw_only=True)
class Person(Reachable):
    """`consent_sequence` grows with every change, so that a holder can tell a newer snapshot from an older one."""

    indexed: ClassVar[tuple[str, ...]] = (*KINDS, "merged_into")

    consent_sequence: int = 0
    sharing: list[Preference] = field(default_factory=list)
    earlier_sharing: list[Preference] = field(default_factory=list)
    """What was recorded before, oldest first."""
    own: Details | None = None
    """What this record itself knew, while another one is merged into it."""
    merged_into: str | None = None
    number_notes: list[NumberNote] = field(default_factory=list)
    erased_at: datetime | None = None

    by_number = _trace("by_number")
    by_birth = _trace("by_birth")
    by_name_and_year = _trace("by_name_and_year")
    by_name_and_day = _trace("by_name_and_day")
    by_phone = _trace("by_phone")
    by_other_phone = _trace("by_other_phone")
    by_email = _trace("by_email")
    by_address = _trace("by_address")

    @classmethod
    def register(
        cls,
        *,
        id: str,  # noqa: A002 - the aggregate's own word
        details: Details,
        holders: Iterable[str] | None,
        at: datetime,
        recipients: Recipients,
        recorded: Recorded | None = None,
    ) -> Self:
        """Somebody new. `holders` are the organisations that may hold the details; None: all that receive any.

        The basis is implied agreement to direct care by the services the person is introduced to; an organisation
        that the person leaves out is recorded as an objection, and gets nothing. Only objections are said: whoever
        may hold the details gets them, and learns from that alone that they may.
        """
        person = cls(id=id, details=details, consent_sequence=1, registered_at=at)
        offered = set(recipients.values())
        chosen = offered if holders is None else set(holders)
        for organisation in sorted(offered | chosen):
            allowed = organisation in chosen
            basis = SharingBasis.DIRECT_CARE_IMPLIED if allowed else SharingBasis.OBJECTION
            wish = Preference.noted(organisation, allowed=allowed, basis=basis, at=at, recorded=recorded)
            person._note(wish)
            if not allowed:
                person._say_wish(wish)
        person._share(recipients)
        return person

    def may_hold(self, organisation: str) -> bool:
        """Whether this organisation's services may hold the details. Nothing recorded means no."""
        wished = any(wish.allowed for wish in self.sharing if wish.organisation_id == organisation)
        return wished and not self.held_back(organisation)

    def held_back(self, organisation: str) -> bool:
        """Whether it must not hold the details because of what the person said on a record that is tied to this one."""
        return any(organisation in tie.objections for tie in self.ties)

    @property
    def objections(self) -> tuple[str, ...]:
        """Organisations that must not hold the details."""
        return tuple(sorted(w.organisation_id for w in self.sharing if not self.may_hold(w.organisation_id)))

    def erase(self, *, at: datetime) -> None:
        """Destroy who this is: from now on the pseudonym leads to nobody. The consent sequence counts on."""
        if self.erased_at is None:
            self.details, self.own, self.erased_at = Details(), self.own and Details(), at
            self.ties = [tie.emptied() for tie in self.ties]
            self.sharing = [wish.without_words() for wish in self.sharing]
            self.earlier_sharing = [wish.without_words() for wish in self.earlier_sharing]
            self.consent_sequence += 1

    def _must_not_be_erased(self) -> None:
        if self.erased_at is not None:
            raise refusals.PersonIsErased("This person has been erased. Nothing is written down about them any more.")

    def change_details(self, details: Details, *, at: datetime, recipients: Recipients) -> None:
        """New details, as a whole; every holder gets them. Other ways to reach somebody are confirmed ones."""
        self._must_be_current()
        if details == self.details:
            return
        if details.contact_points != self.details.contact_points:
            self.contact_confirmed_at = at
        if self.own is not None:
            self.own = replace(self.own, **differences(self.details, details))
        self.details = details
        self.consent_sequence += 1
        self._share(recipients)

    def confirm_contact(self, *, at: datetime, recipients: Recipients) -> None:
        """How to reach the person is right still; holders learn since when that is known, once a day."""
        self._must_be_current()
        before, self.contact_confirmed_at = self.contact_confirmed_on, at
        if self.contact_confirmed_on != before:
            self.consent_sequence += 1
            self._share(recipients)

    def _must_be_current(self) -> None:
        if self.merged_into is not None:
            raise refusals.AlreadyMerged("This record is part of another one now. Change that one.")
        self._must_not_be_erased()

    def note_number_status(
        self, status: NhsNumberStatus, reason: NumberReason, *, by: str, at: datetime, recipients: Recipients
    ) -> None:
        """What tracing the NHS number came to. Raises `StatusDoesNotFit` where a number is missing, or is there."""
        if status in (NEEDS_NUMBER if self.details.nhs_number is None else NEEDS_NONE):
            raise refusals.StatusDoesNotFit("This status does not fit: look whether there is an NHS number.")
        if status is self.details.nhs_number_status:
            return
        noted = NumberNote(status=status, reason=reason, by=by, at=at)
        self.change_details(replace(self.details, nhs_number_status=status), at=at, recipients=recipients)
        self.number_notes = [*self.number_notes[-MOST_NOTES:], noted]

    def absorb(
        self,
        merge_id: str,
        other: Details,
        *,
        of: str,
        objections: tuple[str, ...],
        at: datetime,
        recipients: Recipients,
        known_at: datetime | None = None,
    ) -> None:
        """The record `of` is of the same person: its details fill what is not known here, and its objections hold."""
        tie = Tie(merge_id=merge_id, person_id=of, details=other, objections=objections, contact_known_at=known_at)
        self.own = self.own or self.details
        self._tie(tie, at=at, recipients=recipients)

    def follow_into(
        self, merge_id: str, survivor_id: str, *, objections: tuple[str, ...], at: datetime, recipients: Recipients
    ) -> None:
        """This record is now part of an older one. It stays as it was, for the day on which that is undone."""
        self.merged_into = survivor_id
        tie = Tie(merge_id=merge_id, person_id=survivor_id, objections=objections)
        self._tie(tie, at=at, recipients=recipients)

    def split_off(self, merge_id: str, *, at: datetime, recipients: Recipients) -> None:
        """The merge was wrong: this record is again what it was of itself, and what changed since."""
        if all(tie.merge_id != merge_id for tie in self.ties):
            return
        before, allowed = self.details, self._allowed()
        self.ties = [tie for tie in self.ties if tie.merge_id != merge_id]
        if all(tie.details is not None for tie in self.ties):
            self.merged_into = None
        self._settle(before, allowed, at=at, recipients=recipients)

    def follow_objection(
        self, of: str, organisation: str, *, allowed: bool, at: datetime, recipients: Recipients
    ) -> None:
        """The person has said something on the record `of` that this one is part of: it holds here as well."""
        before = self._allowed()
        self.ties = [tie.with_objection(organisation, not allowed) if tie.person_id == of else tie for tie in self.ties]
        self._settle(self.details, before, at=at, recipients=recipients)

    def allow(
        self,
        organisation: str,
        basis: SharingBasis,
        *,
        at: datetime,
        recipients: Recipients,
        recorded: Recorded | None = None,
        reason: str = "",
    ) -> None:
        """The organisation's services may hold the details from now on; `reason` is needed for a vital interest."""
        self._must_not_be_erased()
        if basis is SharingBasis.OBJECTION:
            raise refusals.BasisDoesNotAllow("An objection is no basis for sharing.")
        noted = Preference.noted(organisation, allowed=True, basis=basis, at=at, recorded=recorded, reason=reason)
        self._decide(noted, recipients=recipients)

    def stop(
        self, organisation: str, *, at: datetime, recipients: Recipients, recorded: Recorded | None = None
    ) -> None:
        """The organisation's services must drop the details and get nothing more."""
        basis = SharingBasis.OBJECTION
        noted = Preference.noted(organisation, allowed=False, basis=basis, at=at, recorded=recorded)
        self._decide(noted, recipients=recipients)

    def _decide(self, wish: Preference, *, recipients: Recipients) -> None:
        organisation = wish.organisation_id
        same = any(wish.says_the_same_as(each) for each in self.sharing)
        if same and not (wish.allowed and self.held_back(organisation)):
            return
        if wish.allowed:
            self.ties = [tie.with_objection(organisation, False) for tie in self.ties]
        self.consent_sequence += 1
        self._note(wish)
        self._say_wish(wish)
        self._share(recipients)

    def _note(self, wish: Preference) -> None:
        before = [other for other in self.sharing if other.organisation_id == wish.organisation_id]
        self.earlier_sharing = [*self.earlier_sharing, *before][-MOST_NOTES:]
        self.sharing = [other for other in self.sharing if other.organisation_id != wish.organisation_id] + [wish]

    def _say_wish(self, wish: Preference) -> None:
        self.record(facts.SharingChanged(person_id=self.id, consent_sequence=self.consent_sequence, **wish.said))

    def _tie(self, tie: Tie, *, at: datetime, recipients: Recipients) -> None:
        if any(each.merge_id == tie.merge_id for each in self.ties):
            return
        before, allowed = self.details, self._allowed()
        self.ties.append(tie if self.erased_at is None else tie.emptied())
        self._settle(before, allowed, at=at, recipients=recipients)

    def _allowed(self) -> set[str]:
        return {wish.organisation_id for wish in self.sharing if self.may_hold(wish.organisation_id)}

    def _settle(self, before: Details, allowed: set[str], *, at: datetime, recipients: Recipients) -> None:
        """Work out anew what the ties make of this record, and tell those whom it concerns."""
        added = [tie.details for tie in self.ties if tie.details is not None]
        if self.own is not None:
            self.details = united(self.own, *added)
            self.own = self.own if added else None
        now = self._allowed()
        if now == allowed and self.details == before:
            return
        self.consent_sequence += 1
        for wish in self.sharing:
            if (wish.organisation_id in now) is not (wish.organisation_id in allowed):
                self._say(wish, allowed=wish.organisation_id in now, at=at)
        self._share(recipients)

    def _say(self, wish: Preference, *, allowed: bool, at: datetime) -> None:
        basis = wish.basis if allowed else SharingBasis.OBJECTION
        self._say_wish(replace(wish, allowed=allowed, basis=basis, changed_at=at, lawful_basis=LAWFUL.get(basis)))

    def share_again(self, service: str, *, recipients: Recipients) -> None:
        """The details once more to one service, as they are: whoever holds them already ignores that."""
        if self.merged_into is None:
            self._share({service: recipients[service]})

    def _share(self, recipients: Recipients) -> None:
        if self.erased_at is not None:
            return
        details = {name: getattr(self.details, name) for name in self.details.__dataclass_fields__}
        details["contact_confirmed_on"] = self.contact_confirmed_on
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
