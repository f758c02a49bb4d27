"""Staff who want it get one mail each working morning with what waits for them, and nobody else gets any."""

import re
from datetime import datetime, timedelta

import pytest

from alliance.kernel import FixedClock
from alliance.store.documents import HEARD_LIMIT
from alliance.testing import as_staff
from notify.adapters.smtp import Mail, MailServer
from notify.application.alerts import acknowledge_alert
from notify.application.courier import CARRYING
from notify.application.digests import ask_for_mail, confirm_address, keep_mail_on, switch_mail_off, switch_off_by_key
from notify.domain.digest import LASTS
from notify.domain.refusals import CodeWrong

from ..builders import NINE
from ..post_office import PostOffice, a_free_port, trusting
from ..rooms import OWN, PERSON, Room, a_concern, a_missed_wait, broken_glass

ADDRESS, SUBJECT, ROLES = "staff@example.org", "staff-7", ("triage-worker",)
EIGHT = NINE + timedelta(hours=23)
"""On Tuesday, the first morning after the mail was switched on."""


@pytest.fixture
def office() -> PostOffice:
    return PostOffice(a_free_port(), asks_password=False)


@pytest.fixture
def room(office: PostOffice) -> Room:
    server = MailServer.at(f"smtp://localhost:{office.port}")
    return Room(post=Mail(server, sender="hello@alliance.example", clock=FixedClock(NINE), tls=trusting))


async def ask(room: Room, address: str = ADDRESS) -> None:
    with as_staff(SUBJECT, organisation=OWN):
        await ask_for_mail(address, room.digests, room.clock, by=SUBJECT)


async def confirm(room: Room, code: str) -> None:
    with as_staff(SUBJECT, organisation=OWN):
        await confirm_address(code, room.digests, room.clock, room.morning_round.mornings, by=SUBJECT, roles=ROLES)


def code_in(office: PostOffice) -> str:
    found = re.search(r"\d{6}", office.taken[-1]["Subject"])
    assert found
    return found[0]


async def switch_on(room: Room, office: PostOffice) -> None:
    await ask(room)
    await room.morning_round.carry_all()
    await confirm(room, code_in(office))
    office.taken.clear()


async def at(room: Room, moment: datetime) -> None:
    """The clock wakes what is due, and the courier goes round."""
    room.clock.at = moment
    await room.tick()
    await room.morning_round.carry_all()


async def test_whoever_confirmed_an_address_is_told_in_the_morning_what_waits_for_them(
    room: Room, office: PostOffice
) -> None:
    async with office.open():
        await room.hear(a_concern(), a_concern(), a_missed_wait(), broken_glass())
        await switch_on(room, office)
        await at(room, EIGHT - timedelta(seconds=1))
        assert office.taken == []
        await at(room, EIGHT)
        await at(room, EIGHT + timedelta(hours=1))
    (mail,) = office.taken
    assert (mail["To"], mail["Subject"]) == (ADDRESS, "3 alerts wait for you")
    assert "Safety concern: 2, the oldest 23 hours ago" in mail.get_content()
    assert "Wait over its time: 1" in mail.get_content()
    assert "Closed record" not in mail.get_content()
    assert PERSON not in mail.as_string()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip(" <>") in mail.get_content()


async def test_before_the_address_is_confirmed_the_code_alone_goes_there(room: Room, office: PostOffice) -> None:
    async with office.open():
        await room.hear(a_concern())
        await ask(room)
        for day in range(7):
            await at(room, NINE + timedelta(days=day))
        await ask(room)
        with pytest.raises(CodeWrong):
            await confirm(room, "not it")
    assert [mail["Subject"][6:] for mail in office.taken] == [" is your code for the morning mail"]


async def test_nothing_comes_when_nothing_waits_and_the_next_morning_is_looked_at_again(
    room: Room, office: PostOffice
) -> None:
    async with office.open():
        await room.hear(a_concern())
        await switch_on(room, office)
        (alert,) = (await room.alerts.page("queue")).items
        with as_staff("staff-1", organisation=OWN):
            await acknowledge_alert(alert.id, room.alerts, room.clock, by="staff-1")
        await at(room, EIGHT)
        assert office.taken == []
        await room.hear(a_concern())
        await at(room, EIGHT + timedelta(days=1))
    assert len(office.taken) == 1


async def test_nothing_comes_at_the_weekend(room: Room, office: PostOffice) -> None:
    async with office.open():
        await room.hear(a_concern())
        await switch_on(room, office)
        days = []
        for day in range(8):
            before = len(office.taken)
            await at(room, EIGHT + timedelta(days=day))
            days += [room.clock.now().strftime("%a")] if len(office.taken) > before else []
    assert days == ["Tue", "Wed", "Thu", "Fri", "Mon", "Tue"]


