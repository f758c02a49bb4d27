"""Whose job it is to answer an alert: as whom somebody with a role is asked."""

from collections.abc import Iterable, Mapping

from notify.domain.alert import Alert
from notify.domain.codes import AlertKind, Audience

FINANCE = frozenset({"finance-officer", "finance-approver"})

AUDIENCES: Mapping[str, Audience] = {
    "front-door-worker": Audience.DUTY_WORKER,
    "triage-worker": Audience.DUTY_WORKER,
    "key-worker": Audience.DUTY_WORKER,
    "housing-worker": Audience.DUTY_WORKER,
    "housing-manager": Audience.TEAM_LEAD,
    "service-administrator": Audience.TEAM_LEAD,
    "alliance-lead": Audience.ALLIANCE_LEAD,
    "governance-lead": Audience.GOVERNANCE_LEAD,
}


def is_asked(alert: Alert, roles: Iterable[str], subject: str) -> bool:
    """Whether somebody with these roles has been asked to answer it by now; a key worker is asked by themselves."""
    if alert.asked_worker:
        return alert.asked_worker == subject
    held = set(roles)
    mine = {AUDIENCES[role] for role in held if role in AUDIENCES}
    return not mine.isdisjoint(alert.asked) or (
        alert.kind is AlertKind.BUDGET_THRESHOLD and not held.isdisjoint(FINANCE)
    )
