"""What an entry of the directory says about a service, in the shape of Open Referral UK (HSDS 3)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time

from triage.domain.codes import EntryStatus, HelpArea, Support, Weekday


@dataclass(frozen=True, kw_only=True)
class Phone:
    """`confidential`: for staff alone (openreferral/specification#194 asks for confidential contacts)."""

    number: str
    confidential: bool = False


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Open on these days from `opens_at` until `closes_at`, local time."""

    days: tuple[Weekday, ...]
    opens_at: time
    closes_at: time

    def hold(self, moment: datetime) -> bool:
        """Whether it is open at `moment`, which is in local time."""
        return list(Weekday)[moment.weekday()] in self.days and self.opens_at <= moment.time() < self.closes_at


@dataclass(frozen=True, kw_only=True)
class Where:
    """Where people go; nothing for what comes to them, or is on the phone alone."""

    address: str
    postcode: str = ""
    confidential: bool = False


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """All that a provider may change. Eligibility, ages, fees and waits are information: they shut nobody out."""

    name: str
    kind: Support
    status: EntryStatus = EntryStatus.ACTIVE
    description: str = ""
    helps_with: tuple[HelpArea, ...] = ()
    alert: str = ""
    url: str = ""
    email: str = ""
    phones: tuple[Phone, ...] = ()
    confidential_contact: str = ""
    """Who it is that staff may ask, and how; never published."""
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    fees: str = ""
    wait_time: str = ""
    """What the provider says about it; what is measured stands beside it."""
    application_process: str = ""
    interpretation: str = ""
    accessibility: tuple[str, ...] = ()
    """Codes of what makes it easier for people, as for reasonable adjustments."""
    languages: tuple[str, ...] = ()
    """ISO 639 codes; English is understood."""
    hours: tuple[Hours, ...] = ()
    where: Where | None = None
    areas: tuple[str, ...] = ()
    """Names of places for whose people it is; empty for everybody's."""
    terms: tuple[str, ...] = ()
    """Codes of other vocabularies that harvesters know, beside our own kinds of support."""

    def open_at(self, moment: datetime) -> bool:
        return self.status is EntryStatus.ACTIVE and any(each.hold(moment) for each in self.hours)

    def public(self) -> Iterable[Phone]:
        return [each for each in self.phones if not each.confidential]

    def published(self) -> "Particulars":
        """Without what is confidential."""
        where = None if self.where and self.where.confidential else self.where
        return replace(self, phones=tuple(self.public()), where=where, confidential_contact="")
