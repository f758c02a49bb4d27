"""Who somebody is, from claims as Entra ID, Keycloak and NHS CIS2 write them."""

from typing import Any

import pytest

from alliance.access import TokenRefused
from alliance.access.claims import caller_from, values_at

from .builders import ISSUER, an_issuer

CIS2 = {
    "issuer": ISSUER,
    "organisations": ["slam"],
    "client_id": "triage",
    "claims": {
        "from": "userinfo",
        "organisation": "nhsid_nrbac_roles.org_code",
        "roles": "nhsid_nrbac_roles.role_code",
        "chosen": {"among": "nhsid_nrbac_roles", "by": "person_roleid", "equals": "selected_roleid"},
    },
    "organisation_codes": {"RV5": "slam"},
    "role_codes": {"S8000:G8000:R8003": "key-worker", "S8001:G8002:R8008": "triage-worker"},
}


def cis2_userinfo(**changes: Any) -> dict[str, Any]:
    """The shape that NHS England documents for the scopes nationalrbacaccess and selectedrole; made-up values."""
    return {
        "sub": "555100000001",
        "name": "MADE-UP Ada Ms",
        "selected_roleid": "555200000002",
        "nhsid_nrbac_roles": [
            {"person_roleid": "555200000001", "org_code": "RJ1", "role_code": "S0010:G0020:R8000"},
            {"person_roleid": "555200000002", "org_code": "RV5", "role_code": "S8000:G8000:R8003"},
            {"person_roleid": "555200000003", "org_code": "RV5", "role_code": "S8001:G8002:R8008"},
        ],
        **changes,
    }


def test_of_the_roles_of_an_nhs_smartcard_only_the_chosen_one_counts() -> None:
    caller = caller_from(an_issuer(**CIS2), cis2_userinfo(), subject="555100000001")
    assert (caller.organisation, caller.roles, caller.name) == ("slam", frozenset({"key-worker"}), "MADE-UP Ada Ms")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"selected_roleid": "555200000001"}, "organisation"),
        ({"selected_roleid": "nobody's"}, "organisation"),
        ({"selected_roleid": None}, "organisation"),
        ({"nhsid_nrbac_roles": None}, "organisation"),
        ({"nhsid_nrbac_roles": ["nonsense"]}, "organisation"),
    ],
)
def test_somebody_who_chose_no_role_of_ours_is_nobody_here(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(TokenRefused, match=reason):
        caller_from(an_issuer(**CIS2), cis2_userinfo(**changes), subject="555100000001")


def test_the_roles_of_an_entra_application_count_as_they_are() -> None:
    issuer = an_issuer(organisations=["certitude"], claims={"organisation": "", "subject": "oid"})
    caller = caller_from(
        issuer,
        {"sub": "pairwise", "oid": "0b5e9d4a-0000-4000-8000-00000000a0a0", "roles": ["key-worker", "alliance-lead"]},
    )
    assert caller.subject == "0b5e9d4a-0000-4000-8000-00000000a0a0"
    assert caller.organisation == "certitude"
    assert caller.roles == {"key-worker", "alliance-lead"}


def test_groups_are_translated_and_unknown_ones_forgotten() -> None:
    issuer = an_issuer(claims={"roles": "groups"}, role_codes={"11111111-aaaa": "key-worker"})
    claims = {"sub": "staff-7", "organisation": "slam", "groups": ["11111111-aaaa", "22222222-bbbb", "key-worker"]}
    assert caller_from(issuer, claims).roles == {"key-worker"}


def test_keycloak_nests_its_roles() -> None:
    issuer = an_issuer(claims={"roles": "resource_access.triage.roles"})
    claims = {"sub": "staff-7", "organisation": "slam", "resource_access": {"triage": {"roles": ["auditor"]}}}
    assert caller_from(issuer, claims).roles == {"auditor"}


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"organisation": "thames-reach"}, "not-vouched-for"),
        ({"organisation": ["slam", "certitude"]}, "organisation"),
        ({"organisation": None}, "organisation"),
        ({"organisation": {"id": "slam"}}, "organisation"),
        ({"sub": "ada@example.org"}, "subject"),
        ({"sub": "Ada Made-Up"}, "subject"),
        ({"sub": ""}, "subject"),
        ({"sub": ["staff-7"]}, "subject"),
        ({"sub": "x" * 65}, "subject"),
        ({"roles": {"key-worker": True}}, "roles"),
        ({"roles": [1]}, "roles"),
        ({"roles": ["r"] * 101}, "roles"),
    ],
)
def test_claims_that_do_not_make_somebody_are_refused(claims: dict[str, Any], reason: str) -> None:
    with pytest.raises(TokenRefused, match=f"^{reason}$"):
        caller_from(an_issuer(), {"sub": "staff-7", "organisation": "slam", **claims})


def test_a_code_that_names_no_member_is_no_organisation() -> None:
    issuer = an_issuer(organisation_codes={"RV5": "slam"})
    with pytest.raises(TokenRefused, match="organisation"):
        caller_from(issuer, {"sub": "staff-7", "organisation": "slam"})


def test_subjects_of_one_issuer_cannot_be_those_of_another() -> None:
    claims = {"sub": "staff-7", "organisation": "slam"}
    one, other = (caller_from(an_issuer(prefix=prefix), claims).subject for prefix in ("a", "b"))
    assert (one, other) == ("a:staff-7", "b:staff-7")


def test_a_name_is_one_line_of_sensible_length() -> None:
    claims = {"sub": "staff-7", "organisation": "slam", "name": f"  Ada\u202e \n Made-Up\x00 {'x' * 200}"}
    name = caller_from(an_issuer(), claims).name
    assert name is not None
    assert name.startswith("Ada Made-Up xxx")
    assert len(name) == 100


def test_a_path_finds_a_claim_whose_own_name_has_dots() -> None:
    assert values_at({"https://alliance.example/roles": ["auditor"]}, "https://alliance.example/roles") == ["auditor"]
