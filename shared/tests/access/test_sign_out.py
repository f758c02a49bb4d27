"""Signed out is signed out: here, at the issuer, and wherever the issuer says so."""

from collections.abc import Callable
from typing import Any

import pytest
from structlog.testing import capture_logs

from alliance.access import generate_key
from alliance.kernel import FixedClock

from .builders import ISSUER, KEY
from .desks import URL, Browser, Desk
from .fake_issuer import LOGOUT_EVENT, FakeIssuer, signed_by_nobody, unsigned


@pytest.fixture
async def browser(desk: Desk, issuer: FakeIssuer) -> Browser:
    """Somebody has signed in."""
    found = desk.browser()
    await found.sign_in(issuer)
    assert (await found.get("/")).status_code == 200
    return found


async def signed_in(browser: Browser) -> bool:
    return (await browser.get("/")).status_code == 200


async def test_a_copied_cookie_is_worth_nothing_after_sign_out(desk: Desk, browser: Browser) -> None:
    thief = desk.browser()
    thief.cookies.set("__Host-triage", browser.cookies["__Host-triage"], domain="triage.example", path="/")
    assert await signed_in(thief)
    await browser.send_form("/sign-out")
    assert not await signed_in(thief)
    assert not await signed_in(browser)


async def test_the_browser_forgets_and_goes_on_to_the_issuer(browser: Browser) -> None:
    answer = await browser.send_form("/sign-out")
    assert answer.status_code == 200
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert "__Host-triage" not in browser.cookies
    refresh = answer.text.partition('http-equiv="refresh" content="0; url=')[2].partition('"')[0]
    assert refresh.startswith(f"{ISSUER}/end?client_id=triage&amp;post_logout_redirect_uri=https%3A%2F%2Ftriage")
    assert "id_token_hint=ey" in refresh
    assert "form-action 'self'" in answer.headers["content-security-policy"]


async def test_signing_out_works_while_the_issuer_is_away(
    desk: Desk, browser: Browser, issuer: FakeIssuer, clock: FixedClock
) -> None:
    issuer.metadata["end_session_endpoint"] = None
    clock.advance(minutes=29)
    assert await signed_in(browser)
    clock.advance(minutes=29)
    assert await signed_in(browser)
    clock.advance(minutes=10)
    answer = await browser.send_form("/sign-out")
    assert answer.status_code == 200
    assert "http-equiv" not in answer.text
    assert not await signed_in(browser)


async def test_signing_out_twice_does_no_harm(desk: Desk, browser: Browser) -> None:
    await browser.send_form("/sign-out")
    assert (await browser.send_form("/sign-out")).status_code == 200
    assert (await desk.browser().send_form("/sign-out")).status_code == 200
    assert (await desk.browser().get("/signed-out")).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_site_cannot_sign_anybody_out(browser: Browser, site: str) -> None:
    assert (await browser.post("/sign-out", headers={"Sec-Fetch-Site": site})).status_code == 403
    assert (await browser.get("/sign-out")).status_code == 405
    assert await signed_in(browser)


async def test_a_session_ends_while_nobody_is_there(browser: Browser, clock: FixedClock) -> None:
    clock.advance(minutes=30)
    answer = await browser.get("/cases/7")
    assert answer.headers["location"] == "/sign-in?next=%2Fcases%2F7"


async def told(desk: Desk, token: str) -> int:
    """The issuer's server is no browser: it brings no cookie and says nothing of sites."""
    answer = await desk.browser().post("/back-channel-logout", data={"logout_token": token})
    return answer.status_code


async def test_the_issuer_ends_the_session_of_a_sign_in(desk: Desk, browser: Browser, issuer: FakeIssuer) -> None:
    issuer.claims["sid"] = "sid-2"
    other = desk.browser()
    await other.sign_in(issuer)
    assert await told(desk, issuer.logout_token()) == 200
    assert not await signed_in(browser)
    assert await signed_in(other)


async def test_the_issuer_ends_every_session_of_somebody(desk: Desk, browser: Browser, issuer: FakeIssuer) -> None:
    issuer.claims["sub"] = "staff-8"
    other = desk.browser()
    await other.sign_in(issuer)
    assert await told(desk, issuer.logout_token(sid=None)) == 200
    assert not await signed_in(browser)
    assert await signed_in(other)


async def test_a_logout_token_without_a_type_is_taken_since_older_issuers_give_none(
    desk: Desk, browser: Browser, issuer: FakeIssuer
) -> None:
    assert await told(desk, issuer.logout_token(header={"typ": None})) == 200
    assert not await signed_in(browser)


async def test_a_logout_token_ends_nothing_twice(desk: Desk, browser: Browser, issuer: FakeIssuer) -> None:
    token = issuer.logout_token()
    assert await told(desk, token) == 200
    await browser.sign_in(issuer)
    assert await told(desk, token) == 400
    assert await signed_in(browser)


def changed(**changes: Any) -> Callable[[FakeIssuer], str]:
    return lambda issuer: issuer.logout_token(**changes)


