"""The outbox of every aggregate document, as the relay sees it: what is pending, what is confirmed, who sweeps.

A document keeps its unconfirmed events in `outbox: {event id: event}`, their number in `waiting` and the moment of the
oldest in `outbox_at` (of the oldest urgent one in `urgent_at`), the scalars that a sweep can find by index. Taking an
event out is conditional on its being there, so that confirming twice counts once and commutes with business writes.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime, timedelta

from alliance.contracts import Envelope
from alliance.kernel import Clock, SystemClock
from alliance.store.protocols import Change, Collection, Confirmation, Document, Filter, Pending, Update, Written
from alliance.store.scalars import as_moment

LEASES = "leases"
_NOTHING_WAITS: Change = {"$set": {"outbox_at": None, "urgent_at": None, "waiting": 0}}
_EMPTY: Change = {"$set": {"outbox": {}, "outbox_at": None, "urgent_at": None, "waiting": 0}}
"""Whole fields cost the embedded server half of what taking out one entry by its path does."""


class Outboxes(ABC):
    """What both databases know about outboxes, on top of the short list of operations."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._listeners: list[Written] = []
        self.aggregates: dict[str, tuple[str, ...]] = {}

    @abstractmethod
    def collection(self, name: str) -> Collection: ...

    def register(self, name: str, indexed: Sequence[str]) -> None:
        self.aggregates[name] = tuple(indexed)

    def on_written(self, listener: Written) -> None:
        self._listeners.append(listener)

    def written(self, collection: str, id_: str, version: int, envelopes: Sequence[Envelope]) -> None:
        for listener in self._listeners:
            listener(collection, id_, version, envelopes)

    async def pending(self, older_than: datetime, limit: int = 100) -> list[Pending]:
        """At most `limit` documents with events recorded up to `older_than`: urgent ones first, then the oldest.

        A document whose outbox is empty although the sweep found it is put right on the way.
        """
        until = as_moment(older_than)
        found: dict[tuple[str, str], Document] = {}
        for name in self.aggregates:
            for moment in ("outbox_at", "urgent_at"):
                documents = await self.collection(name).find_many({moment: {"$lte": until}}, sort=moment, limit=limit)
                found |= {(name, document["_id"]): document for document in documents}
                if len(documents) < limit:
                    break  # whatever is urgent waits in an outbox, and is among them

        def pressing(document: Document) -> tuple[bool, str]:
            urgent = document["urgent_at"]
            is_urgent = urgent is not None and str(urgent) <= until
            return not is_urgent, str(urgent if is_urgent else document["outbox_at"])

        pending: list[Pending] = []
        for (name, id_), document in sorted(found.items(), key=lambda each: pressing(each[1])):
            if not document["outbox"]:
                await self._repair(name, id_, document["version"])
            elif len(pending) < limit:
                pending.append(Pending(name, id_, document["version"], entries(document)))
        return pending

    async def confirm(self, confirmed: Sequence[Confirmation]) -> None:
        """Take confirmed events out of their documents, in one bulk write for each collection.

        Where they are all that waits there and the version is still the same, the outbox is emptied in one step;
        otherwise the events alone are taken out, and a later sweep clears what is left. `last`: that is worth a try.
        """
        for name in dict.fromkeys(each.collection for each in confirmed):
            here = [each for each in confirmed if each.collection == name]
            at_once = [_emptying(each) for each in here if each.last]
            emptied = await self.collection(name).bulk(at_once) if at_once else 0
            one_by_one = [each for each in here if not each.last or emptied < len(at_once)]
            if one_by_one:
                taken = [Update(*taking(each.id, id_)) for each in one_by_one for id_ in each.event_ids]
                await self.collection(name).bulk(taken)

    async def lease(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew the lease `name` for `holder`; False while another holds it."""
        leases, now = self.collection(LEASES), self._clock.now()
        until = {"holder": holder, "until": as_moment(now + timedelta(seconds=seconds))}
        if await leases.update({"_id": name, "holder": holder}, {"$set": until}):
            return True
        if await leases.update({"_id": name, "until": {"$lte": as_moment(now)}}, {"$set": until}):
            return True
        return await leases.insert({"_id": name, **until})

    async def _repair(self, name: str, id_: str, version: int) -> None:
        await self.collection(name).update({"_id": id_, "version": version}, _NOTHING_WAITS)


def entries(document: Document) -> list[Envelope]:
    """The events in a document's outbox, in the order in which they were recorded."""
    envelopes = [Envelope.model_validate(entry) for entry in document["outbox"].values()]
    return sorted(envelopes, key=lambda envelope: envelope.sequence)


def taking(id_: str, event_id: str) -> tuple[Filter, Change]:
    """Where an event is in the outbox of a document, and the change that takes it out."""
    entry = f"outbox.{event_id}"
    return {"_id": id_, f"{entry}.id": event_id}, {"$unset": {entry: ""}, "$inc": {"waiting": -1}}


def _emptying(each: Confirmation) -> Update:
    """Each of them by name: told twice, as after an answer that was lost, it must not take others as many as them."""
    there = {f"outbox.{event_id}.id": event_id for event_id in each.event_ids}
    return Update({"_id": each.id, "version": each.version, "waiting": len(each.event_ids), **there}, _EMPTY)
