"""Secrets of the embedded alliance are made once, and only their owner can read them."""

import json
from pathlib import Path

from alliance.access import Verifier
from alliance.access.issuers import Issuer
from alliance.access.providers import Provider
from alliance_deploy.launcher import keys


def test_the_signing_key_stays_the_same_and_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = keys.signing_key(tmp_path)
    assert keys.signing_key(tmp_path) == first
    assert (tmp_path / "signing-key.jwk").stat().st_mode & 0o777 == 0o600


async def test_a_token_is_good_for_the_service_it_names(tmp_path: Path) -> None:
    text = keys.token(tmp_path, service="triage", organisation="slam", roles=["triage-worker"], subject="staff-7")
    issuer = Issuer(issuer=keys.ISSUER, organisations=("slam",), jwks_file=keys.jwks_file(tmp_path))
    caller = await Verifier([Provider(issuer)], "triage").verify(text)
    assert (caller.subject, caller.organisation, caller.roles) == ("staff-7", "slam", frozenset({"triage-worker"}))


def test_the_public_key_set_has_no_private_part(tmp_path: Path) -> None:
    keys.signing_key(tmp_path)
    (key,) = json.loads(keys.jwks_file(tmp_path).read_text())["keys"]
    assert "d" not in key
