"""How services hear and tell: the table of reactions here; listener, relay, log and tools in modules of their own."""

from alliance.messaging.hearing import Heard, Hears, Reaction, Row, listen, on
from alliance.messaging.memory import Applied, Quarantined, apply_in_memory

__all__ = ["Applied", "Heard", "Hears", "Quarantined", "Reaction", "Row", "apply_in_memory", "listen", "on"]
