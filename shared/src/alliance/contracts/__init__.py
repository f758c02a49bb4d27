"""The events that services tell one another: one module per publisher, and the envelope around them."""

from alliance.contracts.envelope import Envelope
from alliance.contracts.event import Code, Event, Id, PenceAmount, WireInstant, contract

__all__ = ["Code", "Envelope", "Event", "Id", "PenceAmount", "WireInstant", "contract"]
