"""Somebody is signed in by what their issuer says to this browser for this sign-in, once, and by nothing else."""

import json
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from structlog.testing import capture_logs

from alliance.access import generate_key
from alliance.kernel import FixedClock
from alliance.store import MemoryDatabase

from .desks import URL, Desk, a_desk, reasons, somebody
from .fake_issuer import FakeIssuer


async def test_somebody_signs_in_and_lands_where_they_wanted_to_go(desk: Desk, issuer: FakeIssuer) -> None:
    browser = desk.browser()
    turned_away = await browser.get("/cases/7?tab=notes")
    assert turned_away.headers["location"] == "/sign-in?next=%2Fcases%2F7%3Ftab%3Dnotes"
    answer = await browser.sign_in(issuer, turned_away.headers["location"])
    assert (answer.status_code, answer.headers["location"]) == (303, "/cases/7?tab=notes")
    assert await somebody(browser) == "staff-7 slam key-worker Ada Made-Up"
    assert await desk.colleagues.names(["staff-7"]) == {"staff-7": "Ada Made-Up"}


async def test_whoever_came_by_another_name_signs_in_at_the_services_own(desk: Desk, issuer: FakeIssuer) -> None:
    elsewhere = await desk.browser("https://10.0.0.7:8002").get("/sign-in?next=/cases/7")
    on = elsewhere.headers["location"]
    assert on == f"{URL}/sign-in?next=%2Fcases%2F7&here=true"
    answer = await desk.browser().sign_in(issuer, on)
    assert answer.headers["location"] == "/cases/7"


async def test_a_proxy_that_hides_the_name_sends_nobody_round_in_circles(desk: Desk, issuer: FakeIssuer) -> None:
    answer = await desk.browser("http://upstream:8002").get("/sign-in?next=/cases/7&here=true")
    assert answer.headers["location"].startswith(issuer.issuer)


async def test_the_cookie_is_of_this_host_alone_and_out_of_reach_of_scripts(desk: Desk, issuer: FakeIssuer) -> None:
    answer = await desk.browser().sign_in(issuer)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-triage=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "domain" not in cookie.lower()


async def test_what_is_asked_of_the_issuer_is_in_its_words(desk: Desk, issuer: FakeIssuer) -> None:
    url = await desk.browser().to_issuer("/sign-in?next=/cases/7")
    asked = dict(parse_qsl(urlsplit(url).query))
    assert asked["redirect_uri"] == f"{URL}/sign-in/callback"
    assert asked["scope"] == "openid profile"
    assert asked["client_id"] == "triage"
    assert "cases" not in url


async def test_each_sign_in_is_asked_with_new_secrets(desk: Desk) -> None:
    browser = desk.browser()
    one, two = [dict(parse_qsl(urlsplit(await browser.to_issuer()).query)) for _ in range(2)]
    assert not {one[name] for name in ("state", "nonce", "code_challenge")} & {
        two[name] for name in ("state", "nonce", "code_challenge")
    }


async def test_two_windows_may_sign_in_at_once(desk: Desk, issuer: FakeIssuer) -> None:
    browser = desk.browser()
    one, two = await browser.to_issuer("/sign-in?next=/cases/1"), await browser.to_issuer("/sign-in?next=/cases/2")
    for url, place in ((one, "/cases/1"), (two, "/cases/2")):
        answer = await browser.get("/sign-in/callback", params=issuer.authorize(url))
        assert answer.headers["location"] == place


async def test_the_answer_of_a_sign_in_is_good_once(desk: Desk, issuer: FakeIssuer) -> None:
    browser = desk.browser()
    back = issuer.authorize(await browser.to_issuer())
    assert (await browser.get("/sign-in/callback", params=back)).status_code == 303
    with capture_logs() as lines:
        assert (await browser.get("/sign-in/callback", params=back)).status_code == 400
    assert reasons(lines) == ["state"], "the issuer was not even asked"


async def test_a_code_that_the_issuer_knows_no_more_signs_nobody_in(desk: Desk, issuer: FakeIssuer) -> None:
    browser = desk.browser()
    used = issuer.authorize(await browser.to_issuer())
    issuer.codes.clear()
    assert (await browser.get("/sign-in/callback", params=used)).status_code == 400
    assert await somebody(browser) is None


async def test_an_answer_for_another_browser_signs_nobody_in(desk: Desk, issuer: FakeIssuer) -> None:
    """Else an attacker could sign somebody in as the attacker (login CSRF)."""
    back = issuer.authorize(await desk.browser().to_issuer())
    victim = desk.browser()
    await victim.to_issuer()
    assert (await victim.get("/sign-in/callback", params=back)).status_code == 400
    assert await somebody(victim) is None


async def test_an_answer_that_comes_too_late_signs_nobody_in(desk: Desk, issuer: FakeIssuer, clock: FixedClock) -> None:
    browser = desk.browser()
    back = issuer.authorize(await browser.to_issuer())
    clock.advance(minutes=10)
    assert (await browser.get("/sign-in/callback", params=back)).status_code == 400


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"state": "made-up"}, "state"),
        ({"state": None}, "state"),
        ({"state": ""}, "state"),
        ({"iss": "https://evil.example"}, "mix-up"),
        ({"iss": None}, "mix-up"),
        ({"code": None}, "code"),
        ({"code": "made-up"}, "code"),
        ({"error": "access_denied"}, "denied"),
        ({"error": "server_error", "error_description": "<script>alert(1)</script>"}, "issuer-error"),
    ],
)
async def test_an_answer_that_is_not_right_signs_nobody_in(
    desk: Desk, issuer: FakeIssuer, changes: dict[str, str | None], reason: str
) -> None:
    browser = desk.browser()
    with capture_logs() as lines:
        answer = await browser.sign_in(issuer, **changes)
    assert reasons(lines) == [reason]
    assert answer.status_code in (400, 403)
    assert "alert(1)" not in answer.text
    assert "You are not signed in" in answer.text
    assert answer.headers["x-correlation-id"] in answer.text, "a reference to ask for help with"
    assert await somebody(browser) is None


