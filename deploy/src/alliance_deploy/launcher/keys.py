"""The key that signs the embedded alliance's tokens, and tokens for tests that are their own issuer."""

import json
from collections.abc import Iterable
from pathlib import Path

from alliance.access import generate_key, issue_token, public_jwks
from alliance_deploy.reconcile.secrets import write_secret

ISSUER = "http://localhost:8000"
"""Where the development issuer is, unless another port is chosen for it."""


def key_file(folder: Path) -> Path:
    return folder / "signing-key.jwk"


def signing_key(folder: Path) -> dict[str, str]:
    """The issuer's private Ed25519 key (a JWK), made once; its public half is written beside it."""
    file = key_file(folder)
    if not file.exists():
        write_secret(file, json.dumps(generate_key()))
    private: dict[str, str] = json.loads(file.read_text())
    jwks_file(folder).write_text(json.dumps(public_jwks(private)))
    return private


def jwks_file(folder: Path) -> Path:
    """The public keys, for services that have them pinned."""
    return folder / "jwks.json"


def token(
    folder: Path, *, service: str, organisation: str, roles: Iterable[str], subject: str, issuer: str = ISSUER
) -> str:
    """A token for `service` that is good for eight hours: for tests, which sign in the issuer's place."""
    return issue_token(
        signing_key(folder),
        issuer=issuer,
        audience=service,
        subject=subject,
        organisation=organisation,
        roles=roles,
    )
