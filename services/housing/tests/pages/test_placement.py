"""A placement in front of its worker: from the first offer to moving on, and every way of saying no."""

from datetime import date, timedelta

import pytest

from alliance.contracts import intake
from alliance.kernel import FixedClock, new_id
from housing.domain.home import HomeState
from housing.domain.stages import Stage

from ..rooms import Alliance, envelope, person_shared
from .visits import a_move_in, a_search, a_vacancy, an_offered, at_work, day, filled, hidden, seen, words


@pytest.fixture
def alliance() -> Alliance:
    return Alliance(FixedClock())


async def test_home_at_last_by_the_pages_alone(alliance: Alliance) -> None:
    placement, home = await a_search(alliance), await a_vacancy(alliance)
    path = f"/placements/{placement}"
    async with at_work(alliance) as browser:
        assert "Offer a home" in words(await seen(browser, path))
        choosing = words(await seen(browser, f"{path}/offer-home"))
        assert "Floating support: the support that the person needs" in choosing
        assert "£1,246.58 less than where they live now" in choosing
        answer = await filled(browser, f"{path}/offer-home", home_id=home.id)
        assert answer.headers["location"] == path
        await alliance.settle()
        told = words(await seen(browser, path))
        assert "The home is held for this person until 9 November 2026." in told
        assert "9 November 2026 at 9:00am (in 7 days)" in told
        offer = (await alliance.placements.get(placement)).offers[0].offer_id

        await filled(browser, f"{path}/offers/{offer}/accept")
        await alliance.settle()
        assert "Confirm the move in" in words(await seen(browser, path))
        await filled(browser, f"{path}/confirm-move-in", **day("moved_in_on", 2, 11, 2026))
        await alliance.settle()
        assert "Somebody lives here." in words(await seen(browser, f"/homes/{home.id}"))

        await filled(browser, f"{path}/correct-move-in", reason="typing-error", **day("moved_in_on", 26, 10, 2026))
        await filled(
            browser,
            f"{path}/move-on",
            destination="social-rental",
            reason="planned",
            **day("moved_on_on", 1, 11, 2026),
        )
        await alliance.settle()
        told = words(await seen(browser, path))
        for sentence in (
            "Offer accepted",
            "Moved in on 2 November 2026",
            "From 2 November 2026 to 26 October 2026: typing error",
            "On 1 November 2026 to social rental: planned",
        ):
            assert sentence in told
        history = words(await seen(browser, f"/homes/{home.id}"))
        assert "moved on 1 November 2026" in history
        assert "Empty since 1 November 2026" in history


async def test_a_declined_offer_is_confirmed_first_and_told_in_the_story(alliance: Alliance) -> None:
    async with at_work(alliance) as browser:
        path, offer, home_id = await an_offered(alliance, browser)
        asked = words(await seen(browser, f"{offer}/decline"))
        assert "This cannot be undone." in asked
        await filled(browser, f"{offer}/decline", by="person", reason="too-far")
        await alliance.settle()
        told = words(await seen(browser, path))
    assert "Offer declined by the person" in told
    assert "Too far" in told
    assert (await alliance.homes.get(home_id)).state is HomeState.VACANT


async def test_ending_the_search_frees_the_home(alliance: Alliance) -> None:
    async with at_work(alliance) as browser:
        path, _, home_id = await an_offered(alliance, browser)
        await filled(browser, f"{path}/close", reason="found-own-home")
        await alliance.settle()
        told = words(await seen(browser, path))
        assert "The search for a home has ended." in told
        assert "Offer a home" not in told
        assert "The search for a home has ended." in words(await seen(browser, f"{path}/offer-home", 409))
    assert (await alliance.homes.get(home_id)).state is HomeState.VACANT


async def test_a_home_that_went_to_somebody_else_meanwhile_is_told_in_the_form(alliance: Alliance) -> None:
    one, other, home = await a_search(alliance), await a_search(alliance), await a_vacancy(alliance)
    async with at_work(alliance) as browser:
        page = await seen(browser, f"/placements/{one}/offer-home")
        await filled(browser, f"/placements/{other}/offer-home", home_id=home.id)
        answer = await browser.send_form(f"/placements/{one}/offer-home", **hidden(page), home_id=home.id)
    assert answer.status_code == 409
    assert "This home is held for somebody else until they have answered." in words(answer.text)


