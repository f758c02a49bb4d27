"""What a service is told about signing in: where each service is, who may act as what there, whom it trusts."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alliance_deploy.agreement.model import Agreement

DEFAULT_PORT = 8000


def url_of(agreement: Agreement, service: str, ports: Mapping[str, int]) -> str:
    """Where browsers find it: `*.localhost` gives each service cookies of its own, and resolves in browsers alone."""
    terms = agreement.services[service]
    return terms.url or f"http://{service}.localhost:{ports.get(service, terms.port or DEFAULT_PORT)}"


def told_services(agreement: Agreement, ports: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """`ALLIANCE_SERVICES`: the menu of the header, redirect addresses and role grants, the same for every service."""
    told: dict[str, dict[str, Any]] = {}
    for service, terms in agreement.services.items():
        owner = agreement.members.get(terms.owner)
        told[service] = {
            "title": terms.title or service.capitalize(),
            "url": url_of(agreement, service, ports),
            "organisation": terms.owner,
            "organisation_name": owner.name if owner else terms.owner,
            "roles": {member: list(roles) for member, roles in agreement.roles_at(service).items()},
        }
    return told


def sign_in_file(folder: Path, service: str) -> Path:
    return folder / f"{service}.sign-in.toml"


def sign_in_text(
    agreement: Agreement, service: str, *, issuer: str, secret_file: Path | None, jwks_file: Path | None
) -> str:
    """Trust in the development issuer, as TOML: with a client's secret for browsers, with pinned keys for machines."""
    lines = [
        "# Compiled: whose word this service takes for who somebody is. docs/connect-an-issuer.md explains every line.",
        "[[issuers]]",
        f"issuer = {json.dumps(issuer)}",
        'label = "Development sign-in"',
        f"audience = {json.dumps(service)}",
        f"organisations = {json.dumps(list(agreement.members))}",
    ]
    if secret_file is not None:
        lines += [f"client_id = {json.dumps(service)}", f"client_secret_file = {json.dumps(str(secret_file))}"]
    if jwks_file is not None:
        lines.append(f"jwks_file = {json.dumps(str(jwks_file))}")
    return "\n".join(lines) + "\n"