def by_another_key(issuer: FakeIssuer) -> str:
    return FakeIssuer(issuer.clock, key=generate_key()).logout_token(header={"kid": KEY["kid"]})


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        (changed(iss="https://evil.example"), "issuer"),
        (changed(iss=None), "issuer"),
        (changed(aud="housing"), "audience"),
        (changed(aud=None), "audience"),
        (changed(iat=1_700_000_000), "iat"),
        (changed(iat=4_000_000_000), "iat"),
        (changed(iat=None), "iat"),
        (changed(exp=1_700_000_000), "expired"),
        (changed(events=None), "events"),
        (changed(events={}), "events"),
        (changed(events={LOGOUT_EVENT: None}), "events"),
        (changed(events=[LOGOUT_EVENT]), "events"),
        (changed(nonce="any"), "nonce"),
        (changed(jti=None), "jti"),
        (changed(jti=7), "jti"),
        (changed(sub=None, sid=None), "subject"),
        (changed(sid=7), "subject"),
        (changed(header={"typ": "at+jwt"}), "type"),
        (lambda issuer: unsigned(issuer.logout_token()), "algorithm"),
        (lambda issuer: signed_by_nobody(issuer.logout_token()), "signature"),
        (lambda _: "nonsense", "signature"),
        (by_another_key, "signature"),
    ],
)
async def test_a_forged_logout_token_ends_nothing(
    desk: Desk, browser: Browser, issuer: FakeIssuer, forge: Callable[[FakeIssuer], str], reason: str
) -> None:
    with capture_logs() as lines:
        assert await told(desk, forge(issuer)) == 400
    assert [line["reason"] for line in lines if line["event"] == "logout-token-refused"] == [reason]
    assert await signed_in(browser)


async def test_an_id_token_is_no_logout_token(desk: Desk, browser: Browser, issuer: FakeIssuer) -> None:
    session = await desk.sessions.find(browser.cookies["__Host-triage"])
    assert session is not None
    assert session.id_token is not None
    assert await told(desk, session.id_token) == 400
    assert await signed_in(browser)


async def test_a_browser_of_another_site_cannot_deliver_a_logout_token(
    desk: Desk, browser: Browser, issuer: FakeIssuer
) -> None:
    answer = await desk.browser().post(
        "/back-channel-logout",
        data={"logout_token": issuer.logout_token()},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403
    assert await signed_in(browser)


async def an_administrator(desk: Desk, issuer: FakeIssuer) -> Browser:
    issuer.claims.update(sub="admin-1", sid="sid-9", roles=["service-administrator"], name="Bea Admin")
    administrator = desk.browser()
    await administrator.sign_in(issuer)
    return administrator


async def test_an_administrator_sees_who_is_signed_in_and_ends_a_session(
    desk: Desk, browser: Browser, issuer: FakeIssuer
) -> None:
    administrator = await an_administrator(desk, issuer)
    page = await administrator.get("/sessions")
    assert page.status_code == 200
    assert "Ada Made-Up" in page.text
    assert browser.cookies["__Host-triage"] not in page.text
    session = await desk.sessions.find(browser.cookies["__Host-triage"])
    assert session is not None
    path = f"/sessions/{session.reference}/end"
    assert path in page.text
    asked = await administrator.get(path)
    assert "End the session of Ada Made-Up?" in asked.text
    assert await signed_in(browser)
    done = await administrator.send_form(path, form_token="token-1")
    assert (done.status_code, done.headers["location"]) == (303, "/sessions")
    assert not await signed_in(browser)
    assert await signed_in(administrator)


async def test_nobody_else_sees_or_ends_sessions(desk: Desk, browser: Browser, issuer: FakeIssuer) -> None:
    session = await desk.sessions.find(browser.cookies["__Host-triage"])
    assert session is not None
    path = f"/sessions/{session.reference}/end"
    assert (await browser.get("/sessions")).status_code == 403
    assert (await browser.get(path)).status_code == 403
    assert (await browser.send_form(path, form_token="token-1")).status_code == 403
    nobody = desk.browser()
    assert (await nobody.get("/sessions")).headers["location"] == "/sign-in?next=%2Fsessions"
    assert (await nobody.send_form(path, form_token="token-1")).status_code == 401
    assert await signed_in(browser)


async def test_a_session_that_has_ended_by_itself_is_not_there_any_more(
    desk: Desk, browser: Browser, issuer: FakeIssuer
) -> None:
    session = await desk.sessions.find(browser.cookies["__Host-triage"])
    assert session is not None
    administrator = await an_administrator(desk, issuer)
    await browser.send_form("/sign-out")
    assert (await administrator.get(f"/sessions/{session.reference}/end")).status_code == 404
    assert (await administrator.send_form(f"/sessions/{session.reference}/end", form_token="t")).status_code == 303


async def test_everything_is_asked_over_the_address_in_the_agreement(desk: Desk) -> None:
    """Never over what a request says of itself: a made-up Host would lead the answer elsewhere."""
    evil = desk.browser("https://evil.example")
    assert (await evil.get("/sign-in")).headers["location"].startswith(f"{URL}/sign-in?")
    url = await evil.to_issuer("/sign-in?here=true")
    assert f"redirect_uri={URL}".replace(":", "%3A").replace("/", "%2F") in url
