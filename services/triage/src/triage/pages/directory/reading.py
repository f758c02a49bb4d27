"""Pages on which staff read the directory: the list, as a file, what is to be assured, and one entry."""

import re
from collections.abc import AsyncIterator, Sequence
from typing import Annotated

from fastapi import Depends, Query
from starlette.responses import Response

from alliance.kernel import LONDON, Clock
from alliance.web import PathId
from alliance.web.drawing import element
from alliance.web.fields import UUID_PATTERN
from alliance.web.pages import Show, page_router, sent
from alliance.web.pages.listing import Listing, Row, csv_of
from alliance.web.pages.templating import when
from triage.api.giving import TheClock, TheDirectory, ThePlaces, TheProviders, TheShowcase
from triage.application.directory import PlacesInUse, standing_of, to_be_assured
from triage.application.entries import Which, every_entry, some_entries
from triage.application.showcase import Sought, areas_of, organisations_of
from triage.domain.codes import HelpArea, Support
from triage.domain.entry import Entry
from triage.domain.fit import Standing
from triage.domain.particulars import Particulars
from triage.pages.directory.asking import Directory, Reading
from triage.pages.directory.forms import WordsForm
from triage.pages.directory.lists import COLUMNS, DUE, due_rows, rows, staff_filters, unassured_since
from triage.pages.directory.telling import FRESHNESS_COLOURS, Names, ages, assured, open_now, opening, taking_on, wait
from triage.pages.words import label

SHOWN, MOST = 25, 100

router = page_router(prefix="/directory")

After = Annotated[str | None, Query(pattern=UUID_PATTERN)]
OneOf = Annotated[str, Query(max_length=60)]


def asked_for(
    clock: TheClock,
    kind: OneOf = "",
    helps_with: OneOf = "",
    area: OneOf = "",
    language: Annotated[str, Query(pattern=r"^([a-z]{2,3})?$")] = "",
    open_now: Annotated[str, Query(pattern=r"^(yes)?$")] = "",
) -> Sought:
    """What the filters say; a code that is none finds everything."""
    return Sought(
        kind=Support(kind) if kind in set(Support) else None,
        helps_with=HelpArea(helps_with) if helps_with in set(HelpArea) else None,
        area=area or None,
        language=language or None,
        open_at=clock.now().astimezone(LONDON) if open_now else None,
    )


Filtered = Annotated[Sought, Depends(asked_for)]
Unassured = Annotated[str, Query(alias="assured", max_length=20)]


def which_for(
    sought: Filtered,
    clock: TheClock,
    organisation: Annotated[str, Query(pattern=r"^([a-z0-9][a-z0-9-]{0,63})?$")] = "",
    unassured: Unassured = "",
) -> Which:
    since = unassured_since(unassured, clock.now())
    return Which(organisation_id=organisation or None, unassured_since=since, sought=sought)


Chosen = Annotated[Which, Depends(which_for)]


class StaffList:
    """Shows one page of entries. What its filters offer is from the directory as it was half a minute ago at most."""

    def __init__(
        self,
        access: Directory,
        showcase: TheShowcase,
        places: ThePlaces,
        providers: TheProviders,
        clock: TheClock,
        show: Show,
    ) -> None:
        self._access, self._showcase, self._places = access, showcase, places
        self._providers, self._clock, self._show = providers, clock, show

    async def __call__(
        self,
        entries: Sequence[Entry],
        which: Which,
        form: WordsForm,
        *,
        unassured: str = "",
        after: str | None = None,
        following: str | None = None,
        status: int = 200,
    ) -> Response:
        now, known = self._clock.now(), await self._showcase.standings()
        filters = staff_filters(which, unassured, areas_of(known), organisations_of(known, self._providers))
        return await self._show(
            "triage/directory/list.html",
            title="Directory of support",
            status=status,
            shown=Listing(
                "Services, the longest unassured first" if which.unassured_since else "Services, by name",
                COLUMNS,
                rows([await standing_of(each, self._places, now) for each in entries], self._providers, now),
                next=following,
                after=after,
                filters=filters,
                empty="Nothing is found." if known else "The directory is empty. Providers write their own entries.",
                csv="/directory.csv",
            ),
            form=form,
            may_add=self._access.sees("entry.add"),
            may_import=self._access.sees("directory.import"),
        )


OnList = Annotated[StaffList, Depends(StaffList)]


@router.get("")
async def listed(
    which: Chosen, directory: TheDirectory, listing: OnList, after: After = None, unassured: Unassured = ""
) -> Response:
    entries, following = await some_entries(directory, which, after=after, limit=SHOWN)
    return await listing(entries, which, WordsForm.fresh(), unassured=unassured, after=after, following=following)


@router.post("")
async def searched(form: Annotated[WordsForm, sent(WordsForm)], directory: TheDirectory, listing: OnList) -> Response:
    """By words, which may be about somebody: they are sent and stand in no address."""
    words = form.words.data if form.validate() else ""
    which = Which(sought=Sought(words=words))
    entries, _ = await some_entries(directory, which, after=None, limit=SHOWN) if words else ([], None)
    return await listing(entries, which, form, status=200 if words else 422)


