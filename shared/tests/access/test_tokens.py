"""A token is believed only if everything about it is right."""

import base64
import json
import warnings
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from alliance.access import Caller, TokenRefused, Verifier, generate_key, issue_token, public_jwks
from alliance.kernel import FixedClock

ISSUER = "https://sign-in.example"
KEY = generate_key()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def verifier(clock: FixedClock) -> Verifier:
    return Verifier(public_jwks(KEY), ISSUER, "triage", clock)


def a_token(clock: FixedClock, **changes: Any) -> str:
    asked: dict[str, Any] = {
        "issuer": ISSUER,
        "audience": ["intake", "triage"],
        "subject": "staff-7",
        "organisation": "slam",
        "roles": ["triage.worker"],
        "clock": clock,
    }
    return issue_token(changes.pop("key", KEY), **(asked | changes))


def signed(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "Ed25519", "kid": KEY["kid"], **header}, claims, OKPKey.import_key(KEY), ["Ed25519"])


def some_claims(clock: FixedClock, **changes: Any) -> dict[str, Any]:
    now = int(clock.now().timestamp())
    claims = {"iss": ISSUER, "sub": "staff-7", "aud": "triage", "iat": now, "exp": now + 60, "organisation": "slam"}
    return {name: value for name, value in (claims | changes).items() if value is not None}


def test_a_good_token_names_its_caller(verifier: Verifier, clock: FixedClock) -> None:
    assert verifier.verify(a_token(clock)) == Caller(
        subject="staff-7", organisation="slam", roles=frozenset({"triage.worker"})
    )


def test_public_keys_have_no_private_part() -> None:
    assert "d" in KEY
    assert all("d" not in key for key in public_jwks(KEY)["keys"])


def test_an_expired_token_is_refused(verifier: Verifier, clock: FixedClock) -> None:
    token = a_token(clock, lasts=timedelta(minutes=5))
    clock.advance(minutes=5, seconds=11)
    with pytest.raises(TokenRefused, match="expired"):
        verifier.verify(token)


def test_a_token_from_the_future_is_refused(verifier: Verifier, clock: FixedClock) -> None:
    later = FixedClock(clock.now() + timedelta(minutes=5))
    with pytest.raises(TokenRefused, match="not-yet"):
        verifier.verify(a_token(later))


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
def test_a_token_for_others_or_from_others_is_refused(
    verifier: Verifier, clock: FixedClock, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(TokenRefused, match=reason):
        verifier.verify(a_token(clock, **changes))


@pytest.mark.parametrize("name", ["exp", "iat", "iss", "aud", "sub", "organisation"])
def test_a_token_without_a_claim_is_refused(verifier: Verifier, clock: FixedClock, name: str) -> None:
    assert verifier.verify(signed({"typ": "at+jwt"}, some_claims(clock)))
    with pytest.raises(TokenRefused):
        verifier.verify(signed({"typ": "at+jwt"}, some_claims(clock, **{name: None})))


@pytest.mark.parametrize("kind", ["JWT", "", "logout+jwt", "AT+JWT"])
def test_a_token_of_another_type_is_refused(verifier: Verifier, clock: FixedClock, kind: str) -> None:
    with pytest.raises(TokenRefused, match="type"):
        verifier.verify(signed({"typ": kind}, some_claims(clock)))


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
def test_a_forged_token_is_refused(verifier: Verifier, clock: FixedClock, forged: Callable[[FixedClock], str]) -> None:
    with pytest.raises(TokenRefused):
        verifier.verify(forged(clock))


def test_a_new_key_is_found_without_a_restart_but_not_asked_for_each_time(clock: FixedClock) -> None:
    other = generate_key()
    published = [KEY]
    asked = []

    def jwks() -> dict[str, list[dict[str, Any]]]:
        asked.append(1)
        return public_jwks(*published)

    verifier = Verifier(jwks, ISSUER, "triage", clock)
    assert verifier.verify(a_token(clock))
    published.append(other)
    for _ in range(10):
        with pytest.raises(TokenRefused, match="key"):
            verifier.verify(a_token(clock, key=other))
    assert len(asked) == 1
    clock.advance(seconds=31)
    assert verifier.verify(a_token(clock, key=other))
    assert len(asked) == 2


def test_roles_are_any_of() -> None:
    caller = Caller(subject="staff-7", organisation="slam", roles=frozenset({"triage.worker"}))
    assert caller.may_act_as(["triage.lead", "triage.worker"])
    assert caller.may_act_as([])
    assert not caller.may_act_as(["triage.lead"])
