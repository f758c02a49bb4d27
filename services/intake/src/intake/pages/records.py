"""A person's gathered record: who has sent their part, what it says, and releasing it."""

from typing import Annotated

from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Show, attempt, page_router, sent
from intake.api.giving import ReadingRecordRequest, SeeingRecord, TheClock, TheRecordParts, TheRecordRequests
from intake.application import rights as ask
from intake.application.packaging import Told, package, parts_of, rows_of
from intake.pages.rights import MayRelease, Releasing
from intake.pages.rights_forms import ReleaseForm

router = page_router("/record-requests/{record_request_id}")

LONGEST_SHOWN = 120
LISTED = "What may tell of somebody else is listed here."
NOT_LISTED = "We found nothing that may tell of somebody else. Look out for it as you read."


@router.get("")
async def record_request(
    record_request_id: PathId, access: ReadingRecordRequest, record_requests: TheRecordRequests, show: Show
) -> Response:
    found = await record_requests.get(record_request_id)
    return await show(
        "intake/record_request.html",
        title="A request for a copy of the record",
        back="/rights",
        found=found,
        holders=[(show.shell.service_name(each), found.has_answered(each)) for each in found.holders],
        may_see=access.sees("record_request.see-record"),
        may_start=access.sees("record_request.start"),
        may_release=access.sees("record_request.release"),
    )


@router.get("/record")
async def read(
    record_request_id: PathId, _: SeeingRecord, requests: TheRecordRequests, parts: TheRecordParts, show: Show
) -> Response:
    found = await requests.get(record_request_id)
    sections: list[tuple[str, list[Told]]] = []
    for row in rows_of(await parts_of(found.id, parts), found.left_out):
        title = f"{show.shell.service_name(row.service)}: {row.title}"
        if not sections or sections[-1][0] != title:
            sections.append((title, []))
        sections[-1][1].append(row)
    back = f"/record-requests/{record_request_id}"
    return await show("intake/record.html", title="All that is held of the person", back=back, sections=sections)


@router.get("/package.zip")
async def download(
    record_request_id: PathId, _: SeeingRecord, requests: TheRecordRequests, parts: TheRecordParts, show: Show
) -> Response:
    found = await requests.get(record_request_id)
    called = {each: show.shell.service_name(each) for each in found.holders}
    content = package(rows_of(await parts_of(found.id, parts), found.left_out), called)
    headers = {"Content-Disposition": 'attachment; filename="record.zip"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/zip", headers=headers)


@router.get("/release")
async def ask_to_release(
    record_request_id: PathId, _: MayRelease, requests: TheRecordRequests, parts: TheRecordParts, show: Show
) -> Response:
    form = ReleaseForm.fresh(version=(await requests.read(record_request_id)).version)
    return await _form(record_request_id, form, parts, show)


@router.post("/release")
async def release(
    record_request_id: PathId,
    command: Releasing,
    form: Annotated[ReleaseForm, sent(ReleaseForm)],
    requests: TheRecordRequests,
    parts: TheRecordParts,
    clock: TheClock,
    show: Show,
) -> Response:
    form.left_out.among(await _doubtful(record_request_id, parts))
    if form.validate():
        with attempt(form, command):
            await ask.release_record(
                record_request_id,
                form.left_out.data or (),
                requests,
                clock,
                by=command.caller.subject,
                expecting=command.expecting,
            )
            return show.done(
                f"/record-requests/{record_request_id}", "Released. Download it and give it to the person."
            )
    return await _form(record_request_id, form, parts, show)


async def _form(record_request_id: str, form: ReleaseForm, parts: TheRecordParts, show: Show) -> Response:
    doubtful = await _doubtful(record_request_id, parts)
    form.left_out.among(doubtful)
    if not doubtful:
        del form.left_out
    return await show.form(
        form,
        title="Release the copy",
        submit="Release it",
        back=f"/record-requests/{record_request_id}",
        lead=f"Read all of it first. {LISTED if doubtful else NOT_LISTED}",
    )


async def _doubtful(record_request_id: str, parts: TheRecordParts) -> dict[str, str]:
    found = rows_of(await parts_of(record_request_id, parts))
    return {row.place: f"{row.title}. {row.label}: {row.value[:LONGEST_SHOWN]}" for row in found if row.about_others}
