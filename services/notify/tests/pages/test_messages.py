"""What became of messages, as staff see it: never an address, but for an administrator, and never a name."""

import pytest

from alliance.contracts import intake
from alliance.kernel import derived_id, new_id
from alliance.testing.rooms import browsing
from notify.application.messages import messages_to
from notify.domain.message import Message

from ..builders import EMAIL, NINE
from ..rooms import OWN, PERSON, Room, an_acceptance, shared

LIST = f"/people/{PERSON}/messages"


@pytest.fixture
def room() -> Room:
    return Room()


async def the_message(room: Room) -> str:
    (message,) = (await room.messages.page("by_person")).items
    return f"/messages/{message.id}"


async def test_a_message_is_followed_from_waiting_to_delivered(room: Room) -> None:
    await room.hear(an_acceptance())
    path = await the_message(room)
    async with browsing(room.app, "key-worker", organisation=OWN) as browser:
        assert "Waiting for details" in (await browser.get(LIST)).text
        assert "We do not know yet how to reach the person safely." in (await browser.get(path)).text
        await room.hear(shared(1))
        assert "Ready to go" in (await browser.get(path)).text
        await room.courier.carry_all()
        page = (await browser.get(path)).text
    assert "Delivered by email" in page
    assert "Thank you for getting in touch" in page
    assert EMAIL not in page
    assert "Sam" not in page


async def test_what_was_written_under_either_of_two_merged_records_is_one_list_page_by_page(room: Room) -> None:
    other = derived_id("test", "other")
    for person_id in (PERSON, other, other, PERSON, other):
        room.clock.advance(hours=1)
        await room.hear(an_acceptance().model_copy(update={"person_id": person_id}))
    assert len((await messages_to(PERSON, room.messages, room.known, after=None, limit=9)).items) == 2
    await room.hear(intake.PeopleMerged(person_id=PERSON, merged_person_id=other, merge_id=new_id(), at=NINE))
    for asked in (PERSON, other):
        found: list[Message] = []
        after = None
        for _ in range(3):
            page = await messages_to(asked, room.messages, room.known, after=after, limit=2)
            found, after = [*found, *page.items], page.next
        assert after is None
        assert [each.person_id for each in found] == [PERSON, other, other, PERSON, other]
    async with browsing(room.app, "key-worker", organisation=OWN) as browser:
        assert (await browser.get(LIST)).text.count('href="/messages/') == 5


async def test_a_message_that_cannot_go_says_why(room: Room) -> None:
    await room.hear(shared(1, safe=False), an_acceptance())
    async with browsing(room.app, "key-worker", organisation=OWN) as browser:
        page = (await browser.get(await the_message(room))).text
    assert "There is no way to reach the person that they called safe." in page


async def test_where_it_goes_is_for_an_administrator(room: Room) -> None:
    await room.hear(shared(1), an_acceptance())
    async with browsing(room.app, "service-administrator", organisation=OWN) as browser:
        assert EMAIL in (await browser.get(await the_message(room))).text


async def test_an_address_that_is_script_comes_out_as_text(room: Room) -> None:
    event = shared(1)
    nasty = event.contact_points[0].model_copy(update={"value": "<script>alert(1)</script>"})  # type: ignore[attr-defined]
    await room.hear(event.model_copy(update={"contact_points": (nasty,)}), an_acceptance())
    async with browsing(room.app, "service-administrator", organisation=OWN) as browser:
        page = (await browser.get(await the_message(room))).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


async def test_nothing_written_yet_is_said(room: Room) -> None:
    async with browsing(room.app, "key-worker", organisation=OWN) as browser:
        assert "Nothing was written to this person." in (await browser.get(LIST)).text


async def test_the_list_is_a_file(room: Room) -> None:
    await room.hear(shared(1), an_acceptance(), an_acceptance())
    async with browsing(room.app, "key-worker", organisation=OWN) as browser:
        answer = await browser.get(f"{LIST}.csv")
    assert len(answer.text.splitlines()) == 3
    assert PERSON not in answer.headers["content-disposition"]


async def test_other_organisations_break_the_glass_first(room: Room) -> None:
    await room.hear(shared(1), an_acceptance())
    async with browsing(room.app, "key-worker", organisation="certitude") as browser:
        for path in (LIST, f"{LIST}.csv", await the_message(room)):
            answer = await browser.get(path)
            assert answer.status_code == 403
            assert "This record is closed to you" in answer.text


@pytest.mark.parametrize("role", ["finance-officer", "finance-approver", "alliance-lead", "auditor"])
async def test_others_have_no_business_with_messages(room: Room, role: str) -> None:
    await room.hear(shared(1), an_acceptance())
    async with browsing(room.app, role, organisation=OWN) as browser:
        for path in (LIST, await the_message(room)):
            assert (await browser.get(path)).status_code == 403


async def test_the_outbox_shows_what_left_without_addresses(room: Room) -> None:
    await room.hear(shared(1), an_acceptance())
    courier = room.a_courier(room.wiring.given["outbox"])  # type: ignore[arg-type]
    await courier.carry_all()
    async with browsing(room.app, "key-worker", organisation=OWN) as browser:
        page = (await browser.get("/outbox")).text
    assert "Thank you for getting in touch" in page
    assert await the_message(room) in page
    assert EMAIL not in page


async def test_what_is_not_there_is_not_found(room: Room) -> None:
    async with browsing(room.app, "key-worker", organisation=OWN) as browser:
        for path in (f"/messages/{new_id()}", "/people/somebody/messages"):
            assert (await browser.get(path)).status_code == 404
