"""The whole way through the browser, with authlib as a client that did not come from us."""

import httpx2
import pytest

from alliance.kernel import FixedClock

from .town import ISSUER, Town, a_code, a_service, answered, authorize_url, redeem


async def test_somebody_is_chosen_once_and_is_then_signed_in_everywhere(town: Town) -> None:
    triage, housing, browser = a_service(town, "triage"), a_service(town, "housing"), town.browser()
    page = await browser.get(triage.origin + "/")
    assert "Who are you?" in page.text
    assert (await browser.choose(page, "staff-kofi")).json() == {"welcome": "Kofi Notreal", "at": "triage"}
    assert (await browser.get(housing.origin + "/")).json() == {"welcome": "Kofi Notreal", "at": "housing"}
    (first,), (second,) = triage.here, housing.here
    assert (first["aud"], second["aud"]) == ("triage", "housing")
    assert first["sid"] == second["sid"]
    assert (first["iss"], first["organisation"], first["roles"]) == (ISSUER, "slam", ["key-worker"])
    assert {"sub", "exp", "iat", "nonce", "auth_time"} <= first.keys()


async def test_the_start_page_signs_in_and_leads_to_where_the_work_is(town: Town) -> None:
    finance, browser = a_service(town, "finance"), town.browser()
    arrived = await browser.choose(await browser.get(ISSUER + "/"), "staff-flo")
    assert arrived.json() == {"welcome": "Flo Pretend", "at": "finance"}
    assert finance.here[0]["roles"] == ["finance-officer"]


async def test_the_answer_names_its_issuer_and_gives_the_state_back(town: Town) -> None:
    browser = town.browser()
    answer = await browser.choose(await browser.get(authorize_url()), "staff-tess", follow=False)
    told = answered(answer)
    assert (told["iss"], told["state"]) == (ISSUER, "made-up-state")


async def test_userinfo_says_the_same_as_the_id_token(town: Town) -> None:
    triage, browser = a_service(town, "triage"), town.browser()
    await browser.choose(await browser.get(triage.origin + "/"), "staff-tess")
    (token,) = triage.tokens
    async with httpx2.AsyncClient(transport=town.transport()) as http:
        told = await http.get(f"{ISSUER}/userinfo", headers={"Authorization": f"Bearer {token['access_token']}"})
    assert told.json() == {name: triage.here[0][name] for name in ("sub", "name", "organisation", "roles")}


@pytest.mark.parametrize("prompt", ["login", "select_account"])
async def test_who_asks_for_a_new_choice_gets_one(town: Town, prompt: str) -> None:
    browser = town.browser()
    await a_code(browser)
    assert "Who are you?" in (await browser.get(authorize_url(prompt=prompt))).text


async def test_an_old_sign_in_is_not_good_enough_for_a_short_max_age(still_town: Town, clock: FixedClock) -> None:
    browser = still_town.browser()
    await a_code(browser)
    clock.advance(seconds=30)
    assert "code" in answered(await browser.get(authorize_url(max_age="60"), follow=False))
    clock.advance(seconds=60)
    assert "Who are you?" in (await browser.get(authorize_url(max_age="60"))).text


async def test_without_a_sign_in_prompt_none_is_answered_with_login_required(town: Town) -> None:
    browser = town.browser()
    answer = await browser.get(authorize_url(prompt="none"), follow=False)
    assert answered(answer)["error"] == "login_required"
    await a_code(browser)
    assert "code" in answered(await browser.get(authorize_url(prompt="none"), follow=False))


async def test_a_sign_in_ends_after_a_working_day(still_town: Town, clock: FixedClock) -> None:
    browser = still_town.browser()
    await a_code(browser)
    clock.advance(hours=8)
    assert "Who are you?" in (await browser.get(authorize_url())).text


async def test_the_cookie_is_of_this_host_alone_and_new_with_each_choice(town: Town) -> None:
    browser = town.browser()
    first = await browser.choose(await browser.get(authorize_url()), "staff-tess", follow=False)
    again = await browser.choose(await browser.get(authorize_url(prompt="login")), "staff-tess", follow=False)
    cookies = [answer.headers["set-cookie"] for answer in (first, again)]
    for cookie in cookies:
        assert cookie.startswith("__Host-sign-in=")
        assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert cookies[0].split(";")[0] != cookies[1].split(";")[0]


async def test_a_code_gives_tokens_whose_access_token_is_for_the_issuer_alone(town: Town) -> None:
    answer = (await redeem(town, await a_code(town.browser()))).json()
    claims = town.desk.signer.read(answer["access_token"], "at+jwt")
    assert claims["aud"] == ISSUER
    assert "roles" not in claims
    assert answer["token_type"] == "Bearer"


async def test_people_who_do_not_work_there_can_be_chosen_too_and_are_shown_apart(town: Town) -> None:
    text = (await town.browser().get(authorize_url("finance"))).text
    before, _, after = text.partition("Somebody who does not work with Budget")
    assert "Flo Pretend" in before
    assert "Tess Fabricated" not in before
    assert "Tess Fabricated" in after
