"""An ID token signs somebody in if everything about it is right, and userinfo only if it speaks of the same person."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from structlog.testing import capture_logs

from alliance.access import generate_key
from alliance.kernel import FixedClock
from alliance.store import MemoryDatabase

from .builders import KEY
from .desks import Desk, a_desk, reasons, somebody
from .fake_issuer import FakeIssuer, signed_by_nobody, unsigned


def with_a_shared_secret(token: str) -> str:
    """HS256, the public key as the secret."""
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    return jwt.encode({"alg": "HS256", "kid": KEY["kid"]}, claims, OctKey.import_key(KEY["x"] * 2), ["HS256"])


def by_another_key(issuer: FakeIssuer) -> None:
    """Which goes by the name of the right one."""
    issuer.key, issuer.shown = {**generate_key(), "kid": KEY["kid"]}, KEY


def forged(forge: Callable[[str], str]) -> Callable[[FakeIssuer], None]:
    def change(issuer: FakeIssuer) -> None:
        issuer.forge = forge

    return change


def telling(**claims: Any) -> Callable[[FakeIssuer], None]:
    return lambda issuer: issuer.claims.update(claims)


def headed(**header: Any) -> Callable[[FakeIssuer], None]:
    return lambda issuer: issuer.header.update(header)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (telling(iss="https://evil.example"), "iss"),
        (telling(iss=None), "iss"),
        (telling(aud="housing"), "aud"),
        (telling(aud=["housing", "finance"]), "aud"),
        (telling(aud=["triage", "housing"]), "azp"),
        (telling(aud=["triage", "housing"], azp="housing"), "azp"),
        (telling(aud=None), "aud"),
        (telling(azp="housing"), "azp"),
        (telling(exp=1_700_000_000), "exp"),
        (telling(exp=None), "exp"),
        (telling(exp="never"), "exp"),
        (telling(iat=4_000_000_000), "iat"),
        (telling(nbf=4_000_000_000), "nbf"),
        (telling(nonce="made-up"), "nonce"),
        (telling(nonce=None), "nonce"),
        (telling(sub=None), "sub"),
        (telling(sub=""), "sub"),
        (telling(sub=7), "sub"),
        (telling(at_hash="made-up"), "at_hash"),
        (telling(organisation="thames-reach"), "not-vouched-for"),
        (telling(organisation=None), "organisation"),
        (telling(sub="ada@example.org"), "subject"),
        (headed(typ="at+jwt"), "type"),
        (headed(typ="logout+jwt"), "type"),
        (forged(unsigned), "algorithm"),
        (forged(signed_by_nobody), "signature"),
        (forged(with_a_shared_secret), "algorithm"),
        (forged(lambda _: "nonsense"), "signature"),
        (forged(lambda _: ""), "signature"),
        (by_another_key, "signature"),
    ],
)
async def test_an_id_token_that_is_not_right_signs_nobody_in(
    desk: Desk, issuer: FakeIssuer, wrong: Callable[[FakeIssuer], None], reason: str
) -> None:
    wrong(issuer)
    browser = desk.browser()
    with capture_logs() as lines:
        answer = await browser.sign_in(issuer)
    assert reasons(lines) == [reason]
    assert answer.status_code in (400, 403)
    assert "__Host-triage=" not in answer.headers.get("set-cookie", "")
    assert await somebody(browser) is None


async def test_an_id_token_for_several_that_says_it_is_ours_is_good(desk: Desk, issuer: FakeIssuer) -> None:
    issuer.claims.update(aud=["triage", "housing"], azp="triage")
    browser = desk.browser()
    assert (await browser.sign_in(issuer)).status_code == 303


async def test_roles_may_come_from_userinfo(
    database: MemoryDatabase, clock: FixedClock, issuer: FakeIssuer, secret_file: Path
) -> None:
    provider = issuer.provider(client_secret_file=secret_file, claims={"from": "userinfo"})
    browser = a_desk(database, clock, provider).browser()
    issuer.userinfo["roles"] = ["key-worker"]
    await browser.sign_in(issuer)
    assert await somebody(browser) == "staff-7 certitude key-worker Bea Made-Up"


@pytest.mark.parametrize("userinfo", [{"sub": "staff-8"}, {"sub": None}, {"organisation": "thames-reach"}])
async def test_userinfo_of_somebody_else_signs_nobody_in(
    database: MemoryDatabase, clock: FixedClock, issuer: FakeIssuer, secret_file: Path, userinfo: dict[str, Any]
) -> None:
    provider = issuer.provider(client_secret_file=secret_file, claims={"from": "userinfo"})
    browser = a_desk(database, clock, provider).browser()
    issuer.userinfo = userinfo
    assert (await browser.sign_in(issuer)).status_code in (400, 403)
    assert await somebody(browser) is None
