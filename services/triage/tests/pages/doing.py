"""What somebody does in front of a page of a case: fill in, send, and read what comes."""

from typing import Any

from alliance.testing.rooms import Browser
from triage.domain.case import Case
from triage.domain.codes import MeasureTool
from triage.domain.measures import TOOLS

from ..builders import CASE, Room
from .reading import day, hidden, text_of

PATH = f"/cases/{CASE}"


def answered(tool: MeasureTool, *answers: object, on: str = "2 11 2026", **more: Any) -> dict[str, Any]:
    items = {f"item_{item}": str(answer) for item, answer in enumerate(answers, 1)}
    assert len(items) == TOOLS[tool].items
    return {**day("measured_on", on), "filled_in_by": "with-worker", **items, **more}


async def done(browser: Browser, path: str, **answers: Any) -> str:
    """Fill in the form at `path`, send it, and read the page that one comes to."""
    where = f"{PATH}/{path}"
    page = (await browser.get(where)).text
    known = {"form_token": hidden(page, "form_token")}
    if 'name="version"' in page:
        known["version"] = hidden(page, "version")
    sent = await browser.send_form(where, **known, **answers)
    assert sent.status_code == 303, text_of(sent.text)
    return text_of((await browser.get(sent.headers["location"])).text)


async def the_case(room: Room) -> Case:
    case: Case = await room.given["cases"].get(CASE)
    return case


async def only(room: Room, kind: str) -> str:
    """The id of the one document of a kind."""
    (found,) = (await room.documents())[kind]
    return str(found["_id"])


async def filled_plainly(worker: Browser, path: str, answers: dict[str, Any]) -> dict[str, Any]:
    return {"form_token": hidden((await worker.get(f"{PATH}/{path}")).text, "form_token"), **answers}
