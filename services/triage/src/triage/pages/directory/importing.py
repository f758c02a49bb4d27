"""Taking in a file of another directory: choose it, see what would become of each service, then import it."""

import base64
import binascii
import zlib
from collections import Counter
from typing import Annotated, Any

from starlette.responses import Response

from alliance.web.pages import ChoiceQuestion, FileQuestion, Form, Show, attempt, page_router, sent
from alliance.web.pages.forms import HiddenField
from alliance.web.pages.listing import Column, Listing
from triage.api.giving import TheClock, TheDirectory, TheDirectoryTerms, TheProviders
from triage.application.importing import (
    MOST_BYTES,
    MOST_SERVICES,
    Becomes,
    Report,
    check_services,
    import_services,
    services_in,
)
from triage.domain.codes import Support
from triage.domain.refusals import WrongParticulars
from triage.pages.directory.asking import Importing, MayImport
from triage.pages.words import SUPPORT_HINTS, options

router = page_router(prefix="/directory/import")

BAD = (Column("name", "Service"), Column("row", "Number in the file"), Column("why", "Why not"))
LEFT = (Column("what", "What is left out"), Column("of", "Of how many services", numeric=True))
OUTSIDE = (Column("name", "Organisation"), Column("of", "How many services", numeric=True))
SHOWN = 100


class FileForm(Form):
    file = FileQuestion(
        "The file",
        most=MOST_BYTES,
        accept=".json,application/json",
        hint=f"JSON, at most {MOST_SERVICES:,} services. Nothing is imported before you have seen what we found in it.",
        missing="Choose a file",
    )
    kind = ChoiceQuestion(
        "Where a service does not say what kind of support it is, take it as",
        options(Support),
        hints=SUPPORT_HINTS,
        missing="Select a kind of support",
    )


class StartForm(Form):
    """With the file that was checked, packed: nothing of it is kept here before somebody starts the import."""

    held = HiddenField()
    kind = HiddenField()


@router.get("", dependencies=[MayImport])
async def ask_for_a_file(show: Show) -> Response:
    return await _asking(FileForm.fresh(), show)


@router.post("", dependencies=[MayImport])
async def check(
    form: Annotated[FileForm, sent(FileForm)],
    directory: TheDirectory,
    providers: TheProviders,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form):
            services, kind = services_in(form.file.data), Support(form.kind.data)
            report = await check_services(services, kind, providers, directory, clock)
            start = StartForm.fresh(held=_packed(form.file.data), kind=kind.value)
            return await show("triage/directory/import.html", title="What is in the file", **_told(report), start=start)
    return await _asking(form, show)


@router.post("/start")
async def start(
    command: Importing,
    form: Annotated[StartForm, sent(StartForm)],
    directory: TheDirectory,
    terms: TheDirectoryTerms,
    providers: TheProviders,
    clock: TheClock,
    show: Show,
) -> Response:
    again = FileForm.fresh()
    with attempt(again, command):
        services = services_in(_unpacked(form.held.data or ""))
        if form.kind.data not in set(Support):
            raise WrongParticulars("Select a kind of support.")
        by, kind = command.caller.subject, Support(form.kind.data)
        report = await import_services(services, kind, providers, directory, terms, clock, by=by)
        return show.done("/directory", _sentence(report))
    return await _asking(again, show)


async def _asking(form: FileForm, show: Show) -> Response:
    return await show.form(
        form,
        title="Import from another directory",
        submit="Check the file",
        back="/directory",
        template="triage/directory/import_new.html",
    )


def _told(report: Report) -> dict[str, Any]:
    bad = [each for each in report.outcomes if each.becomes is Becomes.REFUSED]
    outside = Counter(each.outside for each in report.outcomes if each.outside and each.becomes is not Becomes.REFUSED)
    return {
        "back": "/directory/import",
        "counts": [
            ("New", report.count(Becomes.NEW)),
            ("Changed", report.count(Becomes.CHANGED)),
            ("The same as here", report.count(Becomes.SAME)),
            ("Cannot be imported", len(bad)),
        ],
        "wanted": report.count(Becomes.NEW) + report.count(Becomes.CHANGED),
        "bad": Listing(
            _caption("What cannot be imported", len(bad)),
            BAD,
            [[each.name or "No name", f"{each.row}", each.why] for each in bad[:SHOWN]],
            empty="All of them can be imported.",
        ),
        "left": Listing(
            "What we cannot hold",
            LEFT,
            [[what.replace("_", " ").capitalize(), of] for what, of in report.left_out],
            empty="Nothing is left out.",
        ),
        "outside": Listing(
            _caption("Organisations outside the alliance", len(outside)),
            OUTSIDE,
            [[name, of] for name, of in outside.most_common(SHOWN)],
        )
        if outside
        else None,
    }


def _caption(what: str, count: int) -> str:
    return f"{what}: the first {SHOWN} of {count:,}" if count > SHOWN else what


def _sentence(report: Report) -> str:
    words = zip(Becomes, ("new", "changed", "as they were", "not taken"), strict=True)
    told = [f"{count:,} {word}" for becomes, word in words if (count := report.count(becomes))]
    return f"The file is imported: {', '.join(told)}."


def _packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 9)).decode("ascii")


def _unpacked(text: str) -> bytes:
    """Raises `WrongParticulars`."""
    try:
        reader = zlib.decompressobj()
        found = reader.decompress(base64.b64decode(text, validate=True), MOST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise WrongParticulars("Choose the file again.") from None
    if len(found) > MOST_BYTES or not reader.eof:
        raise WrongParticulars("Choose the file again.")
    return found
