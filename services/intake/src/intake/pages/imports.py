"""Files of introductions: choose one, see what is wrong with it, start it, watch it, take away what to look at."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import FileQuestion, Form, Show, attempt, may, page_router, sent
from alliance.web.pages.listing import Cell, Column, Listing, Row, csv_of
from alliance.web.pages.live import changes_route
from intake.api.giving import (
    MOST_BYTES,
    MOST_ROWS,
    TheClock,
    TheComparing,
    TheImports,
    TheIntroductions,
    TheKeys,
    TheMatches,
    TheParts,
    check_file,
    template,
)
from intake.application import importing as ask
from intake.application.collections import Matches, Parts
from intake.domain.importing import Import, ImportState
from intake.domain.reference import reference_for
from intake.pages.giving import Importing, MayImport, SeeingImports, TheLive
from intake.pages.import_words import LIST, TROUBLES, found_by_check, told

router = page_router("/imports")

After = Annotated[str | None, Query(max_length=200)]
SHOWN = 50

changes_route(router, "/changes", "imports", allowed=may("import.read"))


class FileForm(Form):
    file = FileQuestion(
        "The file",
        most=MOST_BYTES,
        accept=".csv,text/csv",
        hint=f"CSV, at most {MOST_ROWS:,} rows. Nothing is imported before you have seen what we found in it.",
        missing="Choose a file",
    )


class StepForm(Form):
    """Nothing to fill in."""


@router.get("")
async def list_imports(_: SeeingImports, imports: TheImports, show: Show, after: After = None) -> Response:
    page = await ask.imports_so_far(imports, after=after)
    names = await show.names({each.by for each in page.items})
    rows: list[Row] = [
        [
            Cell(show.shell.environment.filters["when"](each.checked_at), href=f"/imports/{each.id}"),
            names[each.by],
            told(each).state,
            each.rows,
            each.received,
            each.bad,
        ]
        for each in page.items
    ]
    listing = Listing("Imports", LIST, rows, next=page.next, after=after, caption_hidden=True, empty="No imports yet.")
    return await show("intake/imports.html", title="Import introductions", listing=listing, back="/introductions")


@router.get("/new")
async def ask_for_a_file(_: MayImport, show: Show) -> Response:
    return await _asking(FileForm.fresh(), show)


@router.post("/new")
async def check(
    command: Importing,
    form: Annotated[FileForm, sent(FileForm)],
    imports: TheImports,
    parts: TheParts,
    introductions: TheIntroductions,
    keys: TheKeys,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            checked = await check_file(form.file.data, await keys())
            asked = ask.PutImport(
                import_id=command.id,
                by=command.caller.subject,
                organisation=command.caller.organisation,
                rows=checked.rows,
                troubles=checked.troubles,
            )
            await ask.put_import(asked, imports, parts, introductions, clock)
            return show.done(f"/imports/{command.id}", "The file is checked. Nothing is imported yet.")
    return await _asking(form, show)


async def _asking(form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Import introductions from a file",
        submit="Check the file",
        back="/imports",
        template="intake/import_new.html",
    )


@router.get("/template.csv")
async def template_file(_: SeeingImports) -> Response:
    return Response(
        template(),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="introductions.csv"'},
    )


@router.get("/{import_id}")
async def record(
    import_id: PathId,
    _: SeeingImports,
    imports: TheImports,
    parts: TheParts,
    comparing: TheComparing,
    live: TheLive,
    show: Show,
) -> Response:
    seen = await live.seen("imports")
    found = await imports.get(import_id)
    return await show(
        "intake/import.html",
        title="An import of introductions",
        back="/imports",
        found=found,
        names=await show.names({found.by}),
        found_by_check=found_by_check(found),
        told=told(found),
        troubles=await _troubles(found, parts),
        start=StepForm.fresh(),
        seen=seen,
        waiting=found.state is ImportState.CHECKED,
        comparing_since=await comparing.since(),
    )


@router.get("/{import_id}/rows")
async def progress(
    import_id: PathId, _: SeeingImports, imports: TheImports, comparing: TheComparing, show: Show
) -> Response:
    found = await imports.get(import_id)
    since = await comparing.since()
    return await show("intake/import_rows.html", found=found, told=told(found), comparing_since=since)


@router.post("/{import_id}/start")
async def start(import_id: PathId, _: Importing, imports: TheImports, clock: TheClock, show: Show) -> Response:
    await ask.start_import(import_id, imports, clock)
    return show.done(f"/imports/{import_id}", "The import has begun. You may leave this page; it goes on.")


@router.get("/{import_id}/cancel")
async def ask_about_cancelling(import_id: PathId, _: MayImport, imports: TheImports, show: Show) -> Response:
    found = await imports.get(import_id)
    return await _cancelling(found, StepForm.fresh(), show)


@router.post("/{import_id}/cancel")
async def cancel(
    import_id: PathId,
    command: Importing,
    form: Annotated[StepForm, sent(StepForm)],
    imports: TheImports,
    clock: TheClock,
    show: Show,
) -> Response:
    with attempt(form, command):
        await ask.cancel_import(import_id, imports, clock)
        return show.done(f"/imports/{import_id}", "The import is cancelled. What is imported stays.")
    return await _cancelling(await imports.get(import_id), form, show)


async def _cancelling(found: Import, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Cancel this import",
        submit="Cancel the import",
        back=f"/imports/{found.id}",
        warning=f"No further rows are imported. The {found.received:,} that are imported stay.",
    )


@router.get("/{import_id}/errors.csv")
async def errors_file(import_id: PathId, _: SeeingImports, imports: TheImports, parts: TheParts) -> Response:
    found = await imports.get(import_id)
    listing = Listing("Rows with errors", TROUBLES, [])
    return csv_of(listing, "rows-with-errors", _rows_of(found, parts))


@router.get("/{import_id}/to-look-at.csv")
async def notable_file(
    import_id: PathId, _: SeeingImports, imports: TheImports, parts: TheParts, matches: TheMatches
) -> Response:
    """Ids and references only: who it is stands in the record, for those who may open it."""
    found = await imports.get(import_id)
    columns = [Column(key, key.replace("_", " ").capitalize()) for key in ("row", "why", "introduction", "id", "like")]
    return csv_of(Listing("Rows to look at", columns, []), "rows-to-look-at", _notable(found, parts, matches))


async def _troubles(found: Import, parts: Parts) -> Listing:
    """The first few; the file has all."""
    rows: list[Row] = []
    async for row in _rows_of(found, parts):
        rows.append(row)
        if len(rows) == SHOWN:
            break
    caption = f"The first {SHOWN} errors" if len(rows) == SHOWN else "Rows with errors"
    return Listing(caption, TROUBLES, rows, csv=f"/imports/{found.id}/errors.csv", empty="No row has an error.")


async def _rows_of(found: Import, parts: Parts) -> AsyncIterator[Row]:
    async for trouble in ask.troubles_of(found, parts):
        yield [f"{trouble.row}", trouble.column or "–", trouble.why]


async def _notable(found: Import, parts: Parts, matches: Matches) -> AsyncIterator[Row]:
    async for done in ask.notable_of(found, parts, matches):
        why = "May be somebody known" if done.like else "Imported before"
        yield [f"{done.row}", why, reference_for(done.introduction_id), done.introduction_id, " ".join(done.like)]
