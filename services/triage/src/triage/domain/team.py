"""A team of one organisation: what it is for, and who is in it with room for how much."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from alliance.kernel import Aggregate
from triage.domain import refusals
from triage.domain.allocating import Colleague
from triage.domain.codes import HelpArea, TeamType

MOST_MEMBERS = 60


@dataclass(frozen=True, kw_only=True)
class Member:
    """`capacity` is in points, see `caseload`. Whoever has left stays known until their cases are handed on."""

    subject: str
    capacity: int
    languages: tuple[str, ...] = ()
    """ISO 639 codes, as the front door asks for an interpreter."""
    lead: bool = False
    away_until: date | None = None
    """The first day on which they are back."""
    left: bool = False

    def is_there(self, today: date) -> bool:
        return not self.left and (self.away_until is None or self.away_until <= today)


@dataclass(kw_only=True)
class Team(Aggregate):
    """Its verbs state whole values, so that a repeat changes nothing however often it comes."""

    indexed: ClassVar[tuple[str, ...]] = ("listed",)

    name: str
    organisation: str
    team_type: TeamType
    areas: tuple[HelpArea, ...] = ()
    """What the team mostly helps with."""
    members: dict[str, Member] = field(default_factory=dict)
    closed: bool = False

    @property
    def listed(self) -> str | None:
        return None if self.closed else f"{self.organisation} {self.name.casefold()}:{self.id}"

    @property
    def leads(self) -> frozenset[str]:
        return frozenset(each.subject for each in self.members.values() if each.lead and not each.left)

    def describe(self, name: str, team_type: TeamType, areas: tuple[HelpArea, ...]) -> None:
        self._must_be_open()
        self.name, self.team_type, self.areas = name, team_type, areas

    def put_member(self, member: Member) -> None:
        """Take somebody in, or say anew how much room they have, what they speak and whether they are away."""
        self._must_be_open()
        if member.subject not in self.members and len(self.members) >= MOST_MEMBERS:
            raise refusals.TeamFull("A team has sixty members at most. Make a second one.")
        self.members = {**self.members, member.subject: member}

    def note_leaving(self, subject: str) -> None:
        """They take nothing on any more; what they still hold shows on the page of the team until it is handed on."""
        member = self.member(subject)
        self.members = {**self.members, subject: replace(member, left=True, lead=False, away_until=None)}

    def close(self) -> None:
        self.closed = True

    def member(self, subject: str) -> Member:
        """Raises `NotInTheTeam`."""
        if (found := self.members.get(subject)) is None:
            raise refusals.NotInTheTeam("That colleague is not a member of this team.")
        return found

    def colleague(self, subject: str) -> Colleague:
        """A member who takes cases on. Raises `NotInTheTeam`, also for somebody who has left."""
        if self.member(subject).left:
            raise refusals.NotInTheTeam("That colleague has left the team.")
        return Colleague(subject=subject, organisation=self.organisation, team_id=self.id)

    def _must_be_open(self) -> None:
        if self.closed:
            raise refusals.TeamClosed("The team is closed.")
