"""The agreement of the virtual organisation: who belongs to it, who hears whom, on what terms."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from alliance.contracts.codes import Audience, SharingBasis

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
EventName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*\.v[1-9][0-9]*$")]
"""The type without its publisher: `introduction-accepted.v1`."""


class Clause(BaseModel):
    """Any part of the agreement: an unknown word in it is an error, not a comment."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Member(Clause):
    """An organisation. A suspended one hears nothing until it is back, and is then replayed to."""

    name: str
    capacities: tuple[Literal["commissioner", "provider"], ...] = Field(min_length=1)
    suspended: bool = False


class OwnedService(Clause):
    """A service, the member that runs it, and the settings it gets as environment variables."""

    owner: Name
    port: int | None = Field(default=None, ge=1, le=65535)
    title: str = Field(default="", description="what staff call it; by default its name")
    url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/\s]+$",
        description="where browsers find it, one host name for each service; by default http://<service>.localhost:<port>",
    )
    connections: int = Field(default=20, ge=1)
    channels: int = Field(default=200, ge=1)
    settings: dict[str, Any] = {}


class HearingGrant(Clause):
    """The listener may hear these events of the publisher, for the reason given."""

    listener: Name
    publisher: Name
    events: tuple[EventName, ...] = Field(min_length=1)
    why: str

    def types(self) -> tuple[str, ...]:
        return tuple(f"{self.publisher}.{event}" for event in self.events)


class PersonalGrant(Clause):
    """The recipient may be sent these personal events, when the person's sharing preferences allow it."""

    recipient: Name
    publisher: Name
    events: tuple[EventName, ...] = Field(min_length=1)
    basis: SharingBasis
    why: str

    def types(self) -> tuple[str, ...]:
        return tuple(f"{self.publisher}.{event}" for event in self.events)


class RoleGrant(Clause):
    """People of this member, as their own issuer vouches for them, may act in these roles at this service."""

    service: Name
    member: Name
    roles: tuple[Name, ...] = Field(min_length=1)
    why: str


class LogGrant(Clause):
    """The reader may read everything that the publisher's log holds: all its open events."""

    reader: Name
    publisher: Name
    why: str


class WaitTarget(Clause):
    clock: Name
    hours: float = Field(gt=0)
    source: str


class EscalationStep(Clause):
    """When an alert is not acknowledged `after_seconds` after it was raised, this audience is told as well."""

    audience: Audience
    after_seconds: float = Field(ge=0)


class Contribution(Clause):
    member: Name
    annual_pence: int = Field(gt=0)


class FunderShare(Clause):
    member: Name
    percent: int = Field(gt=0, le=100)


class Budget(Clause):
    """What commissioners put in, who bears what of each cost, and who shares gain and pain how."""

    year_starts_on: date
    contributions: tuple[Contribution, ...] = ()
    funder_shares: tuple[FunderShare, ...] = ()
    funder_shares_section_117: tuple[FunderShare, ...] = Field(
        default=(), description="of aftercare under section 117 of the Mental Health Act 1983"
    )
    gain_shares: tuple[FunderShare, ...] = ()
    saving_target_percent: float | None = None


class Retention(Clause):
    """How long what is kept, and why."""

    what: str
    days: int = Field(gt=0)
    why: str


class Broker(Clause):
    """Limits of the broker. Sizes cap only what one service writes alone."""

    operators: tuple[str, ...] = ()
    log_days: int = Field(default=400, gt=0)
    log_segment_bytes: int = Field(default=20_000_000, gt=0)
    retry_bytes: int = Field(default=200_000_000, gt=0)
    quarantine_bytes: int = Field(default=200_000_000, gt=0)


class Agreement(Clause):
    """The whole of it, as `deploy/agreement.toml` says it."""

    name: str
    members: dict[Name, Member]
    services: dict[Name, OwnedService]
    hears: tuple[HearingGrant, ...] = ()
    personal: tuple[PersonalGrant, ...] = ()
    logs: tuple[LogGrant, ...] = ()
    roles: tuple[RoleGrant, ...] = ()
    waits: tuple[WaitTarget, ...] = ()
    escalation: tuple[EscalationStep, ...] = ()
    budget: Budget | None = None
    retention: tuple[Retention, ...] = ()
    broker: Broker = Broker()

    def may_hear(self, listener: str) -> frozenset[str]:
        """The types that this service may hear, personal ones not among them."""
        return frozenset(kind for grant in self.hears if grant.listener == listener for kind in grant.types())

    def may_receive(self, recipient: str) -> frozenset[str]:
        """The personal types that may be sent to this service."""
        return frozenset(kind for grant in self.personal if grant.recipient == recipient for kind in grant.types())

    def roles_at(self, service: str) -> dict[str, tuple[str, ...]]:
        """Which roles people of which member may hold there. Those of a suspended member work only at its own."""
        own = self.services[service].owner
        found: dict[str, set[str]] = {}
        for grant in self.roles:
            if grant.service == service and (grant.member == own or not self._suspended(grant.member)):
                found.setdefault(grant.member, set()).update(grant.roles)
        return {member: tuple(sorted(roles)) for member, roles in sorted(found.items())}

    def may_read_log_of(self, reader: str) -> tuple[str, ...]:
        return tuple(sorted({grant.publisher for grant in self.logs if grant.reader == reader}))

    def is_suspended(self, service: str) -> bool:
        return self._suspended(self.services[service].owner)

    def _suspended(self, name: str) -> bool:
        member = self.members.get(name)
        return member is not None and member.suspended
