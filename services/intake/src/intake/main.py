"""The front door, put together: the only module that knows all the others."""

import asyncio
from importlib.metadata import version

from alliance.access import About
from alliance.kernel import Clock
from alliance.observability import log
from alliance.service import Service, Wiring
from alliance.service.knowing import knowing
from alliance.store import Database, Documents
from alliance.web.limiting import Throttle
from alliance.web.pages.files import ROOM
from alliance.web.pages.live import Live
from intake.api.import_file import MOST_BYTES
from intake.api.imports import router as imports
from intake.api.introductions import router as introductions
from intake.api.keeping import router as keeping
from intake.api.matches import router as same_people
from intake.api.people import router as people
from intake.api.public import router as public
from intake.api.resendings import router as resendings
from intake.api.rights import router as rights
from intake.api.working import router as working
from intake.application.holdings import holdings
from intake.application.in_bulk import in_bulk
from intake.application.queries import work_queue
from intake.application.rights import erasing
from intake.application.shelf import Shelf
from intake.domain.equality import Equality
from intake.domain.erasure import Erasure
from intake.domain.introduction import Introduction
from intake.domain.match import Match
from intake.domain.merging import Merge
from intake.domain.person import Person
from intake.domain.progress import Progress
from intake.domain.record_request import RecordPart, RecordRequest
from intake.domain.support_wait import SupportWait
from intake.events.hears import hears
from intake.events.says import says
from intake.pages.endings import router as ending_pages
from intake.pages.equality import router as equality_pages
from intake.pages.imports import router as import_pages
from intake.pages.introductions import router as introduction_pages
from intake.pages.keeping import router as keeping_pages
from intake.pages.making import router as making_pages
from intake.pages.matches import router as match_pages
from intake.pages.matches import splitting as split_pages
from intake.pages.people import router as person_pages
from intake.pages.public.asking import KEPT_FOR
from intake.pages.public.asking import router as asking_pages
from intake.pages.public.equality import router as own_equality_pages
from intake.pages.public.giving import LINES, CrisisLine
from intake.pages.public.introduced import router as introduced_pages
from intake.pages.public.professional import router as professional_pages
from intake.pages.public.reaching import router as reaching_pages
from intake.pages.public.rights import router as wish_pages
from intake.pages.public.sending import router as sending_pages
from intake.pages.public.status import OPEN_FOR
from intake.pages.public.status import router as status_pages
from intake.pages.record import router as record_pages
from intake.pages.records import router as gathered_pages
from intake.pages.resendings import router as resending_pages
from intake.pages.rights import router as rights_pages
from intake.pages.searching import router as search_pages
from intake.pages.several import router as several_pages
from intake.pages.steps import router as step_pages
from intake.pages.words import LABELS, MENU
from intake.pages.working import router as working_pages
from intake.settings import Settings

NAME = "intake"
SWEPT_EVERY_SECONDS = 600.0


