"""Everything that an agreement compiles to, written into one folder."""

import json
from collections.abc import Mapping
from pathlib import Path

from alliance_deploy.agreement.environment import Surroundings, as_file, environment_of
from alliance_deploy.agreement.manifest import Manifest
from alliance_deploy.agreement.matrix import matrix
from alliance_deploy.agreement.model import Agreement
from alliance_deploy.agreement.sign_in import sign_in_file, sign_in_text
from alliance_deploy.reconcile.definitions import all_definitions
from alliance_deploy.reconcile.secrets import Secrets
from alliance_deploy.topology import Topology


def write_environments(folder: Path, agreement: Agreement, around: Surroundings, secrets: Secrets) -> dict[str, Path]:
    """`<service>.env` for every service, readable by its owner alone."""
    return {
        service: _private(folder / f"{service}.env", as_file(environment_of(service, agreement, around, secrets)))
        for service in agreement.services
    }


def write_sign_in(folder: Path, agreement: Agreement, around: Surroundings) -> list[Path]:
    """`<service>.sign-in.toml` for every service; it names the file of the client's secret, which is made once."""
    clients = Secrets(around.client_secrets)
    written = []
    for service in agreement.services:
        if not around.pinned:
            clients.password(service)
        text = sign_in_text(
            agreement,
            service,
            issuer=around.issuer,
            secret_file=None if around.pinned else around.client_secrets / service,
            jwks_file=around.jwks_file if around.pinned else None,
        )
        written.append(_private(sign_in_file(folder, service), text))
    return written


def write_all(
    folder: Path,
    agreement: Agreement,
    manifests: Mapping[str, Manifest],
    topology: Topology,
    around: Surroundings,
    secrets: Secrets,
) -> list[Path]:
    """Environments, sign-in files, `definitions.json` for a broker that is still empty, and `matrix.md` for people."""
    told = matrix(agreement, manifests, topology)
    definitions = json.dumps(all_definitions(topology, secrets), indent=1) + "\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "matrix.md").write_text(told)
    environments = write_environments(folder, agreement, around, secrets)
    sign_in = write_sign_in(folder, agreement, around)
    return [folder / "matrix.md", _private(folder / "definitions.json", definitions), *environments.values(), *sign_in]


def _private(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(text)
    return path
