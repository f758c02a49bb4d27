"""Who works with the person."""

from dataclasses import dataclass

from triage.domain import refusals
from triage.domain.case_file import CaseFile

MOST_WORKERS = 3


@dataclass(kw_only=True)
class Allocating(CaseFile):
    """Named workers."""

    def take_on(self, *, by: str) -> None:
        """Become a named worker of this person; a few at most, so that somebody is really there for them."""
        if by in self.workers:
            return
        self._must_be_open()
        if len(self.workers) >= MOST_WORKERS:
            raise refusals.EnoughWorkers("Three colleagues work with this person already. One of them can step back.")
        self.workers.append(by)

    def step_back(self, *, by: str) -> None:
        """Work with this person no longer. The last named worker stays until somebody else has taken the case on."""
        if by not in self.workers:
            return
        self._must_be_open()
        if self.workers == [by]:
            raise refusals.LastWorker("You are the only named worker. Ask a colleague to take the case on first.")
        self.workers.remove(by)
