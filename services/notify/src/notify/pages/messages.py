"""Pages of messages to people: what was written, by which way it goes, and what became of it."""

from collections.abc import AsyncIterator
from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.store import Page
from alliance.web import PathId
from alliance.web.pages import Show, given, may, page_router
from alliance.web.pages.listing import Row, csv_of
from notify.api.giving import After, ListingMessages, ReadingMessage, TheKnown, TheMessages, TheWordings
from notify.application import messages as ask
from notify.application.outbox import Outbox
from notify.pages.lists import message_list, message_row, outbox_list
from notify.pages.steps import language_of, story_of
from notify.pages.words import PROGRESS_COLOURS

router = page_router()

SeeingOutbox = Annotated[Access, may("outbox.see")]
TheOutbox = Annotated[Outbox, given("outbox")]

ON_A_PAGE, IN_A_FILE = 50, 200
CAUGHT = "What would have left: this installation catches messages instead of sending them."
SENT = "What this process has sent since it started; each message's own page says what became of it."


@router.get("/people/{person_id}/messages")
async def written_to(
    person_id: PathId, _: ListingMessages, messages: TheMessages, known: TheKnown, show: Show, after: After = None
) -> Response:
    page = await ask.messages_to(person_id, messages, known, after=after, limit=ON_A_PAGE)
    return await show(
        "notify/list.html",
        title="What was written to this person",
        lead="Nothing in a message says what it is about: anybody may see the screen or the envelope.",
        listing=message_list(page, after=after, address=f"/people/{person_id}/messages"),
    )


@router.get("/people/{person_id}/messages.csv")
async def file(person_id: PathId, _: ListingMessages, messages: TheMessages, known: TheKnown) -> Response:
    async def rows() -> AsyncIterator[Row]:
        after: str | None = None
        while True:
            page = await ask.messages_to(person_id, messages, known, after=after, limit=IN_A_FILE)
            for message in page.items:
                yield message_row(message)
            if (after := page.next) is None:
                return

    return csv_of(message_list(Page([], None), after=None, address=""), "messages", rows())


@router.get("/messages/{message_id}")
async def record(
    message_id: PathId,
    access: ReadingMessage,
    messages: TheMessages,
    known: TheKnown,
    wordings: TheWordings,
    show: Show,
) -> Response:
    found = await ask.message_record(message_id, messages, known, wordings)
    message = found.message
    return await show(
        "notify/message.html",
        title="A message",
        back=f"/people/{message.person_id}/messages",
        message=message,
        colour=PROGRESS_COLOURS[message.progress],
        language=language_of(found),
        letter=wordings.letter(message.template, language=found.language, call_me=None),
        checked=wordings.checked(found.language),
        may_see_address=access.sees("message.see-address"),
        address=found.address,
        moments=story_of(message),
    )


@router.get("/outbox")
async def outbox(access: SeeingOutbox, caught: TheOutbox, show: Show) -> Response:
    linked = access.policy.decide(access.caller, "message.read").allowed
    return await show(
        "notify/list.html",
        title="Outbox",
        lead=SENT if caught.sends else CAUGHT,
        listing=outbox_list(caught.caught, linked=linked),
    )
