"""What an issuer's claims say about somebody: dotted paths into them, the issuer's codes, and whom it may vouch for."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from alliance.access.caller import SUBJECT, Caller

if TYPE_CHECKING:
    from alliance.access.issuers import Issuer

Claims = Mapping[str, Any]

LONGEST_NAME = 100
MOST_ROLES = 100


class TokenRefused(Exception):
    """The token proves nothing. The message is one code word (`expired`, `audience`, …) that may be logged."""


class Chosen(BaseModel):
    """Of a list of entries only the one that the person chose when signing in counts (NHS CIS2: `selected_roleid`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    among: str = Field(description="the list of entries: nhsid_nrbac_roles")
    by: str = Field(description="the field of an entry: person_roleid")
    equals: str = Field(description="the claim that names the chosen entry: selected_roleid")


class ClaimNames(BaseModel):
    """Where the issuer says what; a path goes through objects by dots and through every entry of a list."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    source: Literal["id_token", "userinfo"] = Field(default="id_token", alias="from")
    subject: str = "sub"
    organisation: str = "organisation"
    """Empty: whoever signs in here is of the one organisation that the issuer vouches for."""
    roles: str = "roles"
    name: str = "name"
    chosen: Chosen | None = None


def caller_from(issuer: "Issuer", claims: Claims, *, subject: str | None = None) -> Caller:
    """Whom the claims name, in the alliance's words. `subject`: from the ID token, where the rest is from userinfo.

    Raises `TokenRefused`: `subject`, `organisation`, `roles`, or `not-vouched-for` for somebody of an organisation
    that the issuer has no say in.
    """
    names = issuer.claims
    found = _only_chosen(names.chosen, claims) if names.chosen else claims
    identity = subject if subject is not None and names.subject == "sub" else _one(found, names.subject)
    return Caller(
        subject=_subject(issuer, identity),
        organisation=_organisation(issuer, found),
        roles=frozenset(_roles(issuer, found)),
        issuer=issuer.issuer,
        name=_name(_one(found, names.name)),
    )


def values_at(claims: Any, path: str) -> list[Any]:
    """Everything at the end of `a.b`, lists opened. A claim whose own name has dots (a URL) is found as it is."""
    if isinstance(claims, Mapping) and path in claims:
        return list(_opened(claims[path]))
    first, _, rest = path.partition(".")
    if isinstance(claims, list):
        return [value for each in claims for value in values_at(each, path)]
    if not rest or not isinstance(claims, Mapping):
        return []
    return values_at(claims.get(first), rest)


def _opened(value: Any) -> Iterator[Any]:
    yield from value if isinstance(value, list) else [value]


def _one(claims: Any, path: str) -> Any:
    """The one value at the end of a path through objects only."""
    if not isinstance(claims, Mapping):
        return None
    if path in claims:
        return claims[path]
    first, _, rest = path.partition(".")
    return _one(claims.get(first), rest) if rest else None


def _only_chosen(chosen: Chosen, claims: Claims) -> Claims:
    wanted = claims.get(chosen.equals)
    entries = claims.get(chosen.among)
    kept = [
        entry
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, Mapping) and isinstance(wanted, str) and entry.get(chosen.by) == wanted
    ]
    return {**claims, chosen.among: kept}


def _subject(issuer: "Issuer", found: Any) -> str:
    subject = f"{issuer.prefix}:{found}" if issuer.prefix else found
    if not isinstance(found, str) or not found or not SUBJECT.fullmatch(subject):
        raise TokenRefused("subject")
    return str(subject)


def _organisation(issuer: "Issuer", claims: Claims) -> str:
    path = issuer.claims.organisation
    if not path:
        return issuer.organisations[0]
    codes = issuer.organisation_codes
    claimed = {value for value in values_at(claims, path) if isinstance(value, str) and value}
    members = {codes[value] for value in claimed if value in codes} if codes else claimed
    if len(members) != 1:
        raise TokenRefused("organisation")
    (member,) = members
    if not SUBJECT.fullmatch(member):
        raise TokenRefused("organisation")
    if member not in issuer.organisations:
        raise TokenRefused("not-vouched-for")
    return member


def _roles(issuer: "Issuer", claims: Claims) -> Iterator[str]:
    claimed = values_at(claims, issuer.claims.roles)
    if len(claimed) > MOST_ROLES or not all(isinstance(role, str) for role in claimed):
        raise TokenRefused("roles")
    codes = issuer.role_codes
    yield from (codes[role] for role in claimed if role in codes) if codes else claimed


def _name(found: Any) -> str | None:
    """A name to show, on one line and of sensible length, or None."""
    if not isinstance(found, str):
        return None
    shown = "".join(sign for sign in found if unicodedata.category(sign)[0] != "C")
    return " ".join(shown.split())[:LONGEST_NAME] or None