def wire(database: Database, settings: Settings, clock: Clock) -> Wiring:
    kept = Documents(database, "introductions", Introduction, says=says, service=NAME, clock=clock)
    known = Documents(database, "people", Person, says=says, service=NAME, clock=clock)
    progresses = Documents(database, "progresses", Progress, says=says, service=NAME, clock=clock)

    matches = Documents(database, "matches", Match, says=says, service=NAME, clock=clock)
    equalities = Documents(database, "equalities", Equality, says=says, service=NAME, clock=clock)
    merges = Documents(database, "merges", Merge, says=says, service=NAME, clock=clock)
    erasures = Documents(database, "erasures", Erasure, says=says, service=NAME, clock=clock)
    bulk = in_bulk(
        database,
        kept,
        known,
        progresses=progresses,
        matches=matches,
        keeping=settings.keeping,
        begin_erasure=erasing(erasures, known, clock),
        organisation=settings.organisation,
        recipients=settings.recipients,
        agreement=settings.sharing_agreement,
        promise=settings.promise,
        clock=clock,
        says=says,
        report=lambda row, error: log.error("a row was not imported", row=row, error=type(error).__name__),
        report_person=lambda id_, error: log.error("not compared yet", person_id=id_, error=type(error).__name__),
    )
    started = Documents(database, "support_waits", SupportWait, says=says, service=NAME, clock=clock)

    record_requests = Documents(database, "record_requests", RecordRequest, says=says, service=NAME, clock=clock)
    record_parts = Documents(database, "record_parts", RecordPart, says=says, service=NAME, clock=clock)

    async def whose_erasure(erasure_id: str) -> About:
        return _held(settings, "erasure", erasure_id, (await erasures.get(erasure_id)).person_id, frozenset())

    async def whose_request(request_id: str) -> About:
        return _held(
            settings, "record_request", request_id, (await record_requests.get(request_id)).person_id, frozenset()
        )

    async def whose_introduction(introduction_id: str) -> About:
        introduction = await kept.get(introduction_id)
        workers = frozenset({introduction.claimed_by} if introduction.claimed_by else ())
        return _held(settings, "introduction", introduction_id, introduction.person_id, workers)

    async def whose_person(person_id: str) -> About:
        await known.get(person_id)
        theirs = await kept.with_key("person_id", person_id)
        workers = frozenset(each.claimed_by for each in theirs if each.claimed_by)
        return _held(settings, "person", person_id, person_id, workers)

    async def whose_match(match_id: str) -> About:
        """Of the older record; that the other one may be seen too is asked for each of the two where it is shown."""
        match = await matches.get(match_id)
        older = await whose_person(match.older_id)
        return _held(settings, "match", match_id, match.older_id, older.workers)

    async def queue_now() -> object:
        page = await work_queue(kept, after=None, limit=50)
        return [
            (each.id, each.claimed_by, each.overdue, each.needs_somebody, len(each.concerns), len(each.attempts))
            for each in page.items
        ]

    shelves = {
        "drafts": Shelf(database.collection("drafts"), clock, KEPT_FOR),
        "visits": Shelf(database.collection("visits"), clock, OPEN_FOR),
    }

    async def tidy_shelves() -> None:
        for shelf in shelves.values():
            await shelf.prepare()
        while True:
            for shelf in shelves.values():
                await shelf.sweep()
            await asyncio.sleep(SWEPT_EVERY_SECONDS)

    return Wiring(
        collections=(
            kept,
            known,
            progresses,
            matches,
            merges,
            equalities,
            started,
            *bulk.collections,
            erasures,
            record_requests,
            record_parts,
        ),
        workers=(tidy_shelves, *bulk.workers),
        about={
            "introduction": whose_introduction,
            "person": whose_person,
            "match": whose_match,
            "erasure": whose_erasure,
            "record_request": whose_request,
        },
        given={
            "introductions": kept,
            "people": known,
            "progresses": progresses,
            "matches": matches,
            "merges": merges,
            "equalities": equalities,
            "remembering": settings.remembering,
            "support_waits": started,
            "recipients": settings.recipients,
            "agreement": settings.sharing_agreement,
            "promise": settings.promise,
            "clock": clock,
            "live": Live({"queue": queue_now, **bulk.live}),
            "erasures": erasures,
            "record_requests": record_requests,
            "record_parts": record_parts,
            "rights_terms": settings.rights_terms,
            **knowing(
                NAME,
                database=database,
                clock=clock,
                organisation=settings.organisation,
                holdings=holdings(
                    introductions=kept,
                    people=known,
                    progresses=progresses,
                    merges=merges,
                    equalities=equalities,
                    record_parts=record_parts,
                    keepings=bulk.keepings,
                    clock=clock,
                ),
            ),
            **shelves,
            **bulk.given,
            **_for_anybody(settings),
        },
    )


def _held(settings: Settings, record: str, id_: str, person_id: str, workers: frozenset[str]) -> About:
    """The organisation that runs the front door holds all of its records."""
    return About(record=record, id=id_, person_id=person_id, organisation=settings.organisation, workers=workers)


def _for_anybody(settings: Settings) -> dict[str, object]:
    """What the public pages need: limits, and the numbers to call."""
    own = settings.crisis_line
    mine = (CrisisLine(settings.crisis_line_name, own, "tel:" + "".join(own.split())),) if own else ()
    return {
        "sending_limit": Throttle(settings.sends_each, settings.sends_together, proxies=settings.proxies),
        "api_limit": Throttle(*settings.api_sends, proxies=settings.proxies),
        "opening_limit": Throttle(settings.openings_each, settings.openings_together, proxies=settings.proxies),
        "crisis_lines": (*LINES, *mine),
    }


service = Service(
    name=NAME,
    title="Living Well: the front door",
    version=version("livingwell-intake"),
    hears=hears,
    says=says,
    routers=(public, working, introductions, same_people, people, imports, resendings, keeping, rights),
    settings=Settings,
    wire=wire,
    pages=(
        sending_pages,
        own_equality_pages,
        asking_pages,
        status_pages,
        reaching_pages,
        wish_pages,
        professional_pages,
        introduced_pages,
        making_pages,
        several_pages,
        introduction_pages,
        record_pages,
        working_pages,
        ending_pages,
        step_pages,
        search_pages,
        equality_pages,
        match_pages,
        split_pages,
        person_pages,
        import_pages,
        resending_pages,
        keeping_pages,
        rights_pages,
        gathered_pages,
    ),
    menu=MENU,
    labels=LABELS,
    takes_files={"/imports/new": MOST_BYTES + ROOM, "/api/v1/imports": MOST_BYTES},
)
