"""What the directory's API takes and answers."""

from datetime import datetime, time
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from alliance.web import Body, Day, Id, Line, Passage
from triage.domain.codes import EntryStatus, HelpArea, PauseReason, Support, Weekday
from triage.domain.entry import Freshness, Pause, Room
from triage.domain.fit import Aspect, Fit, Standing
from triage.domain.particulars import Hours, Particulars, Phone, Where

Area = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,60}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Feature = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,39}$")]
Term = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]{1,200}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^\s@<>\"]{1,100}@[^\s@<>\"]{1,100}$")]
Age = Annotated[int, Field(ge=0, le=130)]
Clock = Annotated[time, Field(description="local time")]
"""HH:MM."""


class PhoneBody(Body):
    number: Line
    confidential: bool = False


class HoursBody(Body):
    days: list[Weekday] = Field(min_length=1, max_length=7)
    opens_at: Clock
    closes_at: Clock


class WhereBody(Body):
    address: Line
    postcode: Annotated[str, StringConstraints(max_length=10)] = ""
    confidential: bool = False


class EntryBody(Body):
    """What an entry says; eligibility and ages are information and shut nobody out."""

    name: Line
    kind: Support
    status: EntryStatus = EntryStatus.ACTIVE
    description: Passage | None = None
    helps_with: list[HelpArea] = Field(default_factory=list, max_length=8)
    alert: Line | None = None
    url: Url | None = None
    email: Email | None = None
    phones: list[PhoneBody] = Field(default_factory=list, max_length=10)
    confidential_contact: Passage | None = None
    eligibility: Passage | None = None
    minimum_age: Age | None = None
    maximum_age: Age | None = None
    fees: Line | None = None
    wait_time: Line | None = None
    application_process: Passage | None = None
    interpretation: Line | None = None
    accessibility: list[Feature] = Field(default_factory=list, max_length=20)
    languages: list[LanguageCode] = Field(default_factory=list, max_length=40)
    hours: list[HoursBody] = Field(default_factory=list, max_length=14)
    where: WhereBody | None = None
    areas: list[Area] = Field(default_factory=list, max_length=60)
    terms: list[Term] = Field(default_factory=list, max_length=60)

    def particulars(self) -> Particulars:
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else "" if value is None else value
            for name, value in self
            if name in EntryBody.model_fields and name not in ("phones", "hours", "where", "minimum_age", "maximum_age")
        }
        return Particulars(
            **plain,
            minimum_age=self.minimum_age,
            maximum_age=self.maximum_age,
            phones=tuple(Phone(**dict(each)) for each in self.phones),
            hours=tuple(
                Hours(days=tuple(each.days), opens_at=_minute(each.opens_at), closes_at=_minute(each.closes_at))
                for each in self.hours
            ),
            where=Where(**dict(self.where)) if self.where else None,
        )


def _minute(moment: time) -> time:
    """Opening times have no seconds and no zone of their own."""
    return moment.replace(second=0, microsecond=0, tzinfo=None)


class PauseBody(Body):
    reason: PauseReason
    until: Day | None = None


class RoomBody(Body):
    """`places` for the alliance's people; null where nobody counts them. `pause`: nobody is taken on now."""

    places: int | None = Field(default=None, ge=0, le=1_000)
    free_expected_on: Day | None = None
    pause: PauseBody | None = None

    def room(self, now: datetime) -> Room:
        pause = Pause(reason=self.pause.reason, since=now, until=self.pause.until) if self.pause else None
        return Room(places=self.places, free_expected_on=self.free_expected_on, pause=pause)


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class EntryId(_Answer):
    entry_id: str


class EntryAnswer(_Answer):
    """An entry as it stands. Confidential parts are null or left out for those who may not see them."""

    id: str
    version: int | None
    organisation_id: str
    says: Particulars
    room: Room
    taken: int
    free: int | None
    freshness: Freshness
    assured_at: datetime | None
    assured_until: datetime
    assurer: str | None
    modified_at: datetime
    measured_median_days: float | None
    measured_of: int

    @classmethod
    def of(cls, standing: Standing, *, confidential: bool, version: int | None = None) -> Self:
        entry, measured = standing.entry, standing.measured
        return cls(
            id=entry.id,
            version=version,
            organisation_id=entry.organisation_id,
            says=entry.says if confidential else entry.says.published(),
            room=entry.room,
            taken=standing.taken,
            free=standing.free,
            freshness=standing.freshness,
            assured_at=entry.assured_at,
            assured_until=entry.assured_until,
            assurer=entry.assurer if confidential else None,
            modified_at=entry.modified_at,
            measured_median_days=measured.median_days if measured else None,
            measured_of=measured.of if measured else 0,
        )


class Entries(_Answer):
    items: list[EntryAnswer]
    next: str | None


class FitAnswer(_Answer):
    """`points` say for each aspect whether it fits; `asks` are those that an offer has to confirm by `anyway`."""

    service_id: str
    name: str
    kind: Support
    provider_id: str
    freshness: Freshness
    points: dict[Aspect, bool]
    asks: list[Aspect]
    parked_until: datetime | None

    @classmethod
    def of(cls, fit: Fit) -> Self:
        return cls(
            service_id=fit.entry.id,
            name=fit.entry.says.name,
            kind=fit.entry.says.kind,
            provider_id=fit.entry.organisation_id,
            freshness=fit.standing.freshness,
            points=fit.points,
            asks=fit.asks,
            parked_until=fit.parked.until if fit.parked else None,
        )


class Fits(_Answer):
    items: list[FitAnswer]


class ImportedEntry(EntryBody):
    id: Id
    organisation_id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class ImportBody(Body):
    """Up to 200 entries at once; the same again changes nothing."""

    entries: list[ImportedEntry] = Field(min_length=1, max_length=200)


class Imported(_Answer):
    """For each entry that was not taken, why."""

    taken: int
    refused: dict[str, str]
