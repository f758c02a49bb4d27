"""Binds store, messaging, access and web into one process: the only module that knows all of them."""

from alliance.service.settings import ServiceSettings
from alliance.service.wiring import Service, Wiring

__all__ = ["Service", "ServiceSettings", "Wiring"]
