"""Messages leave by mail: encrypted or not at all, once where the server takes them, and none is lost meanwhile."""

import logging
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from alliance.kernel import FixedClock
from notify.adapters.smtp import Mail, MailServer
from notify.application.courier import LONGEST_REST
from notify.domain.message import Progress
from notify.domain.trying import GIVE_UP_AFTER, LONGEST

from ..builders import EMAIL, NINE
from ..mailing import SENDER, a_room_with_a_message, an_office, later, mail_to, progress, reached_by, reasons
from ..post_office import PASSWORD
from ..rooms import PERSON, Room, a_move, an_acceptance, shared


async def test_a_message_leaves_encrypted_as_plain_text_that_tells_what_it_is_to_other_machines() -> None:
    office = an_office()
    async with office.open():
        room = await a_room_with_a_message(mail_to(office))
        await room.courier.carry_all()
    (mail,) = office.taken
    (message,) = (await room.messages.page("by_person", PERSON)).items
    assert (office.recipients, office.encrypted) == ([EMAIL], [True])
    assert (mail["From"], mail["To"]) == (SENDER, EMAIL)
    assert mail["Message-ID"] == f"<{message.id}@alliance.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert "Hello Sam" in mail.get_content()
    assert room.types_said == ["message-delivered.v1"]


async def test_a_server_that_is_encrypted_from_the_first_byte_will_do() -> None:
    office = an_office(implicit=True)
    async with office.open():
        room = await a_room_with_a_message(mail_to(office, scheme="smtps"))
        await room.courier.carry_all()
    assert len(office.taken) == 1


async def test_a_name_that_is_not_ascii_arrives_as_it_is_written() -> None:
    office = an_office()
    async with office.open():
        room = Room(post=mail_to(office))
        await room.hear(shared(1).model_copy(update={"call_me": "Zoë Bücher"}), an_acceptance())
        await room.courier.carry_all()
    assert "Hello Zoë Bücher" in office.taken[0].get_content()


async def test_a_message_in_another_script_arrives_as_it_is_written_and_says_its_languages() -> None:
    office = an_office()
    async with office.open():
        room = Room(post=mail_to(office), languages=("ar",))
        await room.hear(shared(1, speaks="ar"), an_acceptance())
        await room.courier.carry_all()
    (mail,) = office.taken
    assert (mail["Subject"], mail["Content-Language"]) == ("شكراً لتواصلك معنا", "ar, en")
    assert mail.get_content().startswith("مرحباً Sam،")
    assert "Hello Sam," in mail.get_content()


@pytest.mark.parametrize("answer", ["550 5.1.1 No such mailbox", "553 5.1.3 Bad address"])
async def test_an_address_that_is_refused_for_good_is_said_once_and_not_tried_again(answer: str) -> None:
    office = an_office()
    office.says_to_address = [answer]
    async with office.open():
        room = await a_room_with_a_message(mail_to(office))
        await room.courier.carry_all()
        await later(room, LONGEST)
    assert (office.taken, office.connections) == ([], 1)
    assert reasons(room) == ["rejected"]


async def test_what_is_no_address_never_reaches_the_server() -> None:
    office = an_office()
    async with office.open():
        for value in ("ask my sister", "sam@example.org, sister@example.org", "sam@example.org\nBcc: all@example.org"):
            room = Room(post=mail_to(office))
            await room.hear(reached_by("email", value), an_acceptance())
            await room.courier.carry_all()
            assert reasons(room) == ["rejected"]
    assert office.connections == 0


@pytest.mark.parametrize("way", ["address", "mail"])
async def test_a_message_that_is_refused_for_now_goes_later_with_the_same_id(way: str) -> None:
    office = an_office()
    answers = ["451 4.7.1 Try again", "452 4.2.2 Mailbox full"]
    setattr(office, f"says_to_{way}", answers)
    async with office.open():
        room = await a_room_with_a_message(mail_to(office))
        await room.courier.carry_all()
        await later(room, timedelta(seconds=30))
        assert office.connections == 1
        await later(room, timedelta(seconds=30))
        await later(room, timedelta(seconds=60))
        assert (office.connections, office.taken) == (2, [])
        await later(room, timedelta(seconds=60))
    assert len(office.taken) == 1
    assert room.types_said == ["message-delivered.v1"]


async def test_an_address_that_puts_us_off_for_days_is_given_up_and_that_is_said() -> None:
    office = an_office()
    office.says_to_address = ["450 4.2.1 Not now"] * 1000
    async with office.open():
        room = await a_room_with_a_message(mail_to(office))
        while await progress(room) is Progress.READY:
            await later(room, LONGEST)
    assert timedelta() <= room.clock.now() - NINE - GIVE_UP_AFTER <= LONGEST
    assert reasons(room) == ["not-taken-in-time"]


