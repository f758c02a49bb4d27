"""Notify with a real mail server, and messages that are to leave by it."""

from datetime import timedelta
from urllib.parse import quote

from alliance.contracts import Event, intake
from alliance.kernel import FixedClock
from notify.adapters.smtp import Mail, MailServer
from notify.domain.message import Progress

from .builders import NINE
from .post_office import PASSWORD, USER, PostOffice, a_free_port, trusting
from .rooms import PERSON, Room, an_acceptance, shared

SENDER = "hello@alliance.example"


def an_office(*, offers_tls: bool = True, implicit: bool = False, asks_password: bool = True) -> PostOffice:
    return PostOffice(a_free_port(), offers_tls=offers_tls, implicit=implicit, asks_password=asks_password)


def reached_by(kind: str, value: str) -> Event:
    """The person shares this way alone, and calls it safe."""
    point = intake.ContactPoint.model_validate({"kind": kind, "value": value, "safe": True})
    return shared(1).model_copy(update={"contact_points": (point,)})


def mail_to(office: PostOffice, *, scheme: str = "smtp", password: str = PASSWORD, plain: bool = False) -> Mail:
    login = f"{USER}:{quote(password, safe='')}@" if office.asks_password else ""
    server = MailServer.at(f"{scheme}://{login}localhost:{office.port}", plain=plain)
    return Mail(server, sender=SENDER, clock=FixedClock(NINE), tls=trusting)


async def a_room_with_a_message(mail: Mail) -> Room:
    room = Room(post=mail)
    await room.hear(shared(1), an_acceptance())
    return room


async def later(room: Room, by: timedelta) -> None:
    room.clock.advance(seconds=by.total_seconds())
    await room.courier.carry_all()


async def progress(room: Room) -> Progress:
    (message,) = (await room.messages.page("by_person", PERSON)).items
    return message.progress


def reasons(room: Room) -> list[str]:
    return [each.data["reason_code"] for each in room.said if each.type == "notify.message-failed.v1"]
