"""The very lines of TOML that would grant what somebody hears without a grant."""

import json
from collections.abc import Iterable

from alliance.contracts import Event
from alliance_deploy.agreement.model import Agreement


def lines_that_grant(agreement: Agreement, service: str, event: type[Event]) -> str:
    """Where this pair has a grant, its longer `events` line; else a whole grant to paste at the end of the file."""
    publisher, name = event.publisher(), event.routing_key()
    if event.confidentiality == "personal":
        table, who, basis = "personal", "recipient", ['basis = "explicit-agreement"']
        pairs = [(grant.recipient, grant.publisher, grant.events) for grant in agreement.personal]
    else:
        table, who, basis = "hears", "listener", []
        pairs = [(grant.listener, grant.publisher, grant.events) for grant in agreement.hears]
    for one, other, events in pairs:
        if (one, other) == (service, publisher):
            return (
                f"In the [[{table}]] of {service} and {publisher}, this line would grant it:\n\n"
                f"{_events((*events, name))}\n"
            )
    lines = [f"[[{table}]]", f'{who} = "{service}"', f'publisher = "{publisher}"', _events([name]), *basis]
    return "These lines would grant it:\n\n" + "\n".join([*lines, 'why = "say here what for"']) + "\n"


def _events(names: Iterable[str]) -> str:
    return f"events = {json.dumps(sorted(names))}"
