"""What the front door does when a service has forgotten somebody, or sends its part of somebody's record."""

from alliance.contracts import finance, housing, intake, notify, reporting, triage
from alliance.contracts.common import RecordSection
from alliance.kernel import Clock
from alliance.messaging import Heard
from alliance.people import Known, Row, Section
from intake.application.collections import Erasures, RecordParts, RecordRequests
from intake.application.rights import RightsTerms
from intake.domain.record_request import RecordPart

FORGOTTEN = (
    intake.PersonForgotten,
    triage.PersonForgotten,
    housing.PersonForgotten,
    finance.PersonForgotten,
    notify.PersonForgotten,
    reporting.PersonForgotten,
)
GATHERED = (
    intake.RecordGathered,
    triage.RecordGathered,
    housing.RecordGathered,
    finance.RecordGathered,
    notify.RecordGathered,
    reporting.RecordGathered,
)
Forgotten = (
    intake.PersonForgotten
    | triage.PersonForgotten
    | housing.PersonForgotten
    | finance.PersonForgotten
    | notify.PersonForgotten
    | reporting.PersonForgotten
)
Gathered = (
    intake.RecordGathered
    | triage.RecordGathered
    | housing.RecordGathered
    | finance.RecordGathered
    | notify.RecordGathered
    | reporting.RecordGathered
)


async def track_erasure(heard: Heard[Forgotten], erasures: Erasures) -> None:
    """No mark is left: the first time that a service confirmed counts, whatever comes again."""
    said = heard.data
    await erasures.change(
        said.request_id,
        lambda erasure: erasure.note_forgotten(said.publisher(), said.person_id, at=said.at),
        remember=False,
    )


async def put_part(
    heard: Heard[Gathered], record_parts: RecordParts, known: Known, rights_terms: RightsTerms, clock: Clock
) -> None:
    """Keep it for a time; of somebody erased nothing is put, however late it comes."""
    said = heard.data
    if await known.is_erased(said.person_id):
        return
    part = RecordPart.arrive(
        said.request_id,
        said.publisher(),
        said.person_id,
        said.part,
        tuple(_section(each) for each in said.sections),
        at=clock.now(),
        lasts=rights_terms.package_lasts,
    )
    await record_parts.change_or_add(part.id, lambda: part, lambda _: None, remember=False)


async def track_record(heard: Heard[Gathered], record_requests: RecordRequests, clock: Clock) -> None:
    said, at = heard.data, clock.now()
    await record_requests.change(
        said.request_id,
        lambda request: request.note_part(said.publisher(), said.person_id, said.part, said.of, at=at),
        remember=False,
    )


def _section(said: RecordSection) -> Section:
    return Section(title=said.title, rows=tuple(Row(**row.model_dump()) for row in said.rows))
