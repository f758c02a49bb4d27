"""Secrets that the embedded alliance makes for itself, in files that only their owner can read; development tokens."""

import json
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from alliance.access import generate_key, issue_token, public_jwks

ISSUER = "alliance-development"


def secret(folder: Path, name: str) -> str:
    """The secret `name`, made at the first call."""
    return _kept(folder / name, lambda: secrets.token_urlsafe(24))


def signing_key(folder: Path) -> dict[str, str]:
    """The private Ed25519 key (a JWK) that signs development tokens; its public half is written beside it."""
    private: dict[str, str] = json.loads(_kept(folder / "signing-key.jwk", lambda: json.dumps(generate_key())))
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


def _kept(file: Path, make: Callable[[], str]) -> str:
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(make())
    return file.read_text().strip()
