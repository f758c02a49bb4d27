"""What is done about events of which the person is told, and about what they let us know."""

from datetime import timedelta

from alliance.contracts import Event, housing, intake, triage
from alliance.kernel import Clock
from alliance.messaging import Heard
from notify.application.collections import Messages, PersonDetails
from notify.domain.codes import Template
from notify.domain.details import ContactPoint, Details
from notify.domain.identity import message_of
from notify.domain.message import Message

TEMPLATES: dict[type[Event], Template] = {
    intake.IntroductionAccepted: Template.INTRODUCTION_ACCEPTED,
    triage.SupportStarted: Template.SUPPORT_STARTED,
    housing.HomeOffered: Template.HOME_OFFERED,
    housing.PersonMovedIn: Template.MOVED_IN,
}
Telling = intake.IntroductionAccepted | triage.SupportStarted | housing.HomeOffered | housing.PersonMovedIn


async def write_message(heard: Heard[Telling], messages: Messages, details_wait: timedelta, clock: Clock) -> None:
    """Write it once; it waits until it is addressed."""
    template = TEMPLATES[type(heard.data)]
    message = Message(
        id=message_of(heard.id, template),
        person_id=heard.data.person_id,
        template=template,
        cause_event_id=heard.id,
        correlation_id=heard.envelope.correlationid,
        written_at=clock.now(),
        give_up_at=clock.now() + details_wait,
    )
    await messages.change_or_add(message.id, lambda: message, lambda _: None)


async def address_message(
    heard: Heard[Telling], messages: Messages, person_details: PersonDetails, clock: Clock
) -> None:
    """Find out how it may go. The details are read after the message was written, so one of the two sees the other."""
    details = await person_details.find(heard.data.person_id)
    at = clock.now()
    await messages.change(
        message_of(heard.id, TEMPLATES[type(heard.data)]), lambda message: message.address(details, at=at)
    )


async def keep_details(heard: Heard[intake.PersonShared], person_details: PersonDetails, organisation: str) -> None:
    shared = heard.data
    if shared.organisation_id != organisation:
        return
    points = tuple(ContactPoint(kind=point.kind, value=point.value, safe=point.safe) for point in shared.contact_points)
    await person_details.change_or_add(
        shared.person_id,
        lambda: Details(id=shared.person_id),
        lambda details: details.keep(sequence=shared.consent_sequence, call_me=shared.call_me, contact_points=points),
        remember=False,
    )


async def follow_sharing(heard: Heard[intake.SharingChanged], person_details: PersonDetails, organisation: str) -> None:
    """Keep waiting for the details, or drop the copy; what other organisations may hold is no concern of ours."""
    changed = heard.data
    if changed.organisation_id != organisation:
        return

    def follow(details: Details) -> None:
        (details.allow if changed.allowed else details.drop)(sequence=changed.consent_sequence)

    await person_details.change_or_add(changed.person_id, lambda: Details(id=changed.person_id), follow, remember=False)


async def address_waiting_messages(
    heard: Heard[intake.PersonShared | intake.SharingChanged],
    messages: Messages,
    person_details: PersonDetails,
    clock: Clock,
) -> None:
    """New details may let a message go, or stop it."""
    details = await person_details.find(heard.data.person_id)
    at = clock.now()
    for message in await messages.with_key("undelivered_to", heard.data.person_id):
        await messages.change(message.id, lambda m: m.address(details, at=at), remember=False)
