"""Homes on their pages: adding one, and who may know where it is."""

import pytest

from alliance.kernel import FixedClock

from ..rooms import Alliance
from .visits import a_vacancy, at_work, day, filled, hidden, seen, words

SCRIPT = '"><script>alert(1)</script>'
ANSWERS = {
    "provider": "thames-reach",
    "landlord": "example-homes",
    "setting": "own-tenancy",
    "support_level": "floating",
    "address": "1 Nowhere Street, Exampleton",
    "area_code": "sw9",
    "confidential": "no",
    "access_features": ["step-free", "lift"],
    "rent": "187.67",
    "support": "£100",
    **day("void_since", 5, 10, 2026),
}


@pytest.fixture
def alliance() -> Alliance:
    return Alliance(FixedClock())


async def test_a_manager_adds_a_home(alliance: Alliance) -> None:
    async with at_work(alliance) as browser:
        answer = await filled(browser, "/homes/add", **ANSWERS)
        told = words(await seen(browser, answer.headers["location"]))
    for fact in (
        "The home is added",
        "SW9",
        "£187.67 a week",
        "Step free",
        "Lift",
        "5 October 2026",
        "1 Nowhere Street",
    ):
        assert fact in told
    (home,) = (await alliance.homes.page("register")).items
    assert (home.rent_pence, home.support_pence, home.confidential) == (18_767, 10_000, False)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"area_code": "nowhere"}, "Enter the first half of a postcode, such as SW9"),
        ({"provider": "Thames Reach"}, "Use small letters, digits and dashes, such as thames-reach"),
        ({"setting": "hospital"}, "Select the kind of home"),
        ({"rent": "a lot"}, "Enter an amount in pounds"),
        ({"address": " "}, "Enter the address"),
        ({"address": "x" * 201}, "Use 200 characters or fewer"),
        (day("void_since", 1, 1, 2199), "must be today or in the past"),
    ],
)
async def test_a_wrong_answer_is_named_and_what_was_typed_is_kept(
    alliance: Alliance, change: dict[str, str], message: str
) -> None:
    async with at_work(alliance) as browser:
        answer = await filled(browser, "/homes/add", **(ANSWERS | change))
    assert answer.status_code == 422
    assert message in words(answer.text)
    assert 'value="example-homes"' in answer.text
    assert (await alliance.homes.page("register")).items == []


async def test_a_home_is_added_once_however_often_the_form_is_sent(alliance: Alliance) -> None:
    async with at_work(alliance) as browser:
        token = hidden(await seen(browser, "/homes/add"))
        first, again = [await browser.send_form("/homes/add", **token, **ANSWERS) for _ in range(2)]
    assert first.headers["location"] == again.headers["location"]
    assert len((await alliance.homes.page("register")).items) == 1


@pytest.mark.parametrize("token", [{"form_token": ""}, {"form_token": "a b<c"}, {"form_token": "x" * 65}])
async def test_a_form_that_is_not_ours_is_refused(alliance: Alliance, token: dict[str, str]) -> None:
    async with at_work(alliance) as browser:
        assert (await browser.send_form("/homes/add", **token, **ANSWERS)).status_code == 400
    assert (await alliance.homes.page("register")).items == []


async def test_what_the_form_does_not_ask_cannot_be_sent_along(alliance: Alliance) -> None:
    more = {"id": "mine", "hold": "x", "past": "x", "rent_pence": "1", "state": "occupied"}
    async with at_work(alliance) as browser:
        assert (await filled(browser, "/homes/add", **ANSWERS, **more)).status_code == 303
    (home,) = (await alliance.homes.page("register")).items
    assert (home.rent_pence, home.hold, home.past) == (18_767, None, ())
    assert home.id != "mine"


async def test_script_in_an_address_comes_out_as_text(alliance: Alliance) -> None:
    async with at_work(alliance) as browser:
        added = await filled(browser, "/homes/add", **(ANSWERS | {"address": SCRIPT}))
        record = await seen(browser, added.headers["location"])
        kept = await filled(
            browser, "/homes/add", **dict.fromkeys(("provider", "landlord", "address", "area_code", "rent"), SCRIPT)
        )
        home = (await alliance.homes.page("register")).items[0]
        placement = await alliance.placement_of(await alliance.introduce())
        named = await filled(browser, f"/placements/{placement}/name-worker", subject=SCRIPT)
        odd = await filled(browser, f"/placements/{placement}/offer-home", home_id=SCRIPT)
    assert home.address == SCRIPT
    for page in (record, kept.text, named.text, odd.text):
        assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in record
    assert kept.text.count("&lt;script&gt;alert(1)") >= 5


async def test_a_file_holds_no_formula(alliance: Alliance) -> None:
    await a_vacancy(alliance, provider="=cmd|' /C calc'!A0")
    async with at_work(alliance) as browser:
        answer = await browser.get("/homes.csv")
    assert ",=cmd" not in answer.text
    assert "'=cmd" in answer.text


@pytest.mark.parametrize(
    ("role", "address", "secret"),
    [
        ("housing-manager", True, True),
        ("housing-worker", True, False),
        ("key-worker", False, False),
        ("auditor", False, False),
    ],
)
async def test_an_address_is_for_housing_and_a_confidential_one_for_its_managers(
    alliance: Alliance, role: str, address: bool, secret: bool
) -> None:
    home, hidden_home = await a_vacancy(alliance), await a_vacancy(alliance, confidential=True)
    async with at_work(alliance, role) as browser:
        assert ("1 Nowhere Street" in await seen(browser, f"/homes/{home.id}")) is address
        assert ("1 Nowhere Street" in await seen(browser, f"/homes/{hidden_home.id}")) is secret