async def test_a_mail_that_a_courier_lost_goes_again_under_the_same_id(room: Room, office: PostOffice) -> None:
    async with office.open():
        await room.hear(a_concern())
        await switch_on(room, office)
        await at(room, EIGHT)
        digest = await room.digests.get(SUBJECT)
        with as_staff("service:notify", organisation=OWN):
            await room.digests.change(SUBJECT, lambda each: setattr(each, "ready_at", EIGHT), remember=False)
        assert digest.ready_at is None
        await room.morning_round.carry_all()
    first, second = office.taken
    assert first["Message-ID"] == second["Message-ID"]


async def test_what_is_not_taken_now_goes_the_same_day_and_never_the_day_after(room: Room, office: PostOffice) -> None:
    async with office.open():
        await room.hear(a_concern())
        await switch_on(room, office)
        office.says_to_address = ["450 4.2.1 Not now"]
        await at(room, EIGHT)
        assert office.taken == []
        await at(room, EIGHT + timedelta(minutes=1))
        assert len(office.taken) == 1
    await at(room, EIGHT + timedelta(days=1))
    async with office.open():
        await at(room, EIGHT + timedelta(days=1, hours=20))
        assert len(office.taken) == 1
        await at(room, EIGHT + timedelta(days=2))
    assert len(office.taken) == 2


async def test_a_clock_that_is_behind_sends_no_second_mail_on_one_morning(room: Room, office: PostOffice) -> None:
    async with office.open():
        await room.hear(a_concern())
        await switch_on(room, office)
        room.clock.at = EIGHT
        await room.tick()
        for moment in (EIGHT - timedelta(seconds=1), EIGHT + timedelta(minutes=1), EIGHT + timedelta(hours=1)):
            await at(room, moment)
    assert len(office.taken) == 1


async def test_mail_goes_a_minute_after_the_server_is_back(room: Room, office: PostOffice) -> None:
    async with office.open():
        await room.hear(a_concern())
        await switch_on(room, office)
    await at(room, EIGHT)
    async with office.open():
        await at(room, EIGHT + timedelta(minutes=1))
    assert len(office.taken) == 1


async def test_it_can_be_kept_on_and_switched_off_however_often(room: Room, office: PostOffice) -> None:
    async with office.open():
        await switch_on(room, office)
    for press in range(HEARD_LIMIT + 1):
        room.clock.advance(seconds=1)
        with as_staff(SUBJECT, organisation=OWN, mark=f"command:{press}:keep"):
            await keep_mail_on(room.digests, room.clock, by=SUBJECT, roles=ROLES)
    with as_staff(SUBJECT, organisation=OWN, mark="command:the-last:off"):
        await switch_mail_off(room.digests, by=SUBJECT)
    assert not (await room.digests.get(SUBJECT)).is_on


async def test_an_address_that_refuses_for_good_gets_no_more_mail(room: Room, office: PostOffice) -> None:
    async with office.open():
        await room.hear(a_concern())
        await switch_on(room, office)
        office.says_to_address = ["550 5.1.1 No such mailbox"]
        for day in range(3):
            await at(room, EIGHT + timedelta(days=day))
    digest = await room.digests.get(SUBJECT)
    assert (office.taken, digest.is_on, digest.refused_at) == ([], False, EIGHT)


@pytest.mark.parametrize("by", ["page", "link", "time"])
async def test_switched_off_no_mail_comes_and_no_address_stays(room: Room, office: PostOffice, by: str) -> None:
    async with office.open():
        await room.hear(a_concern())
        await switch_on(room, office)
        morning = EIGHT + LASTS if by == "time" else EIGHT
        key = (await room.digests.get(SUBJECT)).off_key
        assert key
        if by == "page":
            with as_staff(SUBJECT, organisation=OWN):
                await switch_mail_off(room.digests, by=SUBJECT)
        if by == "link":
            for tried in ("another-key", key, key):
                await switch_off_by_key(tried, room.digests, organisation=OWN)
        await at(room, morning)
    assert office.taken == []
    assert ADDRESS not in str(await room.database.collection("digests").find_many({}))


async def test_whoever_keeps_it_on_is_told_by_their_roles_of_today(room: Room, office: PostOffice) -> None:
    async with office.open():
        await room.hear(a_concern(), broken_glass())
        await switch_on(room, office)
        with as_staff(SUBJECT, organisation=OWN):
            await keep_mail_on(room.digests, room.clock, by=SUBJECT, roles=("governance-lead",))
        await at(room, EIGHT)
    assert office.taken[0]["Subject"] == "1 alert waits for you"
    assert "Closed record opened" in office.taken[0].get_content()


async def test_couriers_that_race_carry_a_mail_once(room: Room, office: PostOffice) -> None:
    async with office.open():
        await room.hear(a_concern())
        await switch_on(room, office)
        room.clock.at = EIGHT
        await room.tick()
        with as_staff("service:notify", organisation=OWN):
            await room.digests.change(SUBJECT, lambda each: each.take(now=EIGHT, until=EIGHT + CARRYING))
        await room.morning_round.carry_all()
        assert office.taken == []
        await at(room, EIGHT + CARRYING)
    assert len(office.taken) == 1
