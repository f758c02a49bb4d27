"""The roles that staff and machines may hold; the agreement grants them by organisation and service."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    FRONT_DOOR_WORKER = "front-door-worker"
    TRIAGE_WORKER = "triage-worker"
    KEY_WORKER = "key-worker"
    HOUSING_WORKER = "housing-worker"
    HOUSING_MANAGER = "housing-manager"
    FINANCE_OFFICER = "finance-officer"
    FINANCE_APPROVER = "finance-approver"
    ALLIANCE_LEAD = "alliance-lead"
    SERVICE_ADMINISTRATOR = "service-administrator"
    GOVERNANCE_LEAD = "governance-lead"
    """Answers for information governance: sees who has looked at what."""
    AUDITOR = "auditor"
    INTEGRATION = "integration"
    """A machine of a partner's."""


Grants = Mapping[str, frozenset[Role]]
"""Which roles the staff of which organisation may hold at one service."""


def granted(claimed: Iterable[str], organisation: str, grants: Grants) -> frozenset[Role]:
    """What counts of the roles that somebody's issuer claims for them: those that the agreement grants as well."""
    return frozenset(role for role in grants.get(organisation, ()) if role.value in set(claimed))
