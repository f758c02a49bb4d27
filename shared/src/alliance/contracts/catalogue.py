"""Every contract of the alliance, by type."""

from alliance.contracts import finance, housing, intake, notify, reporting, triage
from alliance.contracts.event import Event, registered

SERVICES = ("intake", "triage", "housing", "finance", "notify", "reporting")
MODULES = (intake, triage, housing, finance, notify, reporting)


def catalogue() -> dict[str, type[Event]]:
    """All event types of all publishers."""
    return registered()
