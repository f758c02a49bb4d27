"""Mail servers that are slow, rude or strict: nobody gets a message twice for it, and no message is lost."""

from datetime import timedelta

import pytest
from prometheus_client import REGISTRY

from notify.adapters import smtp
from notify.domain.codes import Channel
from notify.domain.digest_letters import StaffLetter
from notify.domain.message import Progress
from notify.domain.trying import LONGEST
from notify.domain.wording import ENGLISH, Text

from ..builders import EMAIL
from ..mailing import a_room_with_a_message, an_office, later, mail_to, progress, reached_by, reasons
from ..rooms import Room, an_acceptance


async def test_what_is_no_address_says_nothing_of_a_server_that_is_away() -> None:
    mail = mail_to(an_office())
    room = await a_room_with_a_message(mail)
    await room.courier.carry_all()
    assert not (await mail.check())[0]
    other = Room(post=mail)
    await other.hear(reached_by("email", "ask my sister"), an_acceptance())
    await other.courier.carry_all()
    assert reasons(other) == ["rejected"]
    assert not (await mail.check())[0]
    assert REGISTRY.get_sample_value("alliance_mail_down") == 1


@pytest.mark.parametrize("value", ["sam@[<example.org>]", "sam@[>.SIZE=1]"])
async def test_an_address_that_says_more_than_where_to_send_stops_no_courier(value: str) -> None:
    office = an_office()
    async with office.open():
        room = Room(post=mail_to(office))
        await room.hear(reached_by("email", value), an_acceptance())
        await room.courier.carry_all()
    assert (reasons(room), office.recipients) == (["rejected"], [])


async def test_a_host_in_another_script_is_written_as_mail_servers_know_it() -> None:
    office = an_office()
    async with office.open():
        room = Room(post=mail_to(office))
        await room.hear(reached_by("email", "sam@bücher.example"), an_acceptance())
        await room.courier.carry_all()
    assert office.recipients == ["sam@xn--bcher-kva.example"]


async def test_a_server_that_thinks_for_long_about_a_mail_is_given_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "STEP_SECONDS", 1.0)
    office = an_office()
    office.thinks_seconds = 1.5
    async with office.open():
        room = await a_room_with_a_message(mail_to(office))
        await room.courier.carry_all()
        await later(room, LONGEST)
    assert (len(office.taken), await progress(room)) == (1, Progress.DELIVERED)


async def test_a_server_that_is_gone_before_goodbyes_has_taken_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "WITHIN_SECONDS", 2.0)
    office = an_office()
    office.says_goodbye = False
    async with office.open():
        room = await a_room_with_a_message(mail_to(office))
        await room.courier.carry_all()
        await later(room, LONGEST)
    assert (len(office.taken), await progress(room)) == (1, Progress.DELIVERED)


async def test_the_way_out_is_written_whole_however_long_it_is() -> None:
    """Folded, it would be encoded as words, and no mail program would find it."""
    off = f"https://alerts.living-well-network-alliance.example.org/digest-off/{'k' * 43}"
    office = an_office()
    async with office.open():
        letter = StaffLetter("1 alert waits for you", (Text(ENGLISH, f"Switch it off: {off}\n"),), off)
        await mail_to(office).send("an-id", Channel.EMAIL, EMAIL, letter)
    assert f"List-Unsubscribe: <{off}>".encode() in office.lines


async def test_mail_that_is_in_hand_belongs_to_one_courier_for_as_long_as_the_server_may_take() -> None:
    mail = mail_to(an_office())
    assert mail.within >= timedelta(seconds=smtp.ANSWER_SECONDS + smtp.STEP_SECONDS)
    assert timedelta(minutes=10).total_seconds() <= smtp.ANSWER_SECONDS, "RFC 5321, 4.5.3.2.6"
