"""Who could take a case, and why: suggestions that explain themselves and decide nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from triage.domain.codes import HelpArea

CONTINUITY, KNOWS, LANGUAGE, AREA, ROOM, OWN_TEAM = 8, 6, 5, 3, 2, 1
"""What speaks for somebody, by weight: a person should not have to tell their story again."""
HARDLY = -20
"""What speaks against: away, or no room. Still shown, after all others."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What matters about the case. `language`: of the interpreter whom the person needs."""

    points: int
    language: str | None = None
    help_areas: tuple[HelpArea, ...] = ()
    named: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    key_worker: str | None = None
    team_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A member of a team, with what they carry now."""

    subject: str
    team_id: str
    team: str
    organisation: str
    areas: tuple[HelpArea, ...] = ()
    languages: tuple[str, ...] = ()
    carries: int
    capacity: int
    away_until: date | None = None

    @property
    def room(self) -> int:
        """Points; negative where somebody carries too much."""
        return self.capacity - self.carries


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """`reasons` and `doubts` are sentences without personal data."""

    candidate: Candidate
    rank: int
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = field(default=())

    @property
    def fits(self) -> bool:
        return not self.doubts


def suggest(wanted: Wanted, candidates: Iterable[Candidate], today: date) -> list[Suggestion]:
    """The best first; whoever is the key worker already is left out. Equal ones: who has more room, then by subject."""
    found = [_weighed(wanted, each, today) for each in candidates if each.subject != wanted.key_worker]
    return sorted(
        found, key=lambda each: (-each.rank, each.candidate.carries - each.candidate.capacity, each.candidate.subject)
    )


def _weighed(wanted: Wanted, who: Candidate, today: date) -> Suggestion:
    reasons: list[tuple[int, str]] = []
    doubts: list[str] = []
    if who.subject in wanted.named:
        reasons.append((CONTINUITY, "Is a named worker of this person already."))
    elif who.subject in wanted.former:
        reasons.append((KNOWS, "Knows the person: has worked with them before."))
    if wanted.language and wanted.language in who.languages:
        reasons.append((LANGUAGE, "Speaks the person's language."))
    if shared := [area for area in wanted.help_areas if area in who.areas]:
        reasons.append((AREA, f"Their team helps with {_listed(shared)}."))
    if wanted.team_id == who.team_id:
        reasons.append((OWN_TEAM, "Is in the team that has the case."))
    if who.room >= wanted.points:
        reasons.append((ROOM, f"Has room: carries {who.carries} of {who.capacity} points."))
    else:
        doubts.append(f"Has no room for it: carries {who.carries} of {who.capacity} points.")
    if who.away_until and who.away_until > today:
        doubts.append(f"Is away until {who.away_until.day} {who.away_until:%B %Y}.")
    rank = sum(weight for weight, _ in reasons) + HARDLY * len(doubts)
    return Suggestion(
        candidate=who, rank=rank, reasons=tuple(sentence for _, sentence in reasons), doubts=tuple(doubts)
    )


def _listed(areas: Sequence[HelpArea]) -> str:
    words = [area.replace("-", " ") for area in areas]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