async def test_what_a_colleague_did_meanwhile_is_told_and_nothing_is_lost(alliance: Alliance) -> None:
    async with at_work(alliance) as browser, at_work(alliance, subject="staff-8") as colleague:
        path, offer, _ = await an_offered(alliance, browser)
        page = await seen(browser, f"{offer}/decline")
        await filled(colleague, f"{offer}/accept")
        answer = await browser.send_form(f"{offer}/decline", **hidden(page), by="person", reason="too-far")
        assert answer.status_code == 409
        assert "Somebody changed this while you had it open." in words(answer.text)
        assert 'value="too-far" checked' in answer.text
        assert (await alliance.placements.get(path.rpartition("/")[2])).stage is Stage.ACCEPTED
        await browser.send_form(f"{offer}/decline", **hidden(answer.text), by="person", reason="too-far")
    assert (await alliance.placements.get(path.rpartition("/")[2])).stage is Stage.INTRODUCED


async def test_an_offer_to_somebody_who_has_one_by_now_is_told_first(alliance: Alliance) -> None:
    home = await a_vacancy(alliance)
    async with at_work(alliance) as browser, at_work(alliance, subject="staff-8") as colleague:
        path = f"/placements/{await a_search(alliance)}/offer-home"
        other, page = await a_vacancy(alliance), await seen(browser, path)
        await filled(colleague, path, home_id=other.id)
        await alliance.settle()
        answer = await browser.send_form(path, **hidden(page), home_id=home.id)
    assert answer.status_code == 409
    assert "What has changed" in words(answer.text)
    assert (await alliance.homes.get(home.id)).state is HomeState.VACANT


async def test_where_no_home_is_free_there_is_nothing_to_send(alliance: Alliance) -> None:
    path = f"/placements/{await a_search(alliance)}/offer-home"
    async with at_work(alliance) as browser:
        assert "No home is free to be offered." in words(await seen(browser, path))
        await a_vacancy(alliance)
        assert "No home in SE27 is free" in words(await seen(browser, f"{path}?area=SE27"))
        assert "own tenancy" in words(await seen(browser, f"{path}?area=SW9"))


async def test_an_offer_that_ran_out_cannot_be_accepted(alliance: Alliance) -> None:
    async with at_work(alliance) as browser:
        _, offer, _ = await an_offered(alliance, browser)
        page = await seen(browser, f"{offer}/accept")
        alliance.clock.advance(days=7)
        async with at_work(alliance) as later:
            answer = await later.send_form(f"{offer}/accept", **hidden(page))
    assert answer.status_code == 409
    assert "The offer has lapsed; the home has gone back to the list of vacancies." in words(answer.text)


@pytest.mark.parametrize(
    ("step", "answers", "message", "link"),
    [
        ("offer-home", {}, "Select a home", "#home_id"),
        ("offer-home", {"home_id": "my-own"}, "Select a home", "#home_id"),
        ("confirm-move-in", {}, "Enter the day on which they moved in", "#moved_in_on-day"),
        ("confirm-move-in", day("moved_in_on", 31, 2, 2026), "must be a real date", "#moved_in_on-day"),
        ("correct-move-in", day("moved_in_on", 1, 11, 2026), "Select why it is corrected", "#reason"),
        ("move-on", day("moved_on_on", 1, 11, 2026), "Select where they moved to", "#destination"),
        ("close", {"reason": "bored"}, "Select why the search ends", "#reason"),
        ("name-worker", {"subject": "not an id!"}, "Enter the staff identifier", "#subject"),
    ],
)
async def test_a_bad_answer_is_named_and_linked_and_nothing_happens(
    alliance: Alliance, step: str, answers: dict[str, str], message: str, link: str
) -> None:
    placement = await a_search(alliance)
    await a_vacancy(alliance)
    before = await alliance.placements.read(placement)
    async with at_work(alliance) as browser:
        answer = await filled(browser, f"/placements/{placement}/{step}", **answers)
    assert answer.status_code == 422
    assert message in words(answer.text)
    assert f'href="{link}"' in answer.text
    assert "<title>Error: " in " ".join(answer.text.split()).replace("<title> ", "<title>")
    assert await alliance.placements.read(placement) == before


async def test_a_day_that_cannot_be_is_refused_in_a_sentence(alliance: Alliance) -> None:
    async with at_work(alliance) as browser:
        path, _ = await a_move_in(alliance, browser)
        answers = {"destination": "owner", "reason": "planned", **day("moved_on_on", 1, 10, 2026)}
        answer = await filled(browser, f"{path}/move-on", **answers)
    assert answer.status_code == 409
    assert "The person cannot have moved on on that day." in words(answer.text)


async def test_a_form_sent_twice_does_it_once(alliance: Alliance) -> None:
    placement, home = await a_search(alliance), await a_vacancy(alliance)
    async with at_work(alliance) as browser:
        path = f"/placements/{placement}/offer-home"
        page = await seen(browser, path)
        first = await browser.send_form(path, **hidden(page), home_id=home.id)
        again = await browser.send_form(path, **hidden(page), home_id=home.id)
        await alliance.settle()
        late = await browser.send_form(path, **hidden(page), home_id=home.id)
    assert [answer.status_code for answer in (first, again, late)] == [303, 303, 303]
    assert len((await alliance.placements.get(placement)).offers) == 1