async def test_a_parameter_that_comes_twice_signs_nobody_in(desk: Desk, issuer: FakeIssuer) -> None:
    browser = desk.browser()
    back = issuer.authorize(await browser.to_issuer())
    answer = await browser.get("/sign-in/callback", params=[*back.items(), ("code", "other")])
    assert answer.status_code == 400


async def test_an_issuer_that_does_not_tell_who_answers_is_told_by_its_address(
    database: MemoryDatabase, clock: FixedClock, secret_file: Path
) -> None:
    honest = FakeIssuer(clock, issuer="https://honest.example")
    evil = FakeIssuer(clock, issuer="https://evil.example", key=generate_key())
    for each in (honest, evil):
        each.metadata["authorization_response_iss_parameter_supported"] = False
    providers = [
        each.provider(prefix=prefix, client_secret_file=secret_file)
        for each, prefix in ((honest, "honest"), (evil, "evil"))
    ]
    browser = a_desk(database, clock, *providers).browser()
    signed_in = await browser.sign_in(honest, "/sign-in?by=honest", iss=None)
    assert signed_in.headers["location"] == "/"
    assert await somebody(browser) == "honest:staff-7 slam key-worker Ada Made-Up"
    mixed_up = issuer_answer = honest.authorize(
        (await browser.to_issuer("/sign-in?by=evil")).replace("https://evil.example", "https://honest.example")
    )
    issuer_answer.pop("iss")
    assert (await browser.get("/sign-in/callback/honest", params=mixed_up)).status_code == 400
    assert all(request.url.path != "/token" for request in evil.asked), "the honest issuer's code went nowhere"


async def test_a_client_may_prove_itself_by_a_key(
    database: MemoryDatabase, clock: FixedClock, issuer: FakeIssuer, tmp_path: Path
) -> None:
    key = RSAKey.generate_key(2048, auto_kid=True)
    file = tmp_path / "client.jwk"
    file.write_text(json.dumps({**key.as_dict(private=True), "alg": "RS512"}))
    issuer.secret = None
    provider = issuer.provider(private_key_file=file)
    browser = a_desk(database, clock, provider).browser()
    assert (await browser.sign_in(issuer)).status_code == 303
    (request,) = [request for request in issuer.asked if request.url.path == "/token"]
    form = dict(parse_qsl(request.content.decode()))
    assert form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    told = jwt.decode(form["client_assertion"], key, algorithms=["RS512"])
    assert told.header["kid"] == key.kid
    assert (told.claims["iss"], told.claims["sub"]) == ("triage", "triage")
    assert told.claims["aud"] == f"{issuer.issuer}/token"
    assert told.claims["exp"] - told.claims["iat"] == 60
    assert "authorization" not in request.headers


async def test_a_wrong_secret_signs_nobody_in(desk: Desk, issuer: FakeIssuer) -> None:
    issuer.secret = "another"
    answer = await desk.browser().sign_in(issuer)
    assert answer.status_code == 400
    assert "made-up-secret" not in answer.text


@pytest.mark.parametrize("when", ["before", "during"])
async def test_an_issuer_that_does_not_answer_is_said_to_be_away(desk: Desk, issuer: FakeIssuer, when: str) -> None:
    browser = desk.browser()
    if when == "before":
        issuer.away = True
        answer = await browser.get("/sign-in?next=/cases/7")
    else:
        back = issuer.authorize(await browser.to_issuer())
        issuer.away = True
        answer = await browser.get("/sign-in/callback", params=back)
    assert answer.status_code == 503
    assert "does not answer just now" in answer.text


async def test_of_several_issuers_people_choose_theirs(
    database: MemoryDatabase, clock: FixedClock, secret_file: Path
) -> None:
    one, two = FakeIssuer(clock, issuer="https://one.example"), FakeIssuer(clock, issuer="https://two.example")
    providers = [
        each.provider(prefix=prefix, client_secret_file=secret_file) for each, prefix in ((one, "a"), (two, "b"))
    ]
    browser = a_desk(database, clock, *providers).browser()
    page = await browser.get("/sign-in?next=/cases/7")
    assert page.status_code == 200
    assert 'href="/sign-in?by=b&amp;next=%2Fcases%2F7"' in page.text
    await browser.sign_in(two, "/sign-in?by=b&next=/cases/7")
    assert await somebody(browser) == "b:staff-7 slam key-worker Ada Made-Up"
    assert (await browser.get("/sign-in?by=nobody")).status_code == 200


async def test_where_no_issuer_is_known_the_page_says_so(database: MemoryDatabase, clock: FixedClock) -> None:
    answer = await a_desk(database, clock).browser().get("/sign-in")
    assert answer.status_code == 503
    assert "knows no issuer" in answer.text


async def test_signing_in_gives_a_new_session_and_ends_the_one_before(desk: Desk, issuer: FakeIssuer) -> None:
    browser = desk.browser()
    browser.cookies.set("__Host-triage", "planted-by-somebody-else", domain="triage.example", path="/")
    await browser.sign_in(issuer)
    first = browser.cookies["__Host-triage"]
    assert first != "planted-by-somebody-else"
    await browser.sign_in(issuer)
    assert browser.cookies["__Host-triage"] != first
    assert await desk.sessions.find(first) is None
    assert await desk.sessions.find("planted-by-somebody-else") is None
