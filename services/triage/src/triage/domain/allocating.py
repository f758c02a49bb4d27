"""Who works with the person: named workers, one of whom is the key worker."""

from dataclasses import dataclass, field
from datetime import datetime

from triage.domain import facts, refusals
from triage.domain.case_file import CaseFile

MOST_WORKERS = 3
FORMER_KEPT = 20


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """A member of staff of any member organisation. `team_id`: the team through which they work with the person."""

    subject: str
    organisation: str
    team_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class KeyWorker(Colleague):
    """The one who answers for the case."""

    since: datetime


@dataclass(frozen=True, kw_only=True)
class Naming(Colleague):
    """Somebody of another organisation is asked to be key worker; they or a lead of their team say yes or no."""

    by: str
    at: datetime


@dataclass(kw_only=True)
class Allocating(CaseFile):
    """As long as anybody is named, exactly one of them is the key worker."""

    team_id: str | None = None
    key_worker: KeyWorker | None = None
    employers: dict[str, str] = field(default_factory=dict)
    """The organisation of each named worker, by subject."""
    naming: Naming | None = None
    former_workers: list[str] = field(default_factory=list)
    """Who has worked with the person here before: never listed as a worker, known to suggestions."""

    def take_on(self, who: Colleague, *, at: datetime) -> None:
        """Become a named worker of this person; a few at most, so that somebody is really there for them."""
        if self.naming and self.naming.subject == who.subject:
            return self.accept_naming(at=at)
        self._must_be_open()
        self._add_worker(who)
        if self.key_worker is None:
            self._make_key_worker(who, at)
        return None

    def step_back(self, *, by: str, at: datetime) -> None:
        """Work with this person no longer. The last named worker stays until somebody else has taken the case on.

        A key worker who steps back leaves that to whoever has been named longest of those who stay.
        """
        if by not in self.workers:
            return
        self._must_be_open()
        if self.workers == [by]:
            raise refusals.LastWorker("You are the only named worker. Ask a colleague to take the case on first.")
        self._remove_worker(by)
        if self.key_worker and self.key_worker.subject == by:
            self._make_key_worker(self._as_colleague(self.workers[0]), at)

    def name_key_worker(self, who: Colleague, *, by: str, at: datetime) -> None:
        """Make somebody the key worker; whoever is of another organisation and not named yet is asked first."""
        self._must_be_open()
        if self.key_worker and self.key_worker.subject == who.subject:
            return
        if who.subject not in self.workers and who.organisation != self.organisation and who.subject != by:
            if not self.naming or self.naming.subject != who.subject:
                self.naming = Naming(**vars(who), by=by, at=at)
            return
        self._put_first(who, at)

    def accept_naming(self, *, at: datetime) -> None:
        """The one who was asked, or a lead of their team for them, says yes. Raises `NamingNotThere`."""
        if self.naming is None:
            raise refusals.NamingNotThere("Nobody is asked to become key worker of this case any more.")
        self._must_be_open()
        asked = self.naming
        self._put_first(Colleague(subject=asked.subject, organisation=asked.organisation, team_id=asked.team_id), at)

    def decline_naming(self) -> None:
        """They say no: all stays as it was. Raises `NamingNotThere`."""
        if self.naming is None:
            raise refusals.NamingNotThere("Nobody is asked to become key worker of this case any more.")
        self.naming = None

    def hand_on(self, to: Colleague, *, of: str, at: datetime) -> None:
        """From a key worker who has left or is away to a colleague; whoever hands it on works with it no longer."""
        if self.key_worker and self.key_worker.subject == to.subject:
            return
        self._must_be_open()
        if self.key_worker is None or self.key_worker.subject != of:
            raise refusals.NotTheirCase("Somebody else is the key worker of this case by now.")
        self._remove_worker(of)
        self._put_first(to, at)

    def _put_first(self, who: Colleague, at: datetime) -> None:
        self._add_worker(who)
        self._make_key_worker(who, at)

    def _add_worker(self, who: Colleague) -> None:
        if who.subject in self.workers:
            return
        if len(self.workers) >= MOST_WORKERS:
            raise refusals.EnoughWorkers("Three colleagues work with this person already. One of them can step back.")
        self.workers.append(who.subject)
        self.employers[who.subject] = who.organisation

    def _remove_worker(self, subject: str) -> None:
        self.workers.remove(subject)
        self.former_workers = [*(each for each in self.former_workers if each != subject), subject][-FORMER_KEPT:]
        self.employers.pop(subject, None)

    def _make_key_worker(self, who: Colleague, at: datetime) -> None:
        self.naming = None
        self.key_worker = KeyWorker(subject=who.subject, organisation=who.organisation, team_id=who.team_id, since=at)
        if who.organisation == self.organisation and who.team_id:
            self.team_id = who.team_id
        self._say(
            facts.KeyWorkerNamed,
            worker=who.subject,
            organisation_id=who.organisation,
            team_id=who.team_id,
            at=at,
        )

    def _as_colleague(self, subject: str) -> Colleague:
        return Colleague(subject=subject, organisation=self.employers.get(subject, self.organisation))
