"""Everything that an agreement compiles to, written into one folder."""

import json
from collections.abc import Mapping
from pathlib import Path

from alliance_deploy.agreement.environment import Surroundings, as_file, environment_of
from alliance_deploy.agreement.manifest import Manifest
from alliance_deploy.agreement.matrix import matrix
from alliance_deploy.agreement.model import Agreement
from alliance_deploy.reconcile.definitions import all_definitions
from alliance_deploy.reconcile.secrets import Secrets
from alliance_deploy.topology import Topology


def write_environments(folder: Path, agreement: Agreement, around: Surroundings, secrets: Secrets) -> dict[str, Path]:
    """`<service>.env` for every service, readable by its owner alone."""
    return {
        service: _private(folder / f"{service}.env", as_file(environment_of(service, agreement, around, secrets)))
        for service in agreement.services
    }


def write_all(
    folder: Path,
    agreement: Agreement,
    manifests: Mapping[str, Manifest],
    topology: Topology,
    around: Surroundings,
    secrets: Secrets,
) -> list[Path]:
    """Environments, `definitions.json` for a broker that is still empty, and `matrix.md` for people."""
    told = matrix(agreement, manifests, topology)
    definitions = json.dumps(all_definitions(topology, secrets), indent=1) + "\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "matrix.md").write_text(told)
    environments = write_environments(folder, agreement, around, secrets)
    return [folder / "matrix.md", _private(folder / "definitions.json", definitions), *environments.values()]


def _private(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(text)
    return path
