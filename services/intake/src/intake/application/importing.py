"""What may be asked of an import: put a checked file, start it, cancel it; and what is told of it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

from alliance.kernel import Clock, acting, derived_id, provenance
from alliance.store import Page
from intake.application.collections import Imports, Introductions, Matches, Parts
from intake.domain.imported import PART_ROWS, Outcome, Part, Row, Trouble, part_id
from intake.domain.importing import Import, ImportState


@dataclass(frozen=True, kw_only=True)
class PutImport:
    """A file as the check left it."""

    import_id: str
    by: str
    organisation: str
    rows: Sequence[Row] = field(repr=False)
    troubles: Sequence[Trouble] = ()


async def put_import(
    command: PutImport, imports: Imports, parts: Parts, introductions: Introductions, clock: Clock
) -> Import:
    """The import first, as arriving, then its parts, then as checked: what a crash leaves half expires by itself."""
    cut = _cut(command)
    known = await introductions.known([row.introduction_id for row in command.rows])
    made = Import.check(
        id=command.import_id,
        by=command.by,
        organisation=command.organisation,
        at=clock.now(),
        parts=len(cut),
        good=len(command.rows),
        bad=len({trouble.row for trouble in command.troubles}),
        seen=len(known),
    )
    put = await imports.add(made)
    if put.state is ImportState.ARRIVING:
        for part in cut:
            await parts.add(part)
        with acting(replace(provenance(), mark=None)):  # the import itself has this command's mark already
            return await imports.change(command.import_id, Import.arrive)
    return put


async def start_import(id_: str, imports: Imports, clock: Clock) -> None:
    at = clock.now()
    await imports.change(id_, lambda found: found.start(at=at))


async def cancel_import(id_: str, imports: Imports, clock: Clock) -> None:
    at = clock.now()
    await imports.change(id_, lambda found: found.cancel(at=at))


async def imports_so_far(imports: Imports, *, after: str | None, limit: int = 50) -> Page[Import]:
    """Newest first."""
    return await imports.page("listed", "at:", after=after, limit=limit)


async def troubles_of(found: Import, parts: Parts) -> AsyncIterator[Trouble]:
    """What is wrong with rows that are not imported, in their order."""
    async for part in _parts_of(found, parts):
        for trouble in part.troubles:
            yield trouble


@dataclass(frozen=True, kw_only=True)
class Notable:
    """A row that had been imported before, or is about somebody who may be known (`like`: their ids)."""

    row: int
    outcome: Outcome
    introduction_id: str
    like: tuple[str, ...] = ()


async def notable_of(found: Import, parts: Parts, matches: Matches) -> AsyncIterator[Notable]:
    """In their order. Who may be somebody known is looked for once a row is imported: there may be more soon."""
    alike = await _alike(matches)
    async for part in _parts_of(found, parts):
        for done in part.done:
            like = alike.get(derived_id(done.introduction_id, "person"), ())
            again = done.outcome is Outcome.ALREADY
            if again or like:
                yield Notable(
                    row=done.row, outcome=done.outcome, introduction_id=done.introduction_id, like=() if again else like
                )


async def _alike(matches: Matches) -> dict[str, tuple[str, ...]]:
    """Of every record about which a question is open: which others it may be the same as."""
    found: dict[str, tuple[str, ...]] = {}
    after: str | None = None
    while True:
        page = await matches.page("queue", "open:", after=after, limit=200)
        for match in page.items:
            for one, other in ((match.older_id, match.newer_id), (match.newer_id, match.older_id)):
                found[one] = (*found.get(one, ()), other)
        if page.next is None:
            return found
        after = page.next


async def _parts_of(found: Import, parts: Parts) -> AsyncIterator[Part]:
    for number in range(found.parts):
        part = await parts.find(part_id(found.id, number))
        if part is not None:
            yield part


def _cut(command: PutImport) -> list[Part]:
    """By rows; what is wrong with others goes along in equal shares."""
    count = max(-(-len(command.rows) // PART_ROWS), -(-len(command.troubles) // (5 * PART_ROWS)), 1)
    share = -(-len(command.troubles) // count)
    return [
        Part.cut(
            command.import_id,
            number,
            list(command.rows[number * PART_ROWS : (number + 1) * PART_ROWS]),
            list(command.troubles[number * share : (number + 1) * share]),
        )
        for number in range(count)
    ]
