"""The driver of the store: PyMongo's async client, or Motor, its predecessor, which is still a supported choice."""

from importlib import import_module
from typing import Any

DRIVERS = {"pymongo": ("pymongo", "AsyncMongoClient"), "motor": ("motor.motor_asyncio", "AsyncIOMotorClient")}

OPTIONS: dict[str, Any] = {
    "w": "majority",
    "journal": True,
    "readConcernLevel": "majority",
    "serverSelectionTimeoutMS": 3_000,
    "connectTimeoutMS": 3_000,
    "socketTimeoutMS": 20_000,
    "waitQueueTimeoutMS": 10_000,
}
"""A write is done when it survives the loss of a server; a read sees only such writes; nothing waits for ever."""


def connect(url: str, driver: str = "pymongo") -> Any:
    """A client of `url`, bound to the event loop that first uses it; the two drivers' clients are used alike."""
    module, name = DRIVERS[driver]
    return getattr(import_module(module), name)(url, **OPTIONS)
