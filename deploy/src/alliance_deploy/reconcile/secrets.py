"""Passwords of the broker's users: made once, kept in files that only their owner can read."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Secrets:
    folder: Path

    def password(self, user: str) -> str:
        """The user's password, generated on first need."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / user
        if not path.exists():
            write_secret(path, secrets.token_urlsafe(24))
        return path.read_text().strip()


def write_secret(path: Path, text: str) -> None:
    """Put a file that its owner alone can read, whole or not at all: a crash leaves no empty password behind."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(path)


def matches(password: str, stored: str) -> bool:
    """Whether RabbitMQ's salted SHA-256 (`base64(salt + sha256(salt + password))`) is this password's."""
    salt, digest = base64.b64decode(stored)[:4], base64.b64decode(stored)[4:]
    return secrets.compare_digest(hashlib.sha256(salt + password.encode()).digest(), digest)


def hashed(password: str) -> str:
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
