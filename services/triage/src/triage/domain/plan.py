"""What is known of a person for their plan, in their own words, and every version of the plan agreed with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import ClassVar, Self

from alliance.kernel import Aggregate, derived_id
from triage.domain import facts, refusals
from triage.domain.codes import Goal, HelpArea, Strength
from triage.domain.talk_codes import ConnectionKind, CopyGiven, DoneBy, NeedLevel


def plan_id_of(case_id: str) -> str:
    """One plan for each case."""
    return derived_id("triage", "plan", case_id)


@dataclass(frozen=True, kw_only=True)
class Strengths:
    """What somebody is good at, likes and can lean on."""

    strengths: tuple[Strength, ...] = ()
    words: str = ""
    interests: str = ""


@dataclass(frozen=True, kw_only=True)
class Connection:
    """A person, a place or a group that matters."""

    id: str
    kind: ConnectionKind
    name: str
    words: str = ""
    """What it means to the person, or how it helps."""


@dataclass(frozen=True, kw_only=True)
class Need:
    area: HelpArea
    level: NeedLevel
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """What somebody will do."""

    who: DoneBy
    what: str


@dataclass(frozen=True, kw_only=True)
class CrisisPlan:
    """What to do if things get worse, as the person wants it."""

    signs: str = ""
    helps: str = ""
    call: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A plan as it is written down, agreed or not yet."""

    summary: str = ""
    steps: tuple[Step, ...] = ()
    crisis: CrisisPlan = field(default_factory=CrisisPlan)
    goals: tuple[str, ...] = ()
    """In the person's words, as they stood then."""
    goal_tags: tuple[Goal, ...] = ()
    who_was_there: str = ""
    copy_given: CopyGiven = CopyGiven.NOT_YET
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Version:
    """A plan as it was put to the person, with what they said; it never changes."""

    number: int
    proposal: Proposal
    agreed: bool
    not_agreed_because: str = ""
    needs: tuple[Need, ...]
    at: datetime
    by: str


@dataclass(kw_only=True)
class Plan(Aggregate):
    """Each part is written on its own, whenever it is talked about; a changed plan is a new version."""

    indexed: ClassVar[tuple[str, ...]] = ("case_id", "person_id")

    case_id: str
    person_id: str
    strengths: Strengths = field(default_factory=Strengths)
    connections: tuple[Connection, ...] = ()
    needs: tuple[Need, ...] = ()
    draft: Proposal | None = None
    """The next version, as far as it is written."""
    draft_saved_at: datetime | None = None
    versions: list[Version] = field(default_factory=list)

    @classmethod
    def of(cls, case_id: str, person_id: str) -> Self:
        """The empty plan of a case."""
        return cls(id=plan_id_of(case_id), case_id=case_id, person_id=person_id)

    @property
    def agreed(self) -> Version | None:
        """What holds now: the last version with which the person agreed."""
        return next((version for version in reversed(self.versions) if version.agreed), None)

    def tell_strengths(self, strengths: Strengths) -> None:
        self.strengths = strengths

    def add_connection(self, connection: Connection) -> None:
        if all(known.id != connection.id for known in self.connections):
            self.connections = (*self.connections, connection)

    def remove_connection(self, connection_id: str) -> None:
        self.connections = tuple(known for known in self.connections if known.id != connection_id)

    def tell_needs(self, needs: Sequence[Need]) -> None:
        """All areas at once, in the order of the list; an area not talked about is not among them."""
        given = {need.area: need for need in needs}
        self.needs = tuple(given[area] for area in HelpArea if area in given)

    def save_draft(self, proposal: Proposal, *, at: datetime) -> None:
        """Keep what is written of the next version, to go on later."""
        if proposal != self.draft:
            self.draft, self.draft_saved_at = proposal, at

    def put_to_person(
        self, proposal: Proposal, *, agreed: bool, because: str = "", by: str, at: datetime, now: datetime
    ) -> None:
        """A new version, with what the person said of it. Only one that they agree with takes the place of the last."""
        last = self.versions[-1] if self.versions else None
        if last and (last.proposal, last.agreed, last.at) == (proposal, agreed, at):
            return
        if at > now:
            raise refusals.InTheFuture("A plan that was agreed cannot be dated in the future.")
        if proposal.review_on is not None and proposal.review_on < at.date():
            raise refusals.ReviewInThePast("The day of the review comes after the day on which it was agreed.")
        if not agreed and not because:
            raise refusals.NotAgreed("Write down why the person does not agree: it is their plan.")
        version = Version(
            number=len(self.versions) + 1,
            proposal=proposal,
            agreed=agreed,
            not_agreed_because="" if agreed else because,
            needs=self.needs,
            at=at,
            by=by,
        )
        self.versions.append(version)
        self.draft = self.draft_saved_at = None
        if agreed:
            self._say_agreed(version)

    def give_copy(self, how: CopyGiven) -> None:
        """The person now has their own copy of the version that holds; what was agreed is as it was."""
        if (holds := self.agreed) is not None and holds.proposal.copy_given is not how:
            place = self.versions.index(holds)
            self.versions[place] = replace(holds, proposal=replace(holds.proposal, copy_given=how))

    def _say_agreed(self, version: Version) -> None:
        self.record(
            facts.PlanAgreed(
                plan_id=self.id,
                case_id=self.case_id,
                person_id=self.person_id,
                number=version.number,
                at=version.at,
                goal_tags=version.proposal.goal_tags,
                need_areas=tuple(need.area for need in version.needs if need.level is not NeedLevel.GOING_WELL),
                review_on=version.proposal.review_on,
            )
        )
