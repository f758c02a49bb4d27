"""Whose people may act in which roles at which service: do the clauses hold, and how do they read?"""

from collections.abc import Iterator
from difflib import get_close_matches

from alliance.access.roles import Role
from alliance_deploy.agreement.model import Agreement, RoleGrant
from alliance_deploy.agreement.tables import table

NEEDED = (Role.SERVICE_ADMINISTRATOR, Role.GOVERNANCE_LEAD)
"""Somebody must be able to end a session there, and somebody must be told when the glass is broken."""


def broken_roles(agreement: Agreement) -> Iterator[str]:
    """One sentence per clause that does not hold."""
    for grant in agreement.roles:
        yield from _broken(agreement, grant)
    pairs = [(grant.service, grant.member, role) for grant in agreement.roles for role in grant.roles]
    for service, member, role in sorted({pair for pair in pairs if pairs.count(pair) > 1}):
        yield f"{member} is granted {role} at {service} twice"
    for service, terms in agreement.services.items():
        if nobody_enters(agreement, service):
            continue
        grants = [grant for grant in agreement.roles if grant.service == service]
        for role in NEEDED:
            if not any(role in grant.roles for grant in grants):
                yield f"nobody may be {role} at {service}: somebody must, see [[roles]]"
        if terms.owner not in {grant.member for grant in grants}:
            yield f"{terms.owner} runs {service}, but its own people have no role there"


def nobody_enters(agreement: Agreement, service: str) -> bool:
    """Whether a service has no staff at all, as one that only listens."""
    return not any(grant.service == service for grant in agreement.roles)


def who_works_where(agreement: Agreement) -> Iterator[str]:
    """The section of the matrix: one table of all, then the reasons."""
    yield from ("## 9. Whose people may act as what, and where", "")
    yield from (
        "A role counts only where the person's own organisation vouches for it **and** this table grants it. "
        "What a role may do is in the `access.csv` of each service.",
        "",
    )
    services = list(agreement.services)
    at = {service: agreement.roles_at(service) for service in services}
    rows = []
    for name, member in agreement.members.items():
        held = [role for role in Role if any(role in at[service].get(name, ()) for service in services)]
        for role in held:
            marks = ("●" if role in at[service].get(name, ()) else "–" for service in services)
            rows.append((member.name, _spoken(role), *marks))
    yield from table(("people of", "as", *services), rows)
    told = [
        (
            grant.service,
            agreement.members[grant.member].name if grant.member in agreement.members else grant.member,
            ", ".join(_spoken(role) for role in grant.roles),
            grant.why,
        )
        for service in services
        for grant in agreement.roles
        if grant.service == service
    ]
    yield from table(("at", "people of", "as", "because"), told)


def _broken(agreement: Agreement, grant: RoleGrant) -> Iterator[str]:
    where = f"a role grant of {grant.member} at {grant.service}"
    if grant.service not in agreement.services:
        near = _near(grant.service, list(agreement.services))
        yield f"{where} names the service {grant.service!r}, which the agreement does not know{near}"
    if grant.member not in agreement.members:
        near = _near(grant.member, list(agreement.members))
        yield f"{where} names {grant.member!r}, who is not a member{near}"
    for role in grant.roles:
        if role not in set(Role):
            yield f"{where} names the role {role!r}, which there is not{_near(role, list(Role))}"


def _spoken(role: str) -> str:
    return role.replace("-", " ")


def _near(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
