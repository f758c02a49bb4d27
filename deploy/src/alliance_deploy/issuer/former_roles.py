"""Names that roles had before the agreement granted them; they go with the last service that asks for one."""

from collections.abc import Iterable

WORKERS = ("front-door-worker", "triage-worker", "key-worker", "housing-worker", "housing-manager", "finance-officer")
FORMER: dict[str, dict[str, tuple[str, ...]]] = {
    "intake": {"front-door-worker": ("intake.worker",), "alliance-lead": ("intake.lead",)},
    "triage": {"triage-worker": ("triage.worker",), "key-worker": ("triage.worker", "triage.lead")},
    "housing": {"housing-worker": ("housing.worker",), "housing-manager": ("housing.worker", "housing.manager")},
    "finance": {"finance-officer": ("finance.officer",), "finance-approver": ("finance.approver",)},
    "notify": {
        **dict.fromkeys(WORKERS, ("notify.worker",)),
        "alliance-lead": ("notify.lead",),
        "service-administrator": ("notify.administrator", "notify.lead"),
    },
    "reporting": dict.fromkeys((*WORKERS, "finance-approver", "alliance-lead"), ("reporting.viewer",)),
}
EVERYWHERE = {"alliance-lead": ("alliance.lead",), "auditor": ("alliance.auditor",)}


def with_former(service: str, roles: Iterable[str]) -> list[str]:
    """The roles, and what they were called at this service."""
    found = set(roles)
    for role in tuple(found):
        found |= {*FORMER.get(service, {}).get(role, ()), *EVERYWHERE.get(role, ())}
    return sorted(found)
