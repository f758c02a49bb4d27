"""The agreement refuses, in words and with the lines that would help, what it does not grant."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from alliance_deploy.agreement import Agreement, AgreementUnreadable, Manifest, by_service, check, load_agreement

ACCEPTED = "intake.introduction-accepted.v1"
SHARED = "intake.person-shared.v1"

WORDS: dict[str, Any] = {
    "name": "Made-up Alliance",
    "members": {
        "north": {"name": "North", "capacities": ["commissioner", "provider"]},
        "south": {"name": "South", "capacities": ["provider"]},
    },
    "services": {"intake": {"owner": "north"}, "triage": {"owner": "south"}},
    "hears": [
        {"listener": "triage", "publisher": "intake", "events": ["introduction-closed.v1"], "why": "closes the case"}
    ],
}


def agreed(**changes: Any) -> Agreement:
    return Agreement.model_validate(WORDS | changes)


def refusals(agreement: Agreement, *manifests: Manifest) -> str:
    return "\n".join(check(agreement, by_service(manifests)).refusals)


def pasted(agreement: dict[str, Any], refusal: str) -> dict[str, Any]:
    """The agreement after somebody did what the refusal says."""
    lines = tomllib.loads(refusal.split(":\n\n", 1)[1])
    if "events" in lines:
        first, *rest = agreement["hears"]
        return agreement | {"hears": [first | lines, *rest]}
    return agreement | {table: [*agreement.get(table, []), *grants] for table, grants in lines.items()}


def test_what_is_granted_is_accepted() -> None:
    assert check(agreed(), by_service([Manifest(service="triage", hears=("intake.introduction-closed.v1",))])).holds


@pytest.mark.parametrize(
    ("listener", "heard", "line"),
    [
        ("triage", ACCEPTED, 'events = ["introduction-accepted.v1", "introduction-closed.v1"]'),
        ("intake", "triage.case-opened.v1", 'listener = "intake"'),
        ("triage", SHARED, 'recipient = "triage"'),
    ],
    ids=["a pair that has a grant", "a pair that has none", "personal data"],
)
def test_what_is_not_granted_is_refused_with_the_lines_that_would_grant_it(
    listener: str, heard: str, line: str
) -> None:
    manifest = Manifest(service=listener, hears=(heard,))
    refused = refusals(agreed(), manifest)
    assert f"{listener} hears {heard}, which is not granted." in refused
    assert line in refused.splitlines()
    assert check(Agreement.model_validate(pasted(WORDS, refused)), by_service([manifest])).holds


@pytest.mark.parametrize(
    ("manifest", "sentence"),
    [
        (Manifest(service="stranger"), "a service that the agreement does not know: [services.stranger]"),
        (Manifest(service="triage", says=("intake.introduction-closed.v1",)), "only intake may say that"),
        (
            Manifest(service="triage", hears=("intake.introduction-acepted.v1",)),
            "no contract has that name; did you mean intake.introduction-accepted.v1?",
        ),
        (Manifest(service="triage", says=("triage.nonsense.v1",)), "triage says triage.nonsense.v1, but no contract"),
    ],
)
def test_a_manifest_that_cannot_be_right_is_refused(manifest: Manifest, sentence: str) -> None:
    assert sentence in refusals(agreed(), manifest)


GRANT = {"listener": "triage", "publisher": "intake", "events": ["introduction-closed.v1"], "why": "x"}
PERSONAL = {"recipient": "triage", "publisher": "intake", "events": ["person-shared.v1"], "why": "x"}
ROLE = {"service": "triage", "member": "north", "roles": ["triage-worker"], "why": "x"}
RUN = [ROLE | {"member": "south", "roles": ["service-administrator", "governance-lead"]}]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"services": {"intake": {"owner": "nobody"}}, "hears": []},
            "'nobody', who is not a member (members: north, south)",
        ),
        (
            {"hears": [GRANT | {"listener": "triag"}]},
            "names the service 'triag', which the agreement does not know; did you",
        ),
        (
            {"hears": [GRANT | {"events": ["introduction-lost.v1"]}]},
            "intake.introduction-lost.v1 is granted, but no contract",
        ),
        ({"hears": [GRANT | {"events": ["person-shared.v1"]}]}, "is personal data: grant it under [[personal]]"),
        (
            {"personal": [PERSONAL | {"events": ["introduction-closed.v1"], "basis": "explicit-agreement"}]},
            "is not personal data: grant it under [[hears]]",
        ),
        ({"logs": [{"reader": "triage", "publisher": "sales", "why": "x"}]}, "names the service 'sales'"),
        (
            {"services": {"intake": {"owner": "north", "port": 1}, "triage": {"owner": "south", "port": 1}}},
            "two services have the same port",
        ),
        (
            {"budget": {"year_starts_on": "2026-04-01", "contributions": [{"member": "south", "annual_pence": 1}]}},
            "south contributes to the budget, but is not a commissioner",
        ),
        (
            {"budget": {"year_starts_on": "2026-04-01", "gain_shares": [{"member": "north", "percent": 60}]}},
            "the gain shares add up to 60 %, not to 100 %",
        ),
        ({"roles": [*RUN, ROLE | {"roles": ["triage-worke"]}]}, "which there is not; did you mean triage-worker?"),
        ({"roles": [ROLE | {"service": "triag"}]}, "names the service 'triag', which the agreement does not know; did"),
        ({"roles": [*RUN, ROLE | {"member": "nort"}]}, "names 'nort', who is not a member; did you mean north?"),
        ({"roles": [*RUN, ROLE, ROLE]}, "north is granted triage-worker at triage twice"),
        ({"roles": [ROLE]}, "nobody may be governance-lead at triage: somebody must"),
        ({"roles": [ROLE]}, "nobody may be service-administrator at triage: somebody must"),
        ({"roles": [ROLE]}, "south runs triage, but its own people have no role there"),
        ({"waits": [{"clock": "soon", "hours": 1, "source": "x"}]}, "there is no wait clock 'soon'"),
        (
            {
                "escalation": [
                    {"audience": "duty-worker", "after_seconds": 60},
                    {"audience": "team-lead", "after_seconds": 30},
                ]
            },
            "each escalation step must come later",
        ),
    ],
)
def test_terms_that_do_not_hold_are_refused(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in refusals(agreed(**changes))


def test_roles_that_hold_are_accepted_and_a_service_without_staff_is_remarked_upon() -> None:
    verdict = check(agreed(roles=[*RUN, ROLE]), {})
    assert verdict.holds
    assert "nobody may sign in to intake: it has no [[roles]]" in verdict.remarks


def test_people_of_a_suspended_member_work_only_at_its_own_service() -> None:
    for name, expected in (("north", {"south"}), ("south", {"north", "south"})):
        asleep = WORDS["members"] | {name: WORDS["members"][name] | {"suspended": True}}
        assert set(agreed(members=asleep, roles=[*RUN, ROLE]).roles_at("triage")) == expected


def test_remarks_say_what_nobody_uses_and_who_is_suspended() -> None:
    asleep = WORDS["members"] | {"south": WORDS["members"]["south"] | {"suspended": True}}
    verdict = check(agreed(members=asleep), by_service([Manifest(service="triage")]))
    assert verdict.holds
    assert "south is suspended: triage hears nothing until it is back" in verdict.remarks
    assert "triage may hear intake.introduction-closed.v1, and does not" in verdict.remarks
    assert "intake has no manifest: it is given its queues, and hears nothing" in verdict.remarks


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name = ", "is not TOML"),
        ('name = "x"\nmembers = {}\nservices = {}\nheers = []', "heers: Extra inputs are not permitted"),
        ("members = {}\nservices = {}", "name: Field required"),
    ],
)
def test_a_file_that_is_no_agreement_is_refused_with_the_place(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "agreement.toml"
    file.write_text(text)
    with pytest.raises(AgreementUnreadable, match=sentence):
        load_agreement(file)
    with pytest.raises(AgreementUnreadable, match="cannot be opened"):
        load_agreement(tmp_path / "missing.toml")
