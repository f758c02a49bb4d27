"""Aggregates as documents, written in one conditional step with the events they recorded: the only way to the store."""

from alliance.store.documents import Documents, Page, Stored
from alliance.store.errors import AlreadyThere, Busy, HeardFull, KeyReused, StoreUnavailable
from alliance.store.memory import MemoryDatabase
from alliance.store.mongo import MongoDatabase
from alliance.store.protocols import Collection, Confirmed, Database, Pending, Update
from alliance.store.timers import Ticker

__all__ = [
    "AlreadyThere",
    "Busy",
    "Collection",
    "Confirmed",
    "Database",
    "Documents",
    "HeardFull",
    "KeyReused",
    "MemoryDatabase",
    "MongoDatabase",
    "Page",
    "Pending",
    "StoreUnavailable",
    "Stored",
    "Ticker",
    "Update",
]
