"""Signed out once, signed out everywhere, and sent on only to where a service is registered to send people."""

from urllib.parse import urlencode

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from alliance_deploy.issuer.tokens import BACK_CHANNEL_EVENT

from .town import ISSUER, Browser, MadeService, Town, a_service, authorize_url


async def signed_in_at_two(town: Town) -> tuple[MadeService, MadeService, Browser]:
    triage, housing, browser = a_service(town, "triage"), a_service(town, "housing"), town.browser()
    await browser.choose(await browser.get(triage.origin + "/"), "staff-kofi")
    await browser.get(housing.origin + "/")
    return triage, housing, browser


def end_session(**said: str) -> str:
    return f"{ISSUER}/end-session?{urlencode(said)}"


async def test_every_service_where_somebody_signed_in_is_told_of_the_sign_out(town: Town) -> None:
    triage, housing, browser = await signed_in_at_two(town)
    never = a_service(town, "finance")
    hint = triage.tokens[0]["id_token"]
    arrived = await browser.get(
        end_session(id_token_hint=hint, post_logout_redirect_uri=f"{triage.origin}/signed-out", state="x")
    )
    assert arrived.text == "good-bye from triage"
    assert browser.visited[-1] == f"{triage.origin}/signed-out?state=x"
    assert never.told_to_sign_out == []
    for service in (triage, housing):
        (token,) = service.told_to_sign_out
        read = jwt.decode(token, KeySet.import_key_set(town.desk.signer.jwks), algorithms=["Ed25519"])  # type: ignore[arg-type]
        assert read.header["typ"] == "logout+jwt"
        assert read.claims["events"] == {BACK_CHANNEL_EVENT: {}}
        assert (read.claims["aud"], read.claims["iss"]) == (service.name, ISSUER)
        assert read.claims["sid"] == service.here[0]["sid"]
        assert "nonce" not in read.claims
        assert read.claims["jti"]
    assert "Who are you?" in (await browser.get(authorize_url())).text


async def test_a_service_that_does_not_answer_keeps_nobody_signed_in(town: Town) -> None:
    triage, _, browser = await signed_in_at_two(town)
    del town.apps["housing.localhost:8003"]
    await browser.get(end_session(id_token_hint=triage.tokens[0]["id_token"]))
    assert len(triage.told_to_sign_out) == 1
    assert "Who are you?" in (await browser.get(authorize_url())).text


async def test_without_a_hint_the_person_is_asked_first(town: Town) -> None:
    triage, _, browser = await signed_in_at_two(town)
    page = await browser.get(end_session(client_id="triage", post_logout_redirect_uri=f"{triage.origin}/signed-out"))
    assert "Do you want to sign out?" in page.text
    assert triage.told_to_sign_out == []
    gone = await browser.post(f"{ISSUER}/sign-out", {"then": f"{triage.origin}/signed-out"})
    assert gone.text == "good-bye from triage"
    assert len(triage.told_to_sign_out) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"post_logout_redirect_uri": "https://evil.example/"},
        {"client_id": "triage", "post_logout_redirect_uri": "https://evil.example/"},
        {"client_id": "triage", "post_logout_redirect_uri": "http://housing.localhost:8003/signed-out"},
        {
            "client_id": "triage",
            "post_logout_redirect_uri": "http://triage.localhost:8002/signed-out?to=//evil.example",
        },
        {"client_id": "stranger"},
        {"id_token_hint": "nonsense"},
    ],
)
async def test_a_sign_out_leads_nowhere_that_is_not_registered(town: Town, said: dict[str, str]) -> None:
    triage, _, browser = await signed_in_at_two(town)
    answer = await browser.get(end_session(**said), follow=False)
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert triage.told_to_sign_out == []


async def test_the_confirmation_leads_nowhere_that_is_not_registered(town: Town) -> None:
    browser = town.browser()
    answer = await browser.post(f"{ISSUER}/sign-out", {"then": "https://evil.example/"}, follow=False)
    assert answer.status_code == 400


async def test_a_hint_of_one_service_is_not_taken_from_another(town: Town) -> None:
    triage, _, browser = await signed_in_at_two(town)
    hint = triage.tokens[0]["id_token"]
    answer = await browser.get(end_session(id_token_hint=hint, client_id="housing"), follow=False)
    assert answer.status_code == 400


async def test_an_access_token_is_no_hint(town: Town) -> None:
    triage, _, browser = await signed_in_at_two(town)
    answer = await browser.get(end_session(id_token_hint=triage.tokens[0]["access_token"]), follow=False)
    assert answer.status_code == 400


async def test_who_becomes_somebody_else_is_signed_out_everywhere_first(town: Town) -> None:
    triage, housing, browser = await signed_in_at_two(town)
    await browser.choose(await browser.get(authorize_url(prompt="select_account")), "staff-tess", follow=False)
    assert (len(triage.told_to_sign_out), len(housing.told_to_sign_out)) == (1, 1)


async def test_who_chooses_themselves_again_stays_signed_in(town: Town) -> None:
    triage, _, browser = await signed_in_at_two(town)
    await browser.choose(await browser.get(authorize_url(prompt="login")), "staff-kofi", follow=False)
    assert triage.told_to_sign_out == []
