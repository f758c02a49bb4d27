"""Who answers for a case, so that an alert about it goes to them first."""

from dataclasses import dataclass

from alliance.kernel import Aggregate


@dataclass(kw_only=True)
class KeyWorker(Aggregate):
    """One for each case, by the case's id. What was said later counts, in whatever order it is heard."""

    subject: str | None = None
    as_of: int = 0
    """The sequence number of the event that named them."""

    def name(self, subject: str, *, sequence: int) -> None:
        if sequence > self.as_of:
            self.subject, self.as_of = subject, sequence
