"""What may be asked of an import: put a checked file, start it, cancel it; and what is told of it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

from alliance.kernel import Clock, acting, provenance
from alliance.store import Page
from intake.application.collections import Imports, Introductions, Parts
from intake.domain.imported import PART_ROWS, Done, Part, Row, Trouble, part_id
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


async def notable_of(found: Import, parts: Parts) -> AsyncIterator[Done]:
    """Rows that are imported and may be about somebody known, and rows that had been imported before."""
    async for part in _parts_of(found, parts):
        for done in part.done:
            if done.like or done.again:
                yield done


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
