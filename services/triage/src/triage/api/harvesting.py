"""What a harvester asks for: which page, and the filters of Open Referral UK beside our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from math import ceil
from typing import Annotated, Literal, TypeVar

from fastapi import Query

from triage.api.hsds import Page
from triage.api.published import changed_at, organization_id
from triage.application.showcase import Sought
from triage.domain.codes import HelpArea, Support, Weekday
from triage.domain.fit import Standing
from triage.domain.particulars import Hours
from triage.domain.vocabulary import terms_of

T = TypeVar("T")
Words = Annotated[str, Query(max_length=200)]
Named = Annotated[str | None, Query(max_length=64)]
Age = Annotated[float | None, Query(ge=0, le=130)]


@dataclass(frozen=True)
class Paging:
    """`page` and `per_page` as the standard has them. Of its formats JSON alone is given."""

    page: Annotated[int, Query(ge=1, le=10_000)] = 1
    per_page: Annotated[int, Query(ge=1, le=200)] = 50
    format: Literal["json"] = "json"

    def of(self, found: Sequence[T]) -> Page[T]:
        """A page behind the last one is empty."""
        return _page(found[(self.page - 1) * self.per_page : self.page * self.per_page], self, len(found))

    def all_of(self, found: Sequence[T]) -> Page[T]:
        """Everything at once, whichever page was asked for."""
        return _page(found, Paging(1, max(1, len(found))), len(found))


def _page(shown: Sequence[T], paging: Paging, total: int) -> Page[T]:
    pages = ceil(total / paging.per_page)
    return Page(
        total_items=total,
        total_pages=pages,
        page_number=paging.page,
        size=len(shown),
        first_page=paging.page == 1,
        last_page=paging.page >= pages,
        empty=not shown,
        contents=list(shown),
    )


@dataclass(frozen=True)
class Wanted:
    """Which services. Ages and times mean what the UK profile says of them; one line of hours has to fit them all."""

    search: Words = ""
    modified_after: datetime | None = None
    organization_id: Named = None
    taxonomy_term_id: Named = None
    taxonomy_id: Named = None
    minimum_age: Age = None
    maximum_age: Age = None
    day: Weekday | None = None
    start_time: time | None = None
    end_time: time | None = None
    kind: Support | None = None
    helps_with: HelpArea | None = None
    area: Annotated[str | None, Query(max_length=60)] = None
    language: Annotated[str | None, Query(pattern=r"^[a-z]{2,3}$")] = None

    @property
    def sought(self) -> Sought:
        return Sought(
            kind=self.kind, helps_with=self.helps_with, area=self.area, language=self.language, words=self.search
        )

    def finds(self, standing: Standing) -> bool:
        entry, says = standing.entry, standing.entry.says
        terms = terms_of(says)
        low, high = self.minimum_age, self.maximum_age
        return (
            self.organization_id in (None, organization_id(entry))
            and (self.taxonomy_term_id is None or any(term.id == self.taxonomy_term_id for term in terms))
            and (self.taxonomy_id is None or any(term.taxonomy_id == self.taxonomy_id for term in terms))
            and (self.modified_after is None or changed_at(entry) >= _with_zone(self.modified_after))
            and (low is None or (says.minimum_age is not None and says.minimum_age >= low))
            and (high is None or (says.maximum_age is not None and says.maximum_age <= high))
            and (not self._asks_for_hours or any(self._fit(hours) for hours in says.hours))
        )

    @property
    def _asks_for_hours(self) -> bool:
        return (self.day, self.start_time, self.end_time) != (None, None, None)

    def _fit(self, hours: Hours) -> bool:
        return (
            (self.day is None or self.day in hours.days)
            and (self.start_time is None or hours.opens_at >= self.start_time.replace(tzinfo=None))
            and (self.end_time is None or hours.closes_at <= self.end_time.replace(tzinfo=None))
        )


def _with_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