@router.get(".csv")
async def file(
    _: Directory,
    which: Chosen,
    directory: TheDirectory,
    places: ThePlaces,
    providers: TheProviders,
    clock: TheClock,
) -> Response:
    async def every() -> AsyncIterator[Row]:
        now = clock.now()
        in_use = await PlacesInUse.read(places, now)
        async for entry in every_entry(directory, which):
            yield rows([in_use.standing_of(entry)], providers, now)[0]

    return csv_of(Listing("The directory", COLUMNS, ()), "directory", every())


@router.get("/to-assure")
async def to_assure(
    access: Directory, directory: TheDirectory, providers: TheProviders, clock: TheClock, show: Show
) -> Response:
    now, ours = clock.now(), access.caller.organisation
    lists = (
        ("Of your own organisation", await to_be_assured(directory, now, limit=MOST + 1, of=ours)),
        ("Of others", await to_be_assured(directory, now, limit=MOST + 1, but=ours)),
    )
    return await show(
        "triage/directory/due.html",
        title="Entries to be assured",
        back="/directory",
        lists=[
            Listing(
                f"{whose}: the first {MOST}" if len(due) > MOST else whose,
                DUE,
                due_rows(due[:MOST], providers, now),
                empty="All of them are assured.",
            )
            for whose, due in lists
        ],
    )


@router.get("/{entry_id}")
async def one(
    entry_id: PathId,
    access: Reading,
    directory: TheDirectory,
    places: ThePlaces,
    providers: TheProviders,
    clock: TheClock,
    show: Show,
) -> Response:
    entry, now = await directory.get(entry_id), clock.now()
    standing = await standing_of(entry, places, now)
    names = await show.names([each for each in (entry.assurer, entry.modified_by) if each])
    confidential = access.sees("entry.see-confidential")
    fresh = entry.freshness(now)
    told = [("Assured by", names[entry.assurer])] if entry.assurer else []
    return await show(
        "triage/directory/entry.html",
        title=entry.says.name,
        back="/directory",
        entry=entry,
        says=entry.says,
        fresh=(label(fresh), FRESHNESS_COLOURS[fresh]),
        assured=assured(entry, now),
        now_rows=[*standing_rows(standing, providers, clock), *told, ("Last changed", when(entry.modified_at))],
        about_rows=about_rows(entry.says if confidential else entry.says.published()),
        own_rows=_confidential(entry.says) if confidential else [],
        actions=[
            {"text": text, "href": f"/directory/{entry.id}/{path}"}
            for text, path, action in ACTIONS
            if access.sees(action)
        ],
    )


ACTIONS = (
    ("Assure that it is right", "assure", "entry.assure"),
    ("Say whether there is room", "room", "entry.edit"),
    ("Change it", "edit", "entry.edit"),
)


def standing_rows(standing: Standing, providers: Names, clock: Clock) -> list[tuple[str, object]]:
    """How it stands now, for staff and anybody alike."""
    says, now = standing.entry.says, clock.now()
    found: list[tuple[str, object]] = [
        ("Who gives it", standing.entry.given_by(providers)),
        ("Now", taking_on(standing, now)),
        ("Open just now", ("Yes" if open_now(says, now) else "No") if says.hours else ""),
        ("Wait, as measured", wait(standing)),
        ("Wait, as they say", says.wait_time),
    ]
    return [(key, value) for key, value in found if value]


def about_rows(says: Particulars) -> list[tuple[str, object]]:
    where = [says.where.address, says.where.postcode] if says.where else []
    found: list[tuple[str, object]] = [
        ("Kind", label(says.kind)),
        ("Helps with", [label(each) for each in says.helps_with]),
        ("Who it is for", says.eligibility),
        ("Ages", ages(says)),
        ("How to come to it", says.application_process),
        ("What it costs", says.fees),
        ("Phone", [_link(f"tel:{re.sub(r'[^0-9+]', '', each.number)}", each.number) for each in says.public()]),
        ("Email", [_link(f"mailto:{says.email}", says.email)] if says.email else ""),
        ("Web address", [_link(says.url, says.url)] if says.url else ""),
        ("When it is open", [opening(each) for each in says.hours]),
        ("Where", where),
        ("For people in", list(says.areas)),
        ("Languages", [label(each) for each in says.languages]),
        ("Interpretation", says.interpretation),
        ("What makes it easier", [label(each) for each in says.accessibility]),
    ]
    return [(key, value) for key, value in found if value]


def _link(href: str, text: str) -> str:
    return element("a", text, class_="nhsuk-link", href=href, rel="noreferrer")


def _confidential(says: Particulars) -> list[tuple[str, object]]:
    address = ["The address is not published"] if says.where and says.where.confidential else []
    phones = [each.number for each in says.phones if each.confidential]
    found: list[tuple[str, object]] = [
        ("Phone for staff", phones),
        ("Whom to ask", says.confidential_contact),
        ("Where", address),
    ]
    return [(key, value) for key, value in found if value]
