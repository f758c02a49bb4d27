"""How well an entry of the directory fits a person: information in sentences, never a gate (there are no criteria)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from triage.domain.codes import EntryStatus, HelpArea
from triage.domain.declining import Parked
from triage.domain.entry import Entry, Freshness
from triage.domain.place import Wait


class Aspect(StrEnum):
    """What is compared, the weightiest first."""

    STATUS = "status"
    PARKED = "parked"
    TAKING_ON = "taking-on"
    ROOM = "room"
    HELP = "help"
    AREA = "area"
    LANGUAGE = "language"
    AGE = "age"
    WAIT = "wait"
    FRESHNESS = "freshness"


BY_CONFIRMATION = (Aspect.STATUS, Aspect.PARKED, Aspect.TAKING_ON, Aspect.ROOM)
"""Where one of these does not fit, an offer asks for a confirmation, and still goes through."""


@dataclass(frozen=True, kw_only=True)
class Wants:
    """What is known of the person; None and nothing where it is not."""

    age: int | None = None
    language: str | None = None
    """The one for which an interpreter is needed."""
    help_areas: tuple[HelpArea, ...] = ()
    area: str | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An entry as it stands now: how many places are taken, and how long people waited."""

    entry: Entry
    freshness: Freshness
    taken: int = 0
    measured: Wait | None = None

    @property
    def free(self) -> int | None:
        """Never below none: a place may be taken beyond what the provider said."""
        return None if self.entry.room.places is None else max(0, self.entry.room.places - self.taken)


@dataclass(frozen=True, kw_only=True)
class Fit:
    """`points` say for each aspect whether it fits; an aspect of which nothing is known says nothing."""

    standing: Standing
    points: dict[Aspect, bool]
    parked: Parked | None = None

    @property
    def entry(self) -> Entry:
        return self.standing.entry

    @property
    def asks(self) -> list[Aspect]:
        """What somebody who offers it all the same has to confirm."""
        return [aspect for aspect in BY_CONFIRMATION if self.points.get(aspect) is False]

    @property
    def order(self) -> tuple[object, ...]:
        """What needs a confirmation last, then by how much does not fit, then by what does, then by the real wait."""
        against = sum(not fits for fits in self.points.values())
        wait = self.standing.measured.median_days if self.standing.measured else 10_000
        return (len(self.asks), against, -sum(self.points.values()), wait, self.entry.listed)


def fit_of(standing: Standing, wants: Wants, parked: Parked | None, today: date) -> Fit:
    points = {aspect: fits for aspect, fits in _points(standing, wants, parked, today) if fits is not None}
    return Fit(standing=standing, points=points, parked=parked)


def best_first(fits: Iterable[Fit]) -> list[Fit]:
    return sorted(fits, key=lambda fit: fit.order)


LONG = 28
"""Days: a measured wait above this does not fit (NHSE: help within four weeks)."""


def _points(
    standing: Standing, wants: Wants, parked: Parked | None, today: date
) -> Sequence[tuple[Aspect, bool | None]]:
    entry, says = standing.entry, standing.entry.says
    pause = entry.room.pause
    paused = pause is not None and (pause.until is None or pause.until > today)
    return (
        (Aspect.STATUS, None if says.status is EntryStatus.ACTIVE else False),
        (Aspect.PARKED, False if parked else None),
        (Aspect.TAKING_ON, False if paused else None),
        (Aspect.ROOM, None if standing.free is None else standing.free > 0),
        (Aspect.HELP, _any_of(wants.help_areas, says.helps_with)),
        (Aspect.AREA, None if wants.area is None or not says.areas else wants.area in says.areas),
        (Aspect.LANGUAGE, _spoken(wants.language, says.languages, interpretation=bool(says.interpretation))),
        (Aspect.AGE, _within(wants.age, says.minimum_age, says.maximum_age)),
        (Aspect.WAIT, None if standing.measured is None else standing.measured.median_days <= LONG),
        (Aspect.FRESHNESS, standing.freshness in (Freshness.ASSURED, Freshness.RUNS_OUT_SOON)),
    )


def _any_of(wanted: tuple[HelpArea, ...], given: tuple[HelpArea, ...]) -> bool | None:
    return bool(set(wanted) & set(given)) if wanted and given else None


def _spoken(language: str | None, languages: tuple[str, ...], *, interpretation: bool) -> bool | None:
    return None if language is None else language in languages or interpretation


def _within(age: int | None, low: int | None, high: int | None) -> bool | None:
    if age is None or (low is None and high is None):
        return None
    return (low is None or age >= low) and (high is None or age <= high)
