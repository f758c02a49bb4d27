"""Who has looked at a record, and what a governance lead watches: refusals, broken glass, restricted people."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from alliance.access import Access
from alliance.access.audit import Noted
from alliance.access.guards import Guards, Opening
from alliance.access.policy import Ground, Policy
from alliance.access.trail import Leaf, Trail
from alliance.web.dependencies import given, may
from alliance.web.fields import PathId
from alliance.web.pages.glass import REASONS
from alliance.web.pages.listing import Cell, Choice, Column, Filters, Listing, Row, csv_of
from alliance.web.pages.routing import page_router
from alliance.web.pages.showing import Show, Showing
from alliance.web.pages.templating import labelling, when

PAGE, FILE_PAGE = 50, 500
WHY = {
    Ground.NONE.value: "Nothing allowed it",
    Ground.ROLE.value: "By their role",
    Ground.WORKS_WITH_PERSON.value: "Works with the person",
    Ground.OWN_ORGANISATION.value: "Their organisation holds the record",
    Ground.ANY_ORGANISATION.value: "Their role sees every organisation's",
    Ground.GLASS_BROKEN.value: "Broke the glass",
}
OUTCOMES = {"shown": "Seen", "done": "Done", "refused": "Refused", "not-valid": "Form not filled in"}
COLOURS = {"refused": "red", "shown": "grey", "done": "green"}
WATCHED = [("", "Everything"), ("refused", "What was refused"), ("glass-broken", "Where glass was broken")]
LOOKED_AT = (
    Column("when", "When"),
    Column("who", "Who"),
    Column("organisation", "Organisation"),
    Column("role", "As"),
    Column("what", "What"),
    Column("why", "Why they might"),
    Column("outcome", "Outcome"),
)
label = labelling({})

TheTrail = Annotated[Trail, given("trail")]
After = Annotated[str | None, Query(pattern=r"^[0-9]{12}$")]
Of = Annotated[str, Query(pattern=r"^(person)?$")]
Watched = Annotated[str, Query(alias="show", pattern=r"^(refused|glass-broken)?$")]

Pages = Callable[[str | None, int], Awaitable[Leaf]]


def audit_router(guards: Guards | None, *, decides_restrictions: bool = False) -> APIRouter:
    """`decides_restrictions`: this is the service in which a governance lead restricts a person's records."""

    def restricting(access: Access, person_id: str | None) -> str | None:
        may_restrict = access.policy.decide(access.caller, "restriction.change").allowed
        return f"/people/{person_id}/restriction" if decides_restrictions and person_id and may_restrict else None

    router = page_router()

    @router.get("/looked-at/{record}/{record_id}")
    async def looked_at(
        show: Show, access: Annotated[Access, may("audit.read")], trail: TheTrail, of: Of = "", after: After = None
    ) -> Response:
        leaf = await _pages(access, trail, of)(after, PAGE)
        asked = access.about
        assert asked
        return await show(
            "alliance/looked-at.html",
            title="Who has looked at this record",
            record=label(asked.record),
            short=asked.id[:8],
            altered=leaf.altered,
            restricting=restricting(access, asked.person_id),
            wide=True,
            looks=Listing(
                caption="Most recent first",
                columns=LOOKED_AT,
                rows=await _rows(show, leaf.entries),
                next=leaf.next,
                after=after,
                filters=_of_person(of) if _sees_all(access) and asked.person_id else None,
                empty="Nobody has looked at it yet, but for you just now.",
                csv=f"/looked-at/{asked.record}/{asked.id}/file.csv",
            ),
        )

    @router.get("/looked-at/{record}/{record_id}/file.csv")
    async def file(show: Show, access: Annotated[Access, may("audit.read")], trail: TheTrail, of: Of = "") -> Response:
        listing = Listing(caption="Who has looked", columns=LOOKED_AT, rows=())
        return csv_of(listing, "looked-at", _all_rows(show, _pages(access, trail, of)))

    @router.get("/audit")
    async def overview(
        show: Show,
        _: Annotated[Access, may("audit.oversee")],
        trail: TheTrail,
        watched: Watched = "",
        after: After = None,
    ) -> Response:
        leaf = await _watched(trail, watched)(after, PAGE)
        reasons = await _reasons(guards, leaf.entries) if watched == "glass-broken" else {}
        rows = await _rows(show, leaf.entries)
        columns = [*LOOKED_AT, Column("record", "Record"), *([Column("reason", "Their reason")] if reasons else [])]
        restricted = await guards.restricted(limit=PAGE) if guards else []
        return await show(
            "alliance/audit.html",
            title="Who looked at what",
            altered=leaf.altered,
            wide=True,
            looks=Listing(
                caption="Most recent first",
                columns=columns,
                rows=[
                    [*row, _record(noted), *([reasons.get(noted.sequence, "")] if reasons else [])]
                    for row, noted in zip(rows, leaf.entries, strict=True)
                ],
                next=leaf.next,
                after=after,
                filters=Filters([Choice("show", "Show", WATCHED, watched)]),
                empty="Nobody has looked at anything yet.",
            ),
            guards=guards is not None,
            restricted=[(each.id, each.restriction_changed_at) for each in restricted],
        )

    @router.get("/audit/people/{person_id}")
    async def of_person(
        person_id: PathId,
        show: Show,
        access: Annotated[Access, may("audit.oversee")],
        trail: TheTrail,
        after: After = None,
    ) -> Response:
        leaf = await trail.of_person(person_id, after=after, limit=PAGE)
        rows = await _rows(show, leaf.entries)
        return await show(
            "alliance/looked-at.html",
            title="Who has looked at this person's records",
            record="Person",
            short=person_id[:8],
            altered=leaf.altered,
            restricting=restricting(access, person_id),
            back="/audit",
            wide=True,
            looks=Listing(
                caption="Most recent first",
                columns=[*LOOKED_AT, Column("record", "Record")],
                rows=[[*row, _record(noted)] for row, noted in zip(rows, leaf.entries, strict=True)],
                next=leaf.next,
                after=after,
                empty="Nobody has looked at any of them yet.",
            ),
        )

    return router


