"""The key that signs the embedded alliance's development tokens, and the tokens."""

import json
from collections.abc import Iterable
from pathlib import Path

from alliance.access import generate_key, issue_token, public_jwks
from alliance_deploy.reconcile.secrets import write_secret

ISSUER = "alliance-development"


def signing_key(folder: Path) -> dict[str, str]:
    """The private Ed25519 key (a JWK) that signs development tokens; its public half is written beside it."""
    file = folder / "signing-key.jwk"
    if not file.exists():
        write_secret(file, json.dumps(generate_key()))
    private: dict[str, str] = json.loads(file.read_text())
    jwks_file(folder).write_text(json.dumps(public_jwks(private)))
    return private


def jwks_file(folder: Path) -> Path:
    """Where services find the public keys that they trust."""
    return folder / "jwks.json"


def token(folder: Path, *, service: str, organisation: str, roles: Iterable[str], subject: str) -> str:
    """A token for `service`, signed with the development key, good for eight hours."""
    return issue_token(
        signing_key(folder),
        issuer=ISSUER,
        audience=service,
        subject=subject,
        organisation=organisation,
        roles=roles,
    )
