"""A token is believed only if everything about it is right."""

import base64
import json
import warnings
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from alliance.access import Caller, TokenRefused, Verifier, generate_key, issue_token, public_jwks
from alliance.access.providers import Provider
from alliance.kernel import FixedClock

from .builders import (
    ISSUER,
    KEY,
    a_provider,
    an_ec_key,
    an_ed_key,
    an_issuer,
    an_rsa_key,
    published,
    signed,
    some_claims,
)


@pytest.fixture
def verifier(clock: FixedClock) -> Verifier:
    return Verifier([a_provider(clock)], "triage", clock)


def a_token(clock: FixedClock, **changes: Any) -> str:
    asked: dict[str, Any] = {
        "issuer": ISSUER,
        "audience": ["intake", "triage"],
        "subject": "staff-7",
        "organisation": "slam",
        "roles": ["triage-worker"],
        "clock": clock,
    }
    return issue_token(changes.pop("key", KEY), **(asked | changes))


async def test_a_good_token_names_its_caller(verifier: Verifier, clock: FixedClock) -> None:
    assert await verifier.verify(a_token(clock)) == Caller(
        subject="staff-7", organisation="slam", roles=frozenset({"triage-worker"}), issuer=ISSUER
    )


def test_public_keys_have_no_private_part() -> None:
    assert "d" in KEY
    assert all("d" not in key for key in public_jwks(KEY)["keys"])


async def test_an_expired_token_is_refused(verifier: Verifier, clock: FixedClock) -> None:
    token = a_token(clock, lasts=timedelta(minutes=5))
    clock.advance(minutes=5, seconds=11)
    with pytest.raises(TokenRefused, match="expired"):
        await verifier.verify(token)


async def test_a_token_from_the_future_is_refused(verifier: Verifier, clock: FixedClock) -> None:
    later = FixedClock(clock.now() + timedelta(minutes=5))
    with pytest.raises(TokenRefused, match="not-yet"):
        await verifier.verify(a_token(later))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"audience": "housing"}, "audience"),
        ({"audience": ["housing", "triage-2"]}, "audience"),
        ({"issuer": "https://elsewhere.example"}, "issuer"),
        ({"key": generate_key()}, "key"),
        ({"subject": "Ada Made-Up Example"}, "subject"),
        ({"organisation": ""}, "organisation"),
    ],
)
async def test_a_token_for_others_or_from_others_is_refused(
    verifier: Verifier, clock: FixedClock, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(TokenRefused, match=reason):
        await verifier.verify(a_token(clock, **changes))


@pytest.mark.parametrize("name", ["exp", "iat", "iss", "aud", "sub", "organisation"])
async def test_a_token_without_a_claim_is_refused(verifier: Verifier, clock: FixedClock, name: str) -> None:
    assert await verifier.verify(signed({"typ": "at+jwt"}, some_claims(clock)))
    with pytest.raises(TokenRefused):
        await verifier.verify(signed({"typ": "at+jwt"}, some_claims(clock, **{name: None})))


@pytest.mark.parametrize("kind", ["JWT", "", "logout+jwt", "AT+JWT"])
async def test_a_token_of_another_type_is_refused(verifier: Verifier, clock: FixedClock, kind: str) -> None:
    with pytest.raises(TokenRefused, match="type"):
        await verifier.verify(signed({"typ": kind}, some_claims(clock)))


def part(found: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(found).encode()).rstrip(b"=").decode()


def unsigned(clock: FixedClock) -> str:
    return f"{part({'alg': 'none', 'typ': 'at+jwt', 'kid': KEY['kid']})}.{part(some_claims(clock))}."


def signed_with_the_public_key(clock: FixedClock) -> str:
    header = {"alg": "HS256", "typ": "at+jwt", "kid": KEY["kid"]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return jwt.encode(header, some_claims(clock), OctKey.import_key(KEY["x"]), ["HS256"])


def with_other_claims(clock: FixedClock) -> str:
    header, _, signature = a_token(clock).split(".")
    return f"{header}.{part(some_claims(clock, sub='staff-1'))}.{signature}"


def cut_short(clock: FixedClock) -> str:
    return a_token(clock)[:-4]


def of_two_parts(clock: FixedClock) -> str:
    return ".".join(a_token(clock).split(".")[:2])


def nonsense(clock: FixedClock) -> str:
    return "nonsense"


def a_list(clock: FixedClock) -> str:
    return f"{part({'alg': 'Ed25519', 'typ': 'at+jwt', 'kid': [1]})}.W10.W10"


@pytest.mark.parametrize(
    "forged",
    [unsigned, signed_with_the_public_key, with_other_claims, cut_short, of_two_parts, nonsense, a_list],
)
async def test_a_forged_token_is_refused(
    verifier: Verifier, clock: FixedClock, forged: Callable[[FixedClock], str]
) -> None:
    with pytest.raises(TokenRefused):
        await verifier.verify(forged(clock))


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (KEY, "Ed25519"),
        (an_ed_key(), "EdDSA"),
        (an_ec_key(), "ES256"),
        (an_rsa_key(), "RS256"),
        (an_rsa_key(), "PS256"),
    ],
)
async def test_tokens_of_every_good_algorithm_are_believed(
    clock: FixedClock, key: dict[str, Any], algorithm: str
) -> None:
    verifier = Verifier([Provider(an_issuer(), clock, jwks=published(key))], "triage", clock)
    assert await verifier.verify(signed({"typ": "at+jwt", "alg": algorithm}, some_claims(clock), key))