def _pages(access: Access, trail: Trail, of: str) -> Pages:
    """Of the record, or for those who see everybody's also of the person whom it is about."""
    about = access.about
    assert about
    person_id = about.person_id
    if of == "person" and person_id and _sees_all(access):
        return lambda after, limit: trail.of_person(person_id, after=after, limit=limit)
    return lambda after, limit: trail.of_record(about.record, about.id, after=after, limit=limit)


def _watched(trail: Trail, watched: str) -> Pages:
    if watched:
        return lambda after, limit: trail.of_note(watched, after=after, limit=limit)
    return lambda after, limit: trail.entries(after=after, limit=limit)


def _sees_all(access: Access) -> bool:
    """Named workers see who looked at the record they work on, and no more."""
    return access.ruling.ground is not Ground.WORKS_WITH_PERSON


def _of_person(of: str) -> Filters:
    return Filters([Choice("of", "Show", [("", "This record"), ("person", "All records of the person here")], of)])


async def _rows(show: Showing, entries: Sequence[Noted]) -> list[Row]:
    names = await show.names({noted.entry.actor for noted in entries})
    return [_row(noted, names, show) for noted in entries]


async def _all_rows(show: Showing, pages: Pages) -> AsyncIterator[Row]:
    after: str | None = None
    while True:
        leaf = await pages(after, FILE_PAGE)
        for row in await _rows(show, leaf.entries):
            yield row
        if (after := leaf.next) is None:
            return


def _row(noted: Noted, names: Mapping[str, str], show: Showing) -> list[Cell | str]:
    entry = noted.entry
    return [
        Cell(when(noted.at), value=noted.at),
        names.get(entry.actor, entry.actor),
        show.shell.organisation_name(entry.organisation),
        label(entry.role) if entry.role else "No role that counts",
        _what(show.control.policy, entry.action),
        "Gave a reason" if entry.action == "glass.break" else WHY.get(entry.ground, label(entry.ground)),
        Cell(OUTCOMES.get(entry.outcome, label(entry.outcome)), tag=COLOURS.get(entry.outcome, "orange")),
    ]


def _what(policy: Policy, action: str) -> str:
    """In the words of the table; an action of former times has only its code left."""
    what = policy.rules[action].what if action in policy.rules else label(action)
    return what[:1].upper() + what[1:]


def _record(noted: Noted) -> Cell:
    entry = noted.entry
    if entry.record_id is None:
        return Cell(label(entry.record))
    return Cell(
        f"{label(entry.record)} {entry.record_id[:8]}",
        href=f"/looked-at/{entry.record}/{entry.record_id}",
        visually_hidden=": who has looked at it",
    )


async def _reasons(guards: Guards | None, entries: Sequence[Noted]) -> dict[int, str]:
    """What whoever broke the glass gave as the reason, by entry."""
    found: dict[int, str] = {}
    for noted in entries:
        if guards is None or noted.entry.person_id is None:
            continue
        person = await guards.of(noted.entry.person_id)
        opening = next((each for each in person.openings if _fits(each, noted)), None) if person else None
        if opening:
            note = f": {opening.note}" if opening.note else ""
            found[noted.sequence] = f"{REASONS[opening.reason_code]}{note}"
    return found


def _fits(opening: Opening, noted: Noted) -> bool:
    entry = noted.entry
    same = (opening.subject, opening.organisation) == (entry.actor, entry.organisation)
    return same and opening.at <= noted.at < opening.until
