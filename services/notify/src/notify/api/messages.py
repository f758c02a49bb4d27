"""Messages to people, as staff see what became of them."""

from fastapi import APIRouter, Response

from alliance.web import PathId, tag
from notify.api.answers import MessageAnswer, MessagePage, WholeMessage
from notify.api.giving import After, Limit, ListingMessages, ReadingMessage, TheKnown, TheMessages, TheWordings
from notify.application import messages as ask

router = APIRouter(prefix="/api/v1", tags=["messages"])


@router.get("/people/{person_id}/messages")
async def sent_to(
    person_id: PathId,
    _: ListingMessages,
    messages: TheMessages,
    known: TheKnown,
    after: After = None,
    limit: Limit = 50,
) -> MessagePage:
    """What was written to a person, by any of their pseudonyms, oldest first. Somebody unknown was written nothing."""
    page = await ask.messages_to(person_id, messages, known, after=after, limit=limit)
    return MessagePage(items=[MessageAnswer.of(message) for message in page.items], next=page.next)


@router.get("/messages/{message_id}")
async def record(
    message_id: PathId,
    access: ReadingMessage,
    messages: TheMessages,
    known: TheKnown,
    wordings: TheWordings,
    response: Response,
) -> WholeMessage:
    """One message; where it goes is for an administrator only."""
    found = await ask.message_record(message_id, messages, known, wordings)
    tag(response, found.version)
    return WholeMessage.from_record(found, with_address=access.sees("message.see-address"))