async def test_no_link_and_no_offer_of_another_person_is_invented(alliance: Alliance) -> None:
    async with at_work(alliance) as browser:
        path, _, _ = await an_offered(alliance, browser)
        other, offer, _ = await an_offered(alliance, browser)
        crossed = f"{path}/offers/{offer.rpartition('/')[2]}/accept"
        assert "The person has no offer by that id." in words(await seen(browser, crossed, 409))
        assert (await browser.get(f"/placements/{new_id()}")).status_code == 404
        assert (await browser.get("/placements/nonsense")).status_code == 404
    assert other != path


async def test_the_name_is_shown_only_while_the_person_allows_it(alliance: Alliance) -> None:
    placement = await a_search(alliance, person := new_id())
    async with at_work(alliance) as browser:
        assert "does not share their details with us" in words(await seen(browser, f"/placements/{placement}"))
        await alliance.share(person, 1)
        page = await seen(browser, f"/placements/{placement}")
        assert "Example" in words(page)
        assert "Example" not in page[: page.index("</title>")]
        await alliance.stop_sharing(person, 2)
        assert "Example" not in words(await seen(browser, f"/placements/{placement}"))


async def test_a_death_is_shown_and_ends_nothing_by_itself(alliance: Alliance) -> None:
    placement, at = await a_search(alliance, person := new_id()), alliance.clock.now()
    died = intake.PersonDied(person_id=person, died_on=at.date(), death_sequence=1, at=at)
    async with at_work(alliance) as browser:
        await alliance.hear(envelope(died, alliance.clock))
        page = words(await seen(browser, f"/placements/{placement}"))
        assert "recorded that the person died on" in page
        await alliance.hear(
            envelope(intake.PersonDeathCorrected(person_id=person, death_sequence=2, at=at), alliance.clock)
        )
        assert "recorded that the person died on" not in words(await seen(browser, f"/placements/{placement}"))


async def test_a_way_to_reach_somebody_that_is_not_safe_is_named_without_its_number(alliance: Alliance) -> None:
    person_id = new_id()
    placement_id = await a_search(alliance, person_id)
    points = (
        intake.ContactPoint(kind="phone", value="07700 900456", safe=False),
        intake.ContactPoint(kind="email", value="safe@example.org", safe=True),
    )
    told = person_shared(person_id, 1).model_copy(update={"contact_points": points})
    await alliance.hear(envelope(told, alliance.clock, recipient="housing"))
    async with at_work(alliance) as browser:
        page = words(await seen(browser, f"/placements/{placement_id}"))
    assert "Not safe to use" in page
    assert "07700 900456" not in page
    assert "safe@example.org" in page


async def test_a_colleague_of_another_organisation_is_named_and_steps_back(alliance: Alliance) -> None:
    path = f"/placements/{await a_search(alliance)}"
    async with (
        at_work(alliance, "housing-worker") as browser,
        at_work(alliance, "key-worker", organisation="slam", subject="key-1") as theirs,
    ):
        assert "This record is closed to you" in words(await seen(theirs, path, 403))
        await filled(browser, f"{path}/take-on")
        await filled(browser, f"{path}/name-worker", subject="key-1")
        told = words(await seen(theirs, path))
        assert "Testina Staff" in told
        assert "Offer a home" not in told
        assert "You work with them" in words(await seen(theirs, "/placements"))
        await filled(theirs, f"{path}/step-back")
        assert (await theirs.get(path)).status_code == 403


async def test_the_board_marks_an_offer_that_lapses_soon(alliance: Alliance) -> None:
    async with at_work(alliance) as browser:
        await an_offered(alliance, browser)
        assert "alliance-board__card--late" not in await seen(browser, "/placements")
    alliance.clock.at += timedelta(days=6)
    async with at_work(alliance) as browser:
        assert "alliance-board__card--late" in await seen(browser, "/placements")


@pytest.mark.parametrize(
    ("said_on", "told"),
    [
        (date(2026, 9, 3), "last said how to reach them on 3 September 2026."),
        (date(2026, 9, 2), "last said how to reach them on 2 September 2026. Ask before you offer"),
        (None, "has not been told. Ask before you offer"),
    ],
)
async def test_an_offer_of_a_home_says_when_they_last_said_how_to_reach_them(
    alliance: Alliance, said_on: date | None, told: str
) -> None:
    person_id = new_id()
    placement = await a_search(alliance, person_id)
    await a_vacancy(alliance)
    shared = person_shared(person_id, 1).model_copy(update={"contact_confirmed_on": said_on})
    await alliance.hear(envelope(shared, alliance.clock, recipient="housing"))
    async with at_work(alliance) as browser:
        assert told in words(await seen(browser, f"/placements/{placement}/offer-home"))