@pytest.mark.parametrize(
    "answer",
    ["554 5.7.1 Relay access denied", "530 SMTP authentication is required.", "521 This host takes no mail"],
)
async def test_a_server_that_refuses_us_and_not_the_address_loses_no_message(answer: str) -> None:
    office = an_office()
    office.says_to_address = [answer]
    async with office.open():
        room = await a_room_with_a_message(mail_to(office))
        await room.courier.carry_all()
        assert await progress(room) is Progress.READY
        await later(room, LONGEST)
    assert len(office.taken) == 1


async def test_while_the_server_is_away_nothing_is_lost_and_operators_see_it() -> None:
    office = an_office()
    mail = mail_to(office)
    room = await a_room_with_a_message(mail)
    await room.hear(a_move())
    for _ in range(40):
        await later(room, LONGEST_REST)
    ok, detail = await mail.check()
    assert not ok
    assert re.fullmatch(r"mail-server-down since 2026-11-02T09:00:00\.000000Z: (ConnectionRefused|OS)Error", detail)
    assert REGISTRY.get_sample_value("alliance_mail_down") == 1
    assert room.types_said == []
    async with office.open():
        await later(room, LONGEST_REST)
    assert len(office.taken) == 2
    assert (await mail.check())[0]
    assert REGISTRY.get_sample_value("alliance_mail_down") == 0


async def test_while_the_server_is_away_one_message_is_tried_and_ever_more_rarely() -> None:
    office = an_office(offers_tls=False)
    async with office.open():
        room = await a_room_with_a_message(mail_to(office))
        await room.hear(a_move())
        tried = []
        for _ in range(60 * 60):
            await later(room, timedelta(seconds=1))
            tried.append(office.connections)
    assert tried[4:6] == [1, 2]
    assert tried[59] <= 5
    assert tried[-1] - tried[-1 - int(LONGEST_REST.total_seconds())] == 1


async def test_where_encryption_is_not_offered_nothing_is_sent_not_even_the_password() -> None:
    office = an_office(offers_tls=False)
    async with office.open():
        room = await a_room_with_a_message(mail_to(office))
        await room.courier.carry_all()
    assert (office.connections, office.taken) == (1, [])
    assert await progress(room) is Progress.READY


async def test_a_server_that_cannot_show_who_it_is_is_given_nothing() -> None:
    office = an_office()
    async with office.open():
        stranger = Mail(MailServer.at(f"smtp://localhost:{office.port}"), sender=SENDER, clock=FixedClock(NINE))
        room = await a_room_with_a_message(stranger)
        await room.courier.carry_all()
    assert office.taken == []
    assert not (await stranger.check())[0]


async def test_a_developer_may_do_without_encryption() -> None:
    office = an_office(offers_tls=False, asks_password=False)
    async with office.open():
        room = await a_room_with_a_message(mail_to(office, plain=True))
        await room.courier.carry_all()
    assert (len(office.taken), office.encrypted) == (1, [False])


async def test_a_wrong_password_is_our_fault_and_fails_no_message() -> None:
    office = an_office()
    async with office.open():
        mail = mail_to(office, password="wrong")
        room = await a_room_with_a_message(mail)
        await room.courier.carry_all()
    assert await progress(room) is Progress.READY
    assert (await mail.check())[1].endswith("SMTPAuthenticationError 535")


async def test_who_can_only_be_reached_by_phone_is_not_told_by_mail_and_that_is_said() -> None:
    office = an_office()
    async with office.open():
        room = Room(post=mail_to(office))
        await room.hear(reached_by("phone", "07700 900123"), an_acceptance())
        await room.courier.carry_all()
    assert reasons(room) == ["channel-not-served"]
    assert office.connections == 0


async def test_no_log_and_no_trouble_names_the_address_or_the_password(caplog: pytest.LogCaptureFixture) -> None:
    office = an_office()
    office.says_to_address = [f"450 4.2.1 {EMAIL} is not there now", f"550 5.1.1 {EMAIL} is gone"]
    with capture_logs() as logs, caplog.at_level(logging.DEBUG, "aiosmtplib"):
        for password in ("wrong/secret", PASSWORD):
            mail = mail_to(office, password=password)
            room = await a_room_with_a_message(mail)
            await room.courier.carry_all()
            async with office.open():
                for _ in range(2):
                    await later(room, LONGEST)
                assert PASSWORD not in repr(mail._server)
    told = f"{logs} {caplog.text} {await mail.check()}"
    assert logs
    for word in (EMAIL, "wrong/secret", PASSWORD, quote(PASSWORD, safe="")):
        assert word not in told
