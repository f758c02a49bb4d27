"""What pages are given beside what the API is given, by annotation."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, TypeVar

from fastapi import Query

from alliance.access import Access
from alliance.kernel import Aggregate
from alliance.store import Page
from alliance.web.pages import may
from housing.domain.stages import Stage

A = TypeVar("A", bound=Aggregate)

SEVERAL = 50

Start = Annotated[Access, may("home.see")]
After = Annotated[str | None, Query(max_length=200)]
ChosenArea = Annotated[str, Query(pattern=r"^([A-Z]{1,2}[0-9][0-9A-Z]?)?$")]
ChosenStage = Annotated[str, Query(pattern=rf"^({'|'.join(stage.value for stage in Stage)})?$")]
"""Filters send an empty text for "all"."""


async def every(page: Callable[[str | None], Awaitable[Page[A]]]) -> AsyncIterator[A]:
    """All of a list, page by page: `every(lambda after: queries.pipeline(placements, stage=None, after=after, …))`."""
    after: str | None = None
    while True:
        found = await page(after)
        for each in found.items:
            yield each
        if found.next is None:
            return
        after = found.next
