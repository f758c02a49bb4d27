"""The short list of operations that the platform uses of any MongoDB, as two protocols, and the words they share.

A filter is `{field: text | number | None}` or `{field: {"$gt" | "$gte" | "$lt" | "$lte": value}}`, of which all must
hold, or `{"_id": {"$in": ids}}`; a change is `{"$set" | "$unset" | "$inc" | "$push" | "$pull": {field: value}}`; both
within the limits that `dialect` explains. Fields may be dotted paths into sub-documents. Instants are text.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from alliance.contracts import Envelope

Document = dict[str, Any]
Filter = Mapping[str, Any]
Change = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Update:
    """One part of a bulk write: change the one document that `where` finds."""

    where: Filter
    change: Change
    upsert: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """A document whose events the broker has not confirmed yet, oldest entry first."""

    collection: str
    id: str
    version: int
    entries: Sequence[Envelope] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The broker has these entries of a document; `last` when it has every other one of that version as well."""

    collection: str
    id: str
    version: int
    event_ids: Sequence[str]
    last: bool


class Confirmation(Protocol):
    """What `confirm` reads; any object with these attributes will do."""

    @property
    def collection(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def event_ids(self) -> Sequence[str]: ...
    @property
    def last(self) -> bool: ...


Written = Callable[[str, str, int, Sequence[Envelope]], object]
"""Told of every successful write that recorded events: collection, id, version, the new entries."""


class Collection(Protocol):
    """Documents of one kind, each with a text `_id`."""

    @property
    def name(self) -> str: ...

    async def insert(self, document: Document) -> bool:
        """Put a new document; False if its `_id` or another unique key is taken."""
        ...

    async def insert_many(self, documents: Sequence[Document]) -> list[str]:
        """Put those that are new and skip the others; the ids of the new ones."""
        ...

    async def find(self, id_: str) -> Document | None:
        """The document by that id."""
        ...

    async def find_many(self, where: Filter, *, sort: str | None = None, limit: int = 100) -> list[Document]:
        """At most `limit` documents, ascending by the one field `sort` if given."""
        ...

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> bool:
        """Change one document; False if `where` found none (and nothing was put)."""
        ...

    async def bulk(self, updates: Sequence[Update]) -> int:
        """Apply all, in any order; how many found their document (or put it)."""
        ...

    async def delete(self, where: Filter) -> int:
        """Remove all that `where` finds; how many."""
        ...

    async def index(self, field: str, *, unique: bool = False, sparse: bool = False) -> None:
        """Make sure that `field` (a scalar) is indexed."""
        ...


class Database(Protocol):
    """The collections of one service, and the outboxes in them."""

    def collection(self, name: str) -> Collection: ...

    def register(self, name: str, indexed: Sequence[str]) -> None:
        """Declare a collection of aggregates: it has an outbox, timers and these keys."""
        ...

    def on_written(self, listener: Written) -> None:
        """Call `listener` after every write that recorded events, at once and in the writing task."""
        ...

    def written(self, collection: str, id_: str, version: int, envelopes: Sequence[Envelope]) -> None: ...

    async def pending(self, older_than: datetime, limit: int = 100) -> list[Pending]: ...

    async def confirm(self, confirmed: Sequence[Confirmation]) -> None: ...

    async def lease(self, name: str, holder: str, seconds: float) -> bool: ...

    async def ensure_indexes(self) -> None: ...

    async def ping(self) -> None:
        """Answers if the store does; else `StoreUnavailable`."""
        ...

    async def warm(self) -> None:
        """Connect and make the indexes, so that the first request need not."""
        ...

    async def close(self) -> None: ...
