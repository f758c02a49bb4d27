"""Which clients the token endpoint believes, and what a machine is given and refused."""

import base64
import json
from datetime import timedelta

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from alliance.access import generate_key, public_jwks
from alliance.kernel import new_id
from alliance_deploy.issuer.authenticating import ASSERTION
from alliance_deploy.issuer.clients import Client

from .town import ISSUER, Town, a_machine, ask_for_token

KEY = generate_key()


async def test_client_secret_basic_is_decoded_and_never_taken_beside_another_proof(town: Town) -> None:
    form = a_machine(town)
    del form["client_id"]
    secret = form.pop("client_secret")
    encoded = secret.replace("%", "%25").replace("+", "%2B").replace(" ", "+").replace(":", "%3A")
    basic = "Basic " + base64.b64encode(f"demo:{encoded}".encode()).decode()
    assert (await ask_for_token(town, form, Authorization=basic)).status_code == 200
    both = await ask_for_token(town, form | {"client_secret": secret}, Authorization=basic)
    assert both.json()["error"] == "invalid_client"
    for nonsense in ("Basic", "Basic !!!", "Basic bm8tY29sb24=", "Bearer x"):
        assert (await ask_for_token(town, form, Authorization=nonsense)).status_code == 401


async def test_a_client_may_prove_itself_by_a_key(town: Town) -> None:
    assert (await by_assertion(town)).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "triage"},
        {"sub": "triage"},
        {"aud": "https://other.example"},
        {"exp": 1},
        {"exp": 99_999_999_999},
        {"jti": None},
    ],
)
async def test_an_assertion_that_says_something_else_is_refused(town: Town, changes: dict[str, object]) -> None:
    assert (await by_assertion(town, **changes)).json()["error"] == "invalid_client"


async def test_an_assertion_without_a_signature_is_refused(town: Town) -> None:
    claims = json.dumps(assertion_claims(town)).encode()
    parts = [json.dumps({"alg": "none", "typ": "JWT"}).encode(), claims, b""]
    unsigned = ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
    assert (await by_assertion(town, unsigned)).json()["error"] == "invalid_client"


async def test_an_assertion_signed_with_the_public_key_as_a_secret_is_refused(town: Town) -> None:
    public = json.dumps(public_jwks(KEY)["keys"][0])
    forged = jwt.encode({"alg": "HS256"}, assertion_claims(town), OctKey.import_key(public), algorithms=["HS256"])
    assert (await by_assertion(town, forged)).json()["error"] == "invalid_client"


async def test_an_assertion_is_used_once(town: Town) -> None:
    text = jwt.encode({"alg": "Ed25519"}, assertion_claims(town), OKPKey.import_key(KEY), algorithms=["Ed25519"])
    assert (await by_assertion(town, text)).status_code == 200
    assert (await by_assertion(town, text)).json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"organisation": "lambeth-council"}, "invalid_scope"),
        ({"roles": "triage-worker finance-approver"}, "invalid_scope"),
        ({"roles": ""}, "invalid_scope"),
        ({"organisation": "nobody"}, "invalid_scope"),
        ({"audience": "payroll"}, "invalid_target"),
        ({"audience": ""}, "invalid_target"),
        ({"subject": "Tess Fabricated"}, "invalid_request"),
    ],
)
async def test_a_machine_gets_no_role_that_the_agreement_does_not_grant(
    town: Town, changes: dict[str, str], error: str
) -> None:
    answer = await ask_for_token(town, a_machine(town) | changes)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


async def test_a_service_gets_no_token_without_a_person_and_a_machine_no_code(town: Town) -> None:
    as_service = {"client_id": "triage", "client_secret": str(town.desk.clients["triage"].secret)}
    answer = await ask_for_token(town, a_machine(town) | as_service)
    assert answer.json()["error"] == "unauthorized_client"


async def test_a_machine_gets_a_short_token_for_one_service(town: Town) -> None:
    told = (await ask_for_token(town, a_machine(town) | {"subject": "staff-demo-triage"})).json()
    claims = town.desk.signer.read(told["access_token"], "at+jwt")
    assert (claims["aud"], claims["organisation"], claims["sub"]) == ("triage", "slam", "staff-demo-triage")
    assert claims["roles"] == ["triage-worker"]
    assert claims["client_id"] == "demo"
    assert timedelta(seconds=claims["exp"] - claims["iat"]) == timedelta(seconds=told["expires_in"])
    assert told["expires_in"] <= 600


def assertion_claims(town: Town, **changes: object) -> dict[str, object]:
    now = int(town.desk.clock.now().timestamp())
    claims = {"iss": "demo", "sub": "demo", "aud": f"{ISSUER}/token", "iat": now, "exp": now + 60, "jti": new_id()}
    return {name: value for name, value in {**claims, **changes}.items() if value is not None}


async def by_assertion(town: Town, text: str | None = None, /, **changes: object) -> httpx2.Response:
    town.desk.clients["demo"] = Client("demo", jwks=public_jwks(KEY))
    key = OKPKey.import_key(KEY)
    signed = text or jwt.encode({"alg": "Ed25519"}, assertion_claims(town, **changes), key, algorithms=["Ed25519"])
    form = {name: value for name, value in a_machine(town).items() if name != "client_secret"}
    return await ask_for_token(town, form | {"client_assertion_type": ASSERTION, "client_assertion": signed})
