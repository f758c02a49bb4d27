"""Files of introductions: sent, checked, started, watched, and what became of their rows."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from pydantic import BaseModel, ConfigDict

from alliance.web import PathId, ProblemRaised, answers
from intake.api.giving import (
    Importing,
    SeeingImports,
    TheClock,
    TheImports,
    TheIntroductions,
    TheKeys,
    TheMatches,
    TheParts,
)
from intake.api.import_columns import COLUMNS
from intake.api.import_file import check_file
from intake.application import importing as ask
from intake.domain.imported import Outcome
from intake.domain.importing import Import, ImportState

router = APIRouter(prefix="/api/v1/imports", tags=["imports"])

After = Annotated[str | None, Query(pattern=r"^at:[0-9a-f:-]{1,100}$")]
Limit = Annotated[int, Query(ge=1, le=200)]
_CSV = {
    "requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string", "maxLength": 8388608}}}}
}


class ImportAnswer(BaseModel):
    """`good`, `bad`, `seen`: found by the check. The rest: what has become of the good ones so far."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    state: ImportState
    rows: int
    good: int
    bad: int
    seen: int
    worked_off: int
    received: int
    already: int
    failed: int


class ImportsAnswer(BaseModel):
    items: list[ImportAnswer]
    next: str | None


class TroubleAnswer(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    row: int
    column: str
    why: str


class RowAnswer(BaseModel):
    """A row that is about somebody known, perhaps (`like`: their ids), or that had been imported before."""

    model_config = ConfigDict(from_attributes=True)

    row: int
    outcome: Outcome
    introduction_id: str
    like: tuple[str, ...]


class ImportResult(ImportAnswer):
    troubles: list[TroubleAnswer]
    notable: list[RowAnswer]


class ColumnAnswer(BaseModel):
    name: str
    about: str


@router.get("")
async def imports_so_far(
    _: SeeingImports, imports: TheImports, after: After = None, limit: Limit = 50
) -> ImportsAnswer:
    """Newest first."""
    page = await ask.imports_so_far(imports, after=after, limit=limit)
    return ImportsAnswer(items=[ImportAnswer.model_validate(each) for each in page.items], next=page.next)


@router.get("/columns")
async def columns(_: SeeingImports) -> list[ColumnAnswer]:
    """The headings that a file may have, and what each column is for."""
    return [ColumnAnswer(name=name, about=about) for name, about in COLUMNS.items()]


@router.post("", status_code=201, openapi_extra=_CSV, responses=answers(400, 413, 415))
async def put(
    request: Request,
    command: Importing,
    imports: TheImports,
    parts: TheParts,
    introductions: TheIntroductions,
    keys: TheKeys,
    clock: TheClock,
    content_type: Annotated[str, Header(include_in_schema=False)] = "",
) -> ImportAnswer:
    """Check a file (CSV, UTF-8): nothing is imported before it is started."""
    if content_type.partition(";")[0].strip().lower() != "text/csv":
        raise ProblemRaised(415)
    checked = await check_file(await request.body(), await keys())
    asked = ask.PutImport(
        import_id=command.id,
        by=command.caller.subject,
        organisation=command.caller.organisation,
        rows=checked.rows,
        troubles=checked.troubles,
    )
    return _answer(await ask.put_import(asked, imports, parts, introductions, clock))


@router.get("/{import_id}")
async def record(
    import_id: PathId, _: SeeingImports, imports: TheImports, parts: TheParts, matches: TheMatches
) -> ImportResult:
    """How far it has got, what is wrong with which row, and which rows are about somebody known, perhaps."""
    found = await imports.get(import_id)
    return ImportResult(
        **_answer(found).model_dump(),
        troubles=[TroubleAnswer.model_validate(each) async for each in ask.troubles_of(found, parts)],
        notable=[RowAnswer.model_validate(each) async for each in ask.notable_of(found, parts, matches)],
    )


@router.post("/{import_id}/start")
async def start(import_id: PathId, _: Importing, imports: TheImports, clock: TheClock) -> ImportAnswer:
    """Import what the check found to be good."""
    await ask.start_import(import_id, imports, clock)
    return _answer(await imports.get(import_id))


@router.post("/{import_id}/cancel")
async def cancel(import_id: PathId, _: Importing, imports: TheImports, clock: TheClock) -> ImportAnswer:
    """Begin no further rows; what is imported stays."""
    await ask.cancel_import(import_id, imports, clock)
    return _answer(await imports.get(import_id))


def _answer(found: Import) -> ImportAnswer:
    return ImportAnswer.model_validate(found)
