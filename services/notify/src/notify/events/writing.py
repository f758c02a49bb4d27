"""What is done about events of which the person is told, and about what they let us know."""

from collections.abc import Callable
from datetime import datetime, timedelta

from alliance.contracts import Event, housing, intake, triage
from alliance.kernel import Clock
from alliance.messaging import Heard
from alliance.people import Known
from notify.application.collections import Messages
from notify.domain.codes import Template
from notify.domain.identity import message_of, message_of_check
from notify.domain.message import Message

TEMPLATES: dict[type[Event], Template] = {
    intake.IntroductionAccepted: Template.INTRODUCTION_ACCEPTED,
    intake.ContactCheckDue: Template.CONTACT_CHECK,
    triage.SupportStarted: Template.SUPPORT_STARTED,
    housing.HomeOffered: Template.HOME_OFFERED,
    housing.PersonMovedIn: Template.MOVED_IN,
}
Telling = (
    intake.IntroductionAccepted
    | intake.ContactCheckDue
    | triage.SupportStarted
    | housing.HomeOffered
    | housing.PersonMovedIn
)
Knowing = (
    intake.PersonShared
    | intake.SharingChanged
    | intake.PeopleMerged
    | intake.PeopleUnmerged
    | intake.PersonDied
    | intake.PersonErased
)


async def write_message(heard: Heard[Telling], messages: Messages, details_wait: timedelta, clock: Clock) -> None:
    """Write it once; it waits until it is addressed."""
    template = TEMPLATES[type(heard.data)]
    message = Message(
        id=_message_id(heard),
        person_id=heard.data.person_id,
        template=template,
        cause_event_id=heard.id,
        correlation_id=heard.envelope.correlationid,
        written_at=clock.now(),
        give_up_at=clock.now() + details_wait,
    )
    await messages.change_or_add(message.id, lambda: message, lambda _: None)


async def address_message(heard: Heard[Telling], messages: Messages, known: Known, clock: Clock) -> None:
    """Find out how it may go. The details are read after the message was written, so one of the two sees the other."""
    follow = await _as_known(heard.data.person_id, known, at=clock.now())
    await messages.change(_message_id(heard), follow)


def _message_id(heard: Heard[Telling]) -> str:
    said = heard.data
    if isinstance(said, intake.ContactCheckDue):
        return message_of_check(said.person_id, said.due_at)
    return message_of(heard.id, TEMPLATES[type(said)])


async def address_waiting_messages(heard: Heard[Knowing], messages: Messages, known: Known, clock: Clock) -> None:
    """New details, or another record of the same person, may let a message go, or stop it."""
    said, at = heard.data, clock.now()
    for id_ in {*await known.ids_of(said.person_id), getattr(said, "merged_person_id", said.person_id)}:
        follow = await _as_known(id_, known, at=at)
        for message in await messages.with_key("undelivered_to", id_):
            await messages.change(message.id, follow, remember=False)


async def _as_known(person_id: str, known: Known, *, at: datetime) -> Callable[[Message], None]:
    """What becomes of a message by what is known of the person now."""
    person, died_on = await known.now(person_id), await known.died_on(person_id)
    return lambda message: message.address(person, at=at) if died_on is None else message.stop(at=at)
