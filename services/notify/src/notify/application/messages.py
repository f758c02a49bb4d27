"""What may be asked about messages to people."""

from dataclasses import dataclass

from alliance.store import Page
from notify.application.collections import Messages, PersonDetails
from notify.domain.message import Message


@dataclass(frozen=True, kw_only=True)
class MessageRecord:
    message: Message
    version: int
    address: str | None
    """Where it goes by what is known of the person now; nothing once sharing is withdrawn."""


async def messages_to(person_id: str, messages: Messages, *, after: str | None, limit: int) -> Page[Message]:
    """Oldest first."""
    return await messages.page("by_person", f"{person_id}:", after=after, limit=limit)


async def message_record(message_id: str, messages: Messages, person_details: PersonDetails) -> MessageRecord:
    stored = await messages.read(message_id)
    details = await person_details.find(stored.aggregate.person_id)
    channel = stored.aggregate.channel
    address = details.safe_address(channel) if details and channel else None
    return MessageRecord(message=stored.aggregate, version=stored.version, address=address)
