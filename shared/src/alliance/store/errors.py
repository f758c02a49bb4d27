"""What can go wrong in the store: refusals that a caller can act on, and faults that pass."""

from alliance.kernel import Refusal


class AlreadyThere(Refusal):
    """Something by that id is already here, and it was not this command that put it there."""


class KeyReused(Refusal):
    """The same idempotency key came with another body."""


class StoreUnavailable(Exception):
    """The store did not answer, or its answer was lost: whether a write took effect is unknown. Try again."""

    transient = True


class Busy(Exception):
    """Others kept changing the same document for longer than it is sensible to race them. Try again."""

    transient = True


class HeardFull(Exception):
    """A document has heard as much as it may remember: it is the wrong aggregate (one document per fact instead)."""
