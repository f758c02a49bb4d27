"""Which row is the same introduction as which: so that a file, or its corrected version, can be imported again."""

import hmac
import secrets
from collections.abc import Mapping

from alliance.kernel import derived_id
from alliance.store.protocols import Collection

SECRET = "row-keys"  # noqa: S105 - the name of the secret
WHO = ("nhs_number", "date_of_birth", "phone", "email")
"""Beside a name, any one of these says who somebody is."""


async def secret_of(collection: Collection) -> bytes:
    """This front door's own: without it nobody can tell from an id whether some person was introduced."""
    while (document := await collection.find(SECRET)) is None:
        await collection.insert({"_id": SECRET, "value": secrets.token_hex(32)})
    return bytes.fromhex(document["value"])


class RowKeys:
    """Gives each row of one file the id of its introduction.

    The row's own `reference` counts, with who introduces and when it was received; else a name with anything else that
    says who it is, and when. A row that says less than that is the same as another only if every cell is; several such
    rows in one file stay several (two people who came by on one day and gave no name).
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._seen: dict[str, int] = {}
        self._first: dict[str, int] = {}

    def of(self, cells: Mapping[str, str], row: int) -> tuple[str, int | None]:
        """The id, and the earlier row of this file that is the same introduction."""
        told = {name: " ".join(text.split()).casefold() for name, text in cells.items() if text.strip()}
        when = (told.get("source_code", ""), told.get("received_on", ""))
        if reference := told.get("reference"):
            return self._named(("reference", reference, *when), row)
        name = told.get("full_name") or told.get("call_me")
        if name and any(each in told for each in WHO):
            return self._named(("who", name, *(told.get(each, "") for each in WHO), *when), row)
        key = self._digest(("all", *(f"{name}={text}" for name, text in sorted(told.items()))))
        self._seen[key] = self._seen.get(key, 0) + 1
        return derived_id("intake", "imported", key, str(self._seen[key])), None

    def _named(self, parts: tuple[str, ...], row: int) -> tuple[str, int | None]:
        key = self._digest(parts)
        first = self._first.setdefault(key, row)
        return derived_id("intake", "imported", key), None if first == row else first

    def _digest(self, parts: tuple[str, ...]) -> str:
        return hmac.new(self._secret, "\x1f".join(parts).encode(), "sha256").hexdigest()
