"""Keys are looked for when they are needed, seldom otherwise, and an issuer that is away does not take us with it."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from alliance.access import TokenRefused, Verifier, generate_key, public_jwks
from alliance.access.providers import IssuerUnreachable, Provider
from alliance.kernel import FixedClock

from .builders import ISSUER, KEY, an_issuer, signed, some_claims

METADATA = {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys", "token_endpoint": f"{ISSUER}/token"}


class Published:
    """An issuer on a network that a test can cut."""

    def __init__(self) -> None:
        self.keys = [KEY]
        self.metadata: Any = dict(METADATA)
        self.asked: list[str] = []
        self.away = False

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.path)
        if self.away:
            raise httpx2.ConnectError("no route")
        if request.url.path == "/keys":
            return httpx2.Response(200, json=public_jwks(*self.keys))
        return httpx2.Response(200, json=self.metadata)

    def provider(self, clock: FixedClock) -> Provider:
        return Provider(an_issuer(), clock, transport=httpx2.MockTransport(self.answer))


@pytest.fixture
def issuer() -> Published:
    return Published()


@pytest.fixture
def verifier(issuer: Published, clock: FixedClock) -> Verifier:
    return Verifier([issuer.provider(clock)], "triage", clock)


def a_token(clock: FixedClock, key: dict[str, Any] = KEY) -> str:
    return signed({"typ": "at+jwt"}, some_claims(clock), key)


async def test_keys_are_discovered_once(issuer: Published, verifier: Verifier, clock: FixedClock) -> None:
    await asyncio.gather(*(verifier.verify(a_token(clock)) for _ in range(20)))
    assert issuer.asked == ["/.well-known/openid-configuration", "/keys"]


async def test_a_new_key_is_found_without_a_restart_but_not_asked_for_each_time(
    issuer: Published, verifier: Verifier, clock: FixedClock
) -> None:
    other = generate_key()
    await verifier.verify(a_token(clock))
    issuer.keys.append(other)
    for _ in range(10):
        with pytest.raises(TokenRefused, match="key"):
            await verifier.verify(a_token(clock, other))
    assert issuer.asked.count("/keys") == 1
    clock.advance(seconds=31)
    assert await verifier.verify(a_token(clock, other))
    assert issuer.asked.count("/keys") == 2


async def test_a_withdrawn_key_is_forgotten_within_the_hour(
    issuer: Published, verifier: Verifier, clock: FixedClock
) -> None:
    await verifier.verify(a_token(clock))
    issuer.keys[:] = [generate_key()]
    clock.advance(minutes=61)
    with pytest.raises(TokenRefused, match="key"):
        await verifier.verify(a_token(clock))


async def test_while_the_issuer_is_away_its_known_keys_hold(
    issuer: Published, verifier: Verifier, clock: FixedClock
) -> None:
    await verifier.verify(a_token(clock))
    issuer.away = True
    clock.advance(hours=3)
    assert await verifier.verify(a_token(clock))


async def test_an_issuer_that_was_never_reached_is_a_passing_fault(
    issuer: Published, verifier: Verifier, clock: FixedClock
) -> None:
    issuer.away = True
    for _ in range(5):
        with pytest.raises(IssuerUnreachable) as away:
            await verifier.verify(a_token(clock))
        assert away.value.transient
    assert len(issuer.asked) == 1, "and it is left in peace for a while"
    issuer.away = False
    clock.advance(seconds=6)
    assert await verifier.verify(a_token(clock))


def said(**changes: Any) -> Callable[[Published], None]:
    def change(issuer: Published) -> None:
        issuer.metadata.update(changes)

    return change


def nonsense(issuer: Published) -> None:
    issuer.metadata = ["nonsense"]


@pytest.mark.parametrize(
    "changed",
    [
        said(issuer="https://elsewhere.example"),
        said(jwks_uri="http://sign-in.example/keys"),
        said(token_endpoint="http://sign-in.example/token"),
        said(jwks_uri=None),
        nonsense,
    ],
)
async def test_a_discovery_document_that_cannot_be_right_is_not_believed(
    issuer: Published, verifier: Verifier, clock: FixedClock, changed: Callable[[Published], None]
) -> None:
    changed(issuer)
    with pytest.raises(IssuerUnreachable):
        await verifier.verify(a_token(clock))
    assert "/keys" not in issuer.asked
