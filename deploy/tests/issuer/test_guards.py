"""What the issuer refuses, each with the request that must not get through."""

import os
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from alliance.kernel import FixedClock

from .town import (
    ISSUER,
    Town,
    a_code,
    a_machine,
    a_service,
    answered,
    ask_for_token,
    authorize_url,
    redeem,
    settings,
)


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://evil.example/sign-in/callback"},
        {"redirect_uri": "http://triage.localhost:8002/sign-in/callback/"},
        {"redirect_uri": "http://triage.localhost:8002/sign-in/callback?next=https://evil.example"},
        {"redirect_uri": "http://housing.localhost:8003/sign-in/callback"},
        {"redirect_uri": None},
        {"client_id": "stranger"},
        {"client_id": None},
        {"client_id": "demo"},
    ],
)
async def test_nobody_is_sent_to_an_address_that_is_not_registered(town: Town, changes: dict[str, str | None]) -> None:
    browser = town.browser()
    await a_code(browser)
    answer = await browser.get(authorize_url(**changes), follow=False)
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert "evil.example" not in answer.text


async def test_an_address_that_is_named_twice_is_not_registered(town: Town) -> None:
    answer = await town.browser().get(authorize_url() + "&redirect_uri=https://evil.example", follow=False)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "id_token"}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"request": "e30"}, "request_not_supported"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"max_age": "-1"}, "invalid_request"),
    ],
)
async def test_a_request_that_is_not_as_it_should_be_gets_no_code(
    town: Town, changes: dict[str, str | None], error: str
) -> None:
    browser = town.browser()
    await a_code(browser)
    told = answered(await browser.get(authorize_url(**changes), follow=False))
    assert told["error"] == error
    assert told["iss"] == ISSUER
    assert "code" not in told


async def test_a_choice_is_checked_like_the_request_it_answers(town: Town) -> None:
    query = authorize_url(redirect_uri="https://evil.example/").partition("?")[2]
    answer = await town.browser().post(f"{ISSUER}/choose", {"subject": "staff-tess", "asked_with": query}, follow=False)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://triage.localhost:8002"}],
)
@pytest.mark.parametrize("path", ["choose", "sign-out"])
async def test_no_other_site_signs_anybody_in_or_out(town: Town, headers: dict[str, str], path: str) -> None:
    answer = await town.browser().post(f"{ISSUER}/{path}", {"subject": "staff-tess"}, follow=False, **headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_a_host_name_that_is_not_ours_is_sent_away(town: Town) -> None:
    town.apps["rebound.example"] = town.apps["localhost:8000"]
    assert (await town.browser().get("http://rebound.example/")).status_code == 421
    assert (await town.browser().get("http://rebound.example/health/ready")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"code_verifier": "another-verifier-that-is-long-enough-for-rfc-7636"}, 400, "invalid_grant"),
        ({"code_verifier": ""}, 400, "invalid_grant"),
        ({"redirect_uri": "http://triage.localhost:8002/other"}, 400, "invalid_grant"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "stranger"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
async def test_a_code_is_for_who_asked_for_it(town: Town, changes: dict[str, str], status: int, error: str) -> None:
    answer = await redeem(town, await a_code(town.browser()), **changes)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.headers["cache-control"] == "no-store"


async def test_another_client_cannot_use_the_code(town: Town) -> None:
    code, secret = await a_code(town.browser()), str(town.desk.clients["housing"].secret)
    answer = await redeem(town, code, client_id="housing", secret=secret)
    assert answer.json()["error"] == "invalid_grant"


async def test_a_made_up_code_gives_nothing(town: Town) -> None:
    assert (await redeem(town, "made-up")).json()["error"] == "invalid_grant"


async def test_a_wrong_verifier_uses_the_code_up(town: Town) -> None:
    code = await a_code(town.browser())
    await redeem(town, code, code_verifier="another-verifier-that-is-long-enough-for-rfc-7636")
    assert (await redeem(town, code)).json()["error"] == "invalid_grant"


async def test_a_code_is_too_old_after_a_minute(still_town: Town, clock: FixedClock) -> None:
    young, old = await a_code(still_town.browser()), await a_code(still_town.browser())
    clock.advance(seconds=59)
    assert (await redeem(still_town, young)).status_code == 200
    clock.advance(seconds=1)
    assert (await redeem(still_town, old)).json()["error"] == "invalid_grant"


async def test_a_code_used_twice_takes_back_what_it_gave(town: Town) -> None:
    triage, browser = a_service(town, "triage"), town.browser()
    code = await a_code(browser)
    access = (await redeem(town, code)).json()["access_token"]
    assert await userinfo_status(town, access) == 200
    assert (await redeem(town, code)).json()["error"] == "invalid_grant"
    assert await userinfo_status(town, access) == 401
    assert len(triage.told_to_sign_out) == 1


async def test_userinfo_wants_an_access_token_of_its_own(town: Town) -> None:
    answer = (await redeem(town, await a_code(town.browser()))).json()
    machine = await ask_for_token(town, a_machine(town))
    for token in ("", "nonsense", answer["id_token"], machine.json()["access_token"]):
        assert await userinfo_status(town, token) == 401


@pytest.mark.parametrize("environment", ["production", None])
def test_outside_development_it_does_not_start(tmp_path: Path, environment: str | None) -> None:
    told = settings(tmp_path)
    del told["ALLIANCE_ENVIRONMENT"]
    outside = {name: value for name, value in os.environ.items() if not name.startswith("ALLIANCE_")}
    also = {"ALLIANCE_ENVIRONMENT": environment} if environment else {}
    done = subprocess.run(
        [sys.executable, "-m", "alliance_deploy.issuer"],
        env={**outside, **told, **also},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "starts only where ALLIANCE_ENVIRONMENT is development" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("path", ["/", "/authorize", "/token", "/jwks.json", "/end-session"])
async def test_every_answer_is_kept_by_nobody_and_framed_by_nobody(town: Town, path: str) -> None:
    headers = (await town.browser().get(ISSUER + path)).headers
    policy = headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "form-action 'self' http://finance.localhost:8004 " in policy


async def userinfo_status(town: Town, token: str) -> int:
    async with httpx2.AsyncClient(transport=town.transport()) as http:
        answer = await http.get(f"{ISSUER}/userinfo", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code
