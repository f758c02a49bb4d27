"""What sessions and the like are kept in: a collection of the store, in the few operations that they need."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from alliance.kernel import from_text, to_text

Document = dict[str, Any]


class Kept(Protocol):
    """Any collection of `alliance.store`. Filters stay within its short list: no choices, and no bare dates."""

    async def insert(self, document: Document) -> bool: ...

    async def find(self, id_: str) -> Document | None: ...

    async def find_many(
        self, where: Mapping[str, Any], *, sort: str | None = None, limit: int = 100
    ) -> list[Document]: ...

    async def update(
        self, where: Mapping[str, Any], change: Mapping[str, Mapping[str, Any]], *, upsert: bool = False
    ) -> bool: ...

    async def delete(self, where: Mapping[str, Any]) -> int: ...

    async def index(self, field: str, *, unique: bool = False, sparse: bool = False) -> None: ...


def new_secret() -> str:
    """256 bits, as text for a cookie."""
    return secrets.token_urlsafe(32)


def digest(*parts: str) -> str:
    """What is kept of a secret, and the key by which things of the same parts are found."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def moment(instant: datetime) -> str:
    """`@2026-11-02T09:00:00.000000Z`: the sign keeps every server from taking it for a date (see `store.scalars`)."""
    return f"@{to_text(instant)}"


def from_moment(text: str) -> datetime:
    return from_text(text.removeprefix("@"))
