"""Binds store, messaging, access and web into one process: the only module that knows all of them."""

import alliance.service.slim  # noqa: F401 - first of all
from alliance.service.settings import ServiceSettings
from alliance.service.wiring import Service, Wiring

__all__ = ["Service", "ServiceSettings", "Wiring"]
