"""The national measure of community waits: a person's referral spells, worked out from their cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from alliance.kernel import Aggregate, to_text
from triage.domain.national import Evidence, FullStop, days_between
from triage.domain.scores import Scores

ABSORBS_DAYS = 5
"""What opens within five days of the prior ending belongs to the same spell (referral-spell method, September 2024)."""
STANDARD_DAYS = 28
"""The national standard: the day count to the full stop is below this."""
KEPT_CONTACTS = 2
"""No rule asks for more contacts than two (the older dashboard)."""


class Band(StrEnum):
    """How long, in weeks, by the bands of the national dashboard; each begins with its lower end."""

    UNDER_1 = "under-1-week"
    FROM_1 = "1-to-2-weeks"
    FROM_2 = "2-to-4-weeks"
    FROM_4 = "4-to-12-weeks"
    FROM_12 = "12-weeks-or-more"


def band_of(days: int) -> Band:
    """`days` as counted on the calendar: 28 is no longer within four weeks."""
    limits = ((7, Band.UNDER_1), (14, Band.FROM_1), (28, Band.FROM_2), (84, Band.FROM_4))
    return next((band for limit, band in limits if days < limit), Band.FROM_12)


@dataclass(kw_only=True)
class Episode:
    """One case, as far as the measure looks at it. Whatever order the news comes in, it ends up the same."""

    case_id: str
    received_at: datetime | None = None
    """None until its opening is heard."""
    closed: list[datetime] = field(default_factory=list)
    undone: list[datetime] = field(default_factory=list)
    """Closings that a reopening undid."""
    contacts: list[datetime] = field(default_factory=list)
    assessed_at: datetime | None = None
    planned_at: datetime | None = None
    started_at: datetime | None = None
    scores: Scores = field(default_factory=Scores)

    @property
    def ended_at(self) -> datetime | None:
        """When it was closed for good, as far as is known; the earliest, where the same closing was told twice."""
        return min((at for at in self.closed if at not in self.undone), default=None)

    @property
    def evidence(self) -> Evidence:
        first = self.received_at
        measured = self.scores.first_at(first) if first else None
        return Evidence(
            contacts=tuple(self.contacts),
            assessed=_known(self.assessed_at),
            measured=_known(measured),
            planned=_known(self.planned_at),
            started=_known(self.started_at),
        )


class Standing(StrEnum):
    """Where a spell stands: no full stop yet, one and still open, all of its cases closed."""

    WAITING = "waiting"
    STOPPED = "stopped"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Spell:
    """One referral spell: from the first introduction until the last of its cases is closed."""

    number: int
    started_at: datetime
    ended_at: datetime | None
    case_ids: tuple[str, ...]
    stopped_at: datetime | None
    """The full stop; None while a part of the required mix is missing."""
    second_contact_at: datetime | None

    @property
    def standing(self) -> Standing:
        if self.ended_at is not None:
            return Standing.ENDED
        return Standing.STOPPED if self.stopped_at is not None else Standing.WAITING

    def days(self, now: datetime) -> int:
        """The day count until the full stop, else until the spell ended, else until now. No pause counts here."""
        return days_between(self.started_at, self.stopped_at or self.ended_at or now)

    def band(self, now: datetime) -> Band:
        return band_of(self.days(now))

    @property
    def within_standard(self) -> bool | None:
        """Whether the full stop came in time; None where there is none."""
        return None if self.stopped_at is None else days_between(self.started_at, self.stopped_at) < STANDARD_DAYS


@dataclass(kw_only=True)
class Spells(Aggregate):
    """All spells of one person, whose id this has; of one of their records, where they are known by several.

    The spells are not kept but worked out, since a case heard of late may join two spells that looked apart.
    """

    indexed: ClassVar[tuple[str, ...]] = ("listed",)

    rule: FullStop = field(default_factory=FullStop)
    episodes: list[Episode] = field(default_factory=list)

    @classmethod
    def of_one_person(cls, person_id: str, records: Sequence["Spells"]) -> "Spells":
        """Of a person who is known by several records, by the id that goes on: their cases count together."""
        return cls(
            id=person_id, rule=records[0].rule, episodes=[each for record in records for each in record.episodes]
        )

    def note_opened(self, case_id: str, *, received_at: datetime) -> None:
        episode = self._of(case_id)
        episode.received_at = min(received_at, episode.received_at or received_at)

    def note_closed(self, case_id: str, *, at: datetime) -> None:
        _put(self._of(case_id).closed, at)

    def note_reopened(self, case_id: str, *, closed_at: datetime) -> None:
        _put(self._of(case_id).undone, closed_at)

    def note_contact(self, case_id: str, *, at: datetime, assessed: bool) -> None:
        """`assessed`: needs were talked about, which makes it a meaningful assessment."""
        episode = self._of(case_id)
        _put(episode.contacts, at)
        del episode.contacts[KEPT_CONTACTS:]
        if assessed:
            episode.assessed_at = min(at, episode.assessed_at or at)

    def note_planned(self, case_id: str, *, at: datetime) -> None:
        episode = self._of(case_id)
        episode.planned_at = min(at, episode.planned_at or at)

    def note_started(self, case_id: str, *, at: datetime) -> None:
        episode = self._of(case_id)
        episode.started_at = min(at, episode.started_at or at)

    def note_scores(self, case_id: str, scores: Scores) -> None:
        """More of what was measured, or what is known better."""
        episode = self._of(case_id)
        episode.scores = episode.scores.with_(scores)

    @property
    def spells(self) -> list[Spell]:
        """Oldest first, numbered from 1."""
        groups: list[list[Episode]] = []
        for episode in sorted(
            (each for each in self.episodes if each.received_at), key=lambda each: (to_text(_begun(each)), each.case_id)
        ):
            if groups and _absorbs(groups[-1], episode):
                groups[-1].append(episode)
            else:
                groups.append([episode])
        return [_spell(number, group, self.rule) for number, group in enumerate(groups, 1)]

    @property
    def standing(self) -> Standing | None:
        """Where the latest spell stands; None before any case was opened."""
        return spells[-1].standing if (spells := self.spells) else None

    @property
    def listed(self) -> str | None:
        """The list by where the latest spell stands, the longest running first."""
        if not (spells := self.spells):
            return None
        latest = spells[-1]
        return f"{latest.standing}:{to_text(latest.started_at)}:{self.id}"

    def _of(self, case_id: str) -> Episode:
        if found := next((each for each in self.episodes if each.case_id == case_id), None):
            return found
        self.episodes.append(Episode(case_id=case_id))
        self.episodes.sort(key=lambda each: each.case_id)
        return next(each for each in self.episodes if each.case_id == case_id)


def _absorbs(group: Iterable[Episode], later: Episode) -> bool:
    """Whether `later` is concurrent with a spell's episodes, or opens soon enough after the last of them ended."""
    ends = [episode.ended_at for episode in group]
    return any(end is None or days_between(end, _begun(later)) <= ABSORBS_DAYS for end in ends)


