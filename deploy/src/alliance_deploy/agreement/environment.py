"""What each service is told from outside: its environment, compiled from the agreement and the surroundings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

from alliance_deploy.agreement.model import Agreement
from alliance_deploy.agreement.sign_in import sign_in_file, told_services
from alliance_deploy.reconcile.secrets import Secrets

SHARED = "intake.person-shared.v1"
"""The event by which a service gets somebody's details."""
TRIAGE_CLOCKS = {
    "very-urgent-4h": "TRIAGE_VERY_URGENT_HOURS",
    "urgent-24h": "TRIAGE_URGENT_HOURS",
    "support-7d": "TRIAGE_SUPPORT_HOURS",
}


@dataclass(frozen=True)
class Surroundings:
    """What the agreement does not say, since it differs from one installation to the next."""

    broker_port: int
    mongodb_url: str
    issuer: str
    jwks_file: Path
    sign_in_folder: Path
    """Where each service finds its `<service>.sign-in.toml`."""
    client_secrets: Path
    """One file for each client of the development issuer, made on first need."""
    broker_host: str = "127.0.0.1"
    broker_tls: bool = False
    vhost: str = "alliance"
    host: str = "127.0.0.1"
    ports: Mapping[str, int] = field(default_factory=dict)
    environment: str = "development"
    pinned: bool = False
    """Trust the keys in `jwks_file` instead of asking the issuer: machines only, nobody signs in by browser."""


def environment_of(service: str, agreement: Agreement, around: Surroundings, secrets: Secrets) -> dict[str, str]:
    """Variables for one service, the broker's password among them: keep them where only that service can read."""
    terms = agreement.services[service]
    scheme, vhost = "amqps" if around.broker_tls else "amqp", quote(around.vhost, safe="")
    login = f"{service}:{quote(secrets.password(service), safe='')}"
    variables = {
        "ALLIANCE_ENVIRONMENT": around.environment,
        "ALLIANCE_ORGANISATION": terms.owner,
        "ALLIANCE_AMQP_URL": f"{scheme}://{login}@{around.broker_host}:{around.broker_port}/{vhost}",
        "ALLIANCE_MONGODB_URL": around.mongodb_url,
        "ALLIANCE_DATABASE": service,
        "ALLIANCE_SIGN_IN_FILE": str(sign_in_file(around.sign_in_folder, service)),
        "ALLIANCE_SERVICES": json.dumps(told_services(agreement, around.ports)),
        "ALLIANCE_HOST": around.host,
        "ALLIANCE_PORT": str(around.ports.get(service, terms.port or 8000)),
    }
    return {
        **variables,
        **{name: _text(value) for name, value in (_agreed(agreement, service) | terms.settings).items()},
    }


def as_file(variables: Mapping[str, str]) -> str:
    return "".join(f"{name}={value}\n" for name, value in variables.items())


def _agreed(agreement: Agreement, service: str) -> dict[str, Any]:
    """Settings that follow from clauses of the agreement; where a service's own `settings` say otherwise, those win."""
    match service:
        case "intake":
            to = sorted({grant.recipient for grant in agreement.personal if SHARED in grant.types()})
            return {"INTAKE_RECIPIENTS": {name: agreement.services[name].owner for name in to}}
        case "triage":
            hours = {wait.clock: wait.hours for wait in agreement.waits}
            providers = {id_: each.name for id_, each in agreement.members.items() if "provider" in each.capacities}
            clocks = {name: hours[clock] for clock, name in TRIAGE_CLOCKS.items() if clock in hours}
            return {**clocks, "TRIAGE_PROVIDERS": providers}
        case "finance" if budget := agreement.budget:
            return {
                "FINANCE_SHARES_SECTION_117": {row.member: row.percent for row in budget.funder_shares_section_117},
                "FINANCE_SHARES_OTHERWISE": {row.member: row.percent for row in budget.funder_shares},
                "FINANCE_CONTRIBUTIONS": {row.member: row.annual_pence for row in budget.contributions},
            }
        case "notify" if len(agreement.escalation) > 1:
            after = [step.after_seconds for step in agreement.escalation]
            gaps = [later - earlier for earlier, later in pairwise(after)]
            return {"NOTIFY_STEPS_SECONDS": [int(gap) for gap in gaps]}
        case _:
            return {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
