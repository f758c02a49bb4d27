"""Made-up files of introductions."""

import csv
import io
from collections.abc import Iterable, Mapping

from alliance.testing.rooms import Browser
from intake.application.row_keys import RowKeys
from intake.domain.imported import Part
from intake.domain.importing import Import

from .builders import NINE, FrontDoor

KEYS = b"a made-up secret"
GOOD = {"received_on": "2026-10-01", "way_in": "phone", "source_code": "B1"}


def keys() -> RowKeys:
    return RowKeys(KEYS)


def somebody(number: int, **cells: str) -> dict[str, str]:
    """The cells of a row about somebody made up."""
    who = {"full_name": f"Testa Example-{number}", "date_of_birth": "1975-02-28", "phone": "07700 900123"}
    return {**GOOD, **who, **cells}


def a_file(*rows: Mapping[str, str], headings: Iterable[str] = (), delimiter: str = ",") -> bytes:
    """A CSV file with a column for whatever a row has."""
    names = list(headings) or list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO()
    writer = csv.DictWriter(file, names, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def an_import(*, parts: int = 2, good: int = 150) -> Import:
    """Checked at nine, with all of its parts there."""
    found = Import.check(
        id="an-import", by="staff-7", organisation="certitude", at=NINE, parts=parts, good=good, bad=0, seen=0
    )
    found.arrive()
    return found


async def uploaded(browser: Browser, content: bytes, token: str = "one-token") -> str:
    """Send a file as the page does; the address of its import."""
    origin = {"Sec-Fetch-Site": "same-origin", "Origin": str(browser.base_url).rstrip("/")}
    files = {"file": ("made-up.csv", content, "text/csv")}
    answer = await browser.post("/imports/new", data={"form_token": token}, files=files, headers=origin)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def worked_off(door: FrontDoor) -> None:
    """Until there is nothing more to do."""
    while await door.given["working_off"].step():
        pass


async def parts_of(door: FrontDoor) -> list[Part]:
    documents = await door.database.collection("import_parts").find_many({}, limit=1000)
    return [await door.given["parts"].get(document["_id"]) for document in documents]
