"""How the books say no."""

from alliance.kernel import Refusal


class YearClosed(Refusal):
    """The figures of that alliance year are final; what is new belongs to the year after."""


class EntryDoesNotBalance(Refusal):
    """The lines of an entry must add up to nothing."""


class EntryAlreadyReversed(Refusal):
    """An entry is reversed once."""


class ReversalOfReversal(Refusal):
    """A reversal is not reversed: make the entry again."""


class OwnEntry(Refusal):
    """Four eyes: whoever made an entry does not take it back."""
