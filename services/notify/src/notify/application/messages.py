"""What may be asked about messages to people."""

from dataclasses import dataclass

from alliance.people import Known
from alliance.store import Page
from notify.application.collections import Messages
from notify.domain.message import Message, Progress
from notify.domain.reaching import safe_address
from notify.domain.wording import Wordings


@dataclass(frozen=True, kw_only=True)
class MessageRecord:
    message: Message
    version: int
    address: str | None
    """Where it goes by what is known of the person now; nothing once sharing is withdrawn."""
    language: str
    """In which it went; until then, in which it would go by what is known now."""


async def messages_to(
    person_id: str, messages: Messages, known: Known, *, after: str | None, limit: int
) -> Page[Message]:
    """By whichever of their pseudonyms they were written, oldest first."""
    since = after.partition(":")[2] if after else None
    found: list[Message] = []
    for id_ in await known.ids_of(person_id):
        page = await messages.page("by_person", f"{id_}:", after=since and f"{id_}:{since}", limit=limit + 1)
        found += page.items
    found.sort(key=lambda message: (message.written_at, message.id))
    return Page(found[:limit], found[limit - 1].by_person if len(found) > limit else None)


async def message_record(message_id: str, messages: Messages, known: Known, wordings: Wordings) -> MessageRecord:
    stored = await messages.read(message_id)
    details = await known.details_of(stored.aggregate.person_id)
    message, channel = stored.aggregate, stored.aggregate.channel
    spoken = None if message.progress is Progress.DELIVERED or details is None else details.interpreter_language
    return MessageRecord(
        message=message,
        version=stored.version,
        address=safe_address(details, channel) if channel else None,
        language=message.language or wordings.language_for(spoken),
    )
