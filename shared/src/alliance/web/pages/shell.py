"""What the frame of every page needs to know: this service, its neighbours, and the brand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment

from alliance.access import Caller, Grants
from alliance.access.roles import Role, granted


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A service of the alliance, as the header's menu knows it."""

    name: str
    title: str
    url: str
    organisation: str
    organisation_name: str
    grants: Grants = field(default_factory=dict)

    def open_to(self, caller: Caller) -> bool:
        return bool(granted(caller.roles, caller.organisation, self.grants))


@dataclass(frozen=True, kw_only=True)
class Item:
    """An entry of a menu."""

    text: str
    href: str
    action: str | None = None
    """Shown only to those who may do this."""


@dataclass(frozen=True, kw_only=True)
class Shell:
    environment: Environment
    service: Neighbour
    neighbours: Sequence[Neighbour] = ()
    menu: Sequence[Item] = ()
    """The service's own pages."""
    organisations: Mapping[str, str] = field(default_factory=dict)
    """Members by id: what they are called."""
    alliance: str = "Living Well"
    nhs_brand: bool = False
    """Only for NHS bodies: the letters and the lozenge are trade marks."""
    development: bool = False

    def services_for(self, caller: Caller | None) -> list[Neighbour]:
        """Those that the caller's roles open, this one among them."""
        return [each for each in self.neighbours if caller and each.open_to(caller)]

    def organisation_name(self, member: str) -> str:
        return self.organisations.get(member, member)

    def service_name(self, service: str) -> str:
        return next((each.title for each in self.neighbours if each.name == service), service)


def grants_from(table: Mapping[str, Sequence[str]]) -> Grants:
    return {member: frozenset(Role(role) for role in roles) for member, roles in table.items()}
