"""What the front door does to many people at once: files that come in, details sent again, records whose time comes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alliance.contracts.saying import Sayings
from alliance.kernel import Clock
from alliance.store import Database, Documents
from intake.application.collections import Introductions, Keepings, Matches, People, Progresses
from intake.application.comparing import Comparing
from intake.application.contacts import Contacts
from intake.application.keeping import BeginErasure, KeepingRecords, LookingThrough
from intake.application.resending import SendingAgain
from intake.application.row_keys import RowKeys, secret_of
from intake.application.working_off import WorkingOff
from intake.domain.imported import Part
from intake.domain.importing import Import
from intake.domain.keeping import Keeping, KeepingTerms
from intake.domain.person import Recipients
from intake.domain.records import Promise
from intake.domain.resending import Resending

SERVICE = "intake"


@dataclass(frozen=True, kw_only=True)
class InBulk:
    collections: Sequence[Documents[Any]]
    workers: Sequence[Callable[[], Awaitable[None]]]
    given: Mapping[str, object]
    keepings: Keepings
    live: Mapping[str, Callable[[], Awaitable[object]]]
    """Topic → what changes when something gets on: for pages that keep themselves fresh."""


def in_bulk(
    database: Database,
    introductions: Introductions,
    people: People,
    *,
    recipients: Recipients,
    agreement: str,
    progresses: Progresses,
    matches: Matches,
    promise: Promise,
    keeping: KeepingTerms,
    organisation: str,
    clock: Clock,
    begin_erasure: BeginErasure,
    says: Sayings,
    report: Callable[[int, Exception], None],
    report_person: Callable[[str, Exception], None],
) -> InBulk:
    """`report` is told of a row that made no introduction, `report_person` of somebody who could not be compared."""
    imports = Documents(database, "imports", Import, service=SERVICE, clock=clock)
    parts = Documents(database, "import_parts", Part, service=SERVICE, clock=clock)
    resendings = Documents(database, "resendings", Resending, service=SERVICE, clock=clock)

    keepings = Documents(database, "keepings", Keeping, says=says, service=SERVICE, clock=clock)
    contacts = Contacts(
        introductions=introductions,
        people=people,
        keepings=keepings,
        recipients=recipients,
        promise=promise,
        clock=clock,
    )
    records = KeepingRecords(
        keepings=keepings,
        introductions=introductions,
        people=people,
        progresses=progresses,
        contacts=contacts,
        terms=keeping,
        clock=clock,
    )
    looking = LookingThrough(database=database, records=records, organisation=organisation, begin=begin_erasure)

    async def imports_now() -> object:
        newest = await imports.page("listed", "at:", limit=20)
        return [(each.id, each.state, each.worked_off) for each in newest.items], await comparing.since() is None

    async def resendings_now() -> object:
        newest = await resendings.page("listed", "at:", limit=20)
        return [(each.id, each.state, each.looked) for each in newest.items]

    async def row_keys() -> RowKeys:
        return RowKeys(await secret_of(database.collection("secrets")))

    comparing = Comparing(
        database=database,
        people=people,
        matches=matches,
        organisation=organisation,
        clock=clock,
        report=report_person,
    )
    working_off = WorkingOff(
        database=database,
        imports=imports,
        parts=parts,
        introductions=introductions,
        people=people,
        recipients=recipients,
        agreement=agreement,
        promise=promise,
        clock=clock,
        comparing=comparing,
        report=report,
    )
    sending_again = SendingAgain(
        database=database,
        resendings=resendings,
        introductions=introductions,
        people=people,
        recipients=recipients,
        clock=clock,
    )
    return InBulk(
        collections=(imports, parts, resendings, keepings),
        workers=(working_off.run, comparing.run, sending_again.run, looking.run),
        given={
            "imports": imports,
            "parts": parts,
            "row_keys": row_keys,
            "working_off": working_off,
            "comparing": comparing,
            "resendings": resendings,
            "sending_again": sending_again,
            "contacts": contacts,
            "keeping_records": records,
            "looking_through": looking,
        },
        keepings=keepings,
        live={"imports": imports_now, "resendings": resendings_now},
    )
