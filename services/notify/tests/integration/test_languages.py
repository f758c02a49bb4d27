"""People are written to in the language that they named for an interpreter, where the alliance has switched it on."""

import pytest

from alliance.contracts import Event, intake
from alliance.kernel import new_id
from alliance.store.document import Shape
from alliance.testing import as_staff
from alliance.testing.api import api_client, token_for
from alliance.testing.rooms import browsing
from notify.domain.message import Message

from ..builders import NINE
from ..rooms import OWN, PERSON, Room, a_move, a_start_of_support, an_acceptance, an_offer_of_a_home, shared, sharing
from .test_messages import Post


async def the_message(room: Room) -> Message:
    (message,) = (await room.messages.page("by_person")).items
    return message


@pytest.mark.parametrize("event", [an_acceptance(), a_start_of_support(), an_offer_of_a_home(), a_move()])
async def test_the_person_is_told_in_their_own_language_with_the_english_beneath(event: Event) -> None:
    post = Post()
    room = Room(post=post, languages=("pt",))
    await room.hear(shared(1, speaks="pt"), event)
    await room.courier.carry_all()
    ((_, _, _, letter),) = post.sent
    own, english = letter.texts
    assert own.body.startswith("Olá Sam,\n")
    assert english.body.startswith("Hello Sam,\n")
    assert letter.body.index("Olá") < letter.body.index("Hello")
    assert (await the_message(room)).language == "pt"


@pytest.mark.parametrize("speaks", ["so", "bfi", "mul", "en", None])
async def test_without_wording_that_is_switched_on_the_person_is_told_in_english_alone(speaks: str | None) -> None:
    post = Post()
    room = Room(post=post, languages=("pt",))
    await room.hear(shared(1, speaks=speaks), an_acceptance())
    await room.courier.carry_all()
    ((_, _, _, letter),) = post.sent
    assert [text.language for text in letter.texts] == ["en"]
    assert (await the_message(room)).language == "en"


async def test_no_words_that_nobody_has_checked_go_to_anybody_unless_the_alliance_says_so() -> None:
    room = Room()
    await room.hear(shared(1, speaks="pt"), an_acceptance())
    await room.courier.carry_all()
    assert (await the_message(room)).language == "en"


async def test_the_language_is_the_one_that_was_told_last_before_the_message_goes() -> None:
    room = Room(languages=("pt", "so"))
    await room.hear(shared(1, speaks="pt"), an_acceptance(), shared(2, speaks="so"))
    await room.courier.carry_all()
    await room.hear(shared(3, speaks="pt"), sharing(False, 4))
    assert (await the_message(room)).language == "so"


async def test_a_message_of_before_that_has_no_language_went_in_english() -> None:
    room = Room(languages=("pt",))
    await room.hear(shared(1, speaks="pt"), an_acceptance())
    await room.courier.carry_all()
    message = await the_message(room)
    shape = Shape(Message)
    stored = shape.state(message)
    del stored["language"]
    assert shape.aggregate({"state": stored}).language is None
    with as_staff("service:notify", organisation=OWN):
        await room.messages.change(message.id, Message.forget)
    async with browsing(room.app, "key-worker", organisation=OWN) as browser:
        page = (await browser.get(f"/messages/{message.id}")).text
    assert "Thank you for getting in touch" in page
    assert "Agradecemos" not in page


async def test_the_page_shows_the_language_in_which_it_will_go_and_in_which_it_went() -> None:
    room = Room(languages=("pt", "ar"))
    await room.hear(shared(1, speaks="pt"), an_acceptance())
    path = f"/messages/{(await the_message(room)).id}"
    async with browsing(room.app, "key-worker", organisation=OWN) as browser:
        assert "Portuguese, with English beneath" in (await browser.get(path)).text
        await room.hear(shared(2, speaks="ar"))
        await room.courier.carry_all()
        await room.hear(shared(3, speaks="pt"))
        page = (await browser.get(path)).text
    assert "Arabic, with English beneath" in page
    assert "Nobody who speaks Arabic has checked these words yet." in page
    assert page.index('<div lang="ar" dir="auto">') < page.index("مرحباً،") < page.index('<div lang="en" dir="auto">')


async def test_english_alone_is_called_english_and_needs_nobody_to_check_it() -> None:
    room = Room()
    await room.hear(shared(1), an_acceptance())
    async with browsing(room.app, "key-worker", organisation=OWN) as browser:
        page = (await browser.get(f"/messages/{(await the_message(room)).id}")).text
    assert "with English beneath" not in page
    assert "has checked these words" not in page


async def test_the_outbox_says_in_which_language_each_subject_is() -> None:
    room = Room(languages=("ar",))
    await room.hear(shared(1, speaks="ar"), an_acceptance())
    await room.a_courier(room.wiring.given["outbox"]).carry_all()  # type: ignore[arg-type]
    async with browsing(room.app, "key-worker", organisation=OWN) as browser:
        page = (await browser.get("/outbox")).text
    assert '<span lang="ar" dir="auto">شكراً لتواصلك معنا</span>' in page


async def test_the_api_answers_the_language_once_the_message_went() -> None:
    room = Room(languages=("pt",))
    await room.hear(shared(1, speaks="pt"), an_acceptance())
    url = f"/api/v1/messages/{(await the_message(room)).id}"
    async with api_client(room.app, token_for("notify", "key-worker", organisation=OWN)) as api:
        assert (await api.get(url)).json()["language"] is None
        await room.courier.carry_all()
        assert (await api.get(url)).json()["language"] == "pt"
        (listed,) = (await api.get(f"/api/v1/people/{PERSON}/messages")).json()["items"]
        assert listed["language"] == "pt"


async def test_the_copy_of_the_record_says_in_which_language_a_message_went_and_erasure_forgets_it() -> None:
    room = Room(languages=("pt",))
    await room.hear(shared(1, speaks="pt"), an_acceptance())
    await room.courier.carry_all()
    await room.hear(intake.RecordRequested(person_id=PERSON, request_id=new_id(), at=NINE))
    (part,) = [each for each in room.said if each.type == "notify.record-gathered.v1"]
    rows = {row["label"]: row["value"] for section in part.data["sections"] for row in section["rows"]}
    assert (rows["Interpreter language"], rows["Language"]) == ("pt", "pt")
    await room.hear(intake.PersonErased(person_id=PERSON, request_id=new_id(), at=NINE))
    assert (await the_message(room)).language is None