async def test_a_short_rsa_key_is_not_good_enough(clock: FixedClock) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        key = an_rsa_key(1024)
        token = signed({"typ": "at+jwt", "alg": "RS256"}, some_claims(clock), key)
    verifier = Verifier([Provider(an_issuer(), clock, jwks=published(key))], "triage", clock)
    with pytest.raises(TokenRefused, match="algorithm"):
        await verifier.verify(token)


async def test_a_key_for_one_algorithm_is_not_used_for_another(clock: FixedClock) -> None:
    key = an_rsa_key()
    jwks = {"keys": [{**published(key)["keys"][0], "alg": "PS256"}]}
    verifier = Verifier([Provider(an_issuer(), clock, jwks=jwks)], "triage", clock)
    assert await verifier.verify(signed({"typ": "at+jwt", "alg": "PS256"}, some_claims(clock), key))
    with pytest.raises(TokenRefused, match="algorithm"):
        await verifier.verify(signed({"typ": "at+jwt", "alg": "RS256"}, some_claims(clock), key))


async def test_an_encryption_key_signs_nothing(clock: FixedClock) -> None:
    jwks = {"keys": [{**published(KEY)["keys"][0], "use": "enc"}]}
    verifier = Verifier([Provider(an_issuer(), clock, jwks=jwks)], "triage", clock)
    with pytest.raises(TokenRefused, match="key"):
        await verifier.verify(a_token(clock))


async def test_each_issuer_speaks_with_its_own_keys_alone(clock: FixedClock) -> None:
    theirs, url = generate_key(), "https://other.example"
    other = Provider(an_issuer(issuer=url, prefix="b"), clock, jwks=public_jwks(theirs))
    verifier = Verifier([a_provider(clock, prefix="a"), other], "triage", clock)
    assert (await verifier.verify(a_token(clock))).subject == "a:staff-7"
    assert (await verifier.verify(a_token(clock, issuer=url, key=theirs))).subject == "b:staff-7"
    with pytest.raises(TokenRefused, match="key"):
        await verifier.verify(a_token(clock, key=theirs))


async def test_an_issuer_cannot_vouch_for_another_organisation(verifier: Verifier, clock: FixedClock) -> None:
    with pytest.raises(TokenRefused, match="not-vouched-for"):
        await verifier.verify(a_token(clock, organisation="thames-reach"))


async def test_an_issuer_may_know_the_service_by_another_name(clock: FixedClock) -> None:
    verifier = Verifier([a_provider(clock, audience="api://triage")], "triage", clock)
    assert await verifier.verify(a_token(clock, audience="api://triage"))
    with pytest.raises(TokenRefused, match="audience"):
        await verifier.verify(a_token(clock, audience="triage"))