def _spell(number: int, group: list[Episode], rule: FullStop) -> Spell:
    started_at = _begun(group[0])
    ends = [episode.ended_at for episode in group]
    ended_at = None if None in ends else max(end for end in ends if end)
    evidence = _together(episode.evidence for episode in group)
    stopped_at = evidence.stopped_at(rule)
    contacts = sorted(evidence.contacts)
    return Spell(
        number=number,
        started_at=started_at,
        ended_at=ended_at,
        case_ids=tuple(episode.case_id for episode in group),
        stopped_at=max(stopped_at, started_at) if stopped_at else None,
        second_contact_at=contacts[1] if len(contacts) > 1 else None,
    )


def _together(found: Iterable[Evidence]) -> Evidence:
    whole = Evidence()
    for each in found:
        whole = replace(
            whole,
            contacts=(*whole.contacts, *each.contacts),
            assessed=(*whole.assessed, *each.assessed),
            measured=(*whole.measured, *each.measured),
            planned=(*whole.planned, *each.planned),
            started=(*whole.started, *each.started),
        )
    return whole


def _begun(episode: Episode) -> datetime:
    assert episode.received_at is not None
    return episode.received_at


def _put(moments: list[datetime], at: datetime) -> None:
    if at not in moments:
        moments.append(at)
        moments.sort()


def _known(at: datetime | None) -> tuple[datetime, ...]:
    return (at,) if at else ()
