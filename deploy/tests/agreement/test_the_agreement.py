"""The agreement in this repository holds, says that its figures are examples, and compiles to readable things."""

import json
import stat
import tomllib
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from alliance.access.roles import Role
from alliance.contracts.catalogue import SERVICES, catalogue
from alliance.service import ServiceSettings
from alliance_deploy.agreement import Agreement, Manifest, check, load_agreement, manifests_under
from alliance_deploy.agreement.environment import Surroundings, environment_of
from alliance_deploy.agreement.matrix import matrix
from alliance_deploy.agreement.output import write_all, write_sign_in
from alliance_deploy.reconcile import Secrets
from alliance_deploy.topology import compile_topology

DEPLOY = Path(__file__).parents[2]
ROOT = DEPLOY.parent
AROUND = Surroundings(
    broker_port=5680,
    mongodb_url="mongodb://127.0.0.1:27080/",
    issuer="http://127.0.0.1:8000",
    jwks_file=Path("keys.json"),
    sign_in_folder=Path("environment"),
    client_secrets=Path("clients"),
)


@pytest.fixture
def agreement() -> Agreement:
    return load_agreement(DEPLOY / "agreement.toml")


@pytest.fixture
def demo() -> Agreement:
    return load_agreement(DEPLOY / "agreement.toml", DEPLOY / "agreement.demo.toml")


def full(agreement: Agreement) -> dict[str, Manifest]:
    """Manifests that hear all that is granted and say all that their contracts know."""
    return {
        service: Manifest(
            service=service,
            hears=tuple(sorted(agreement.may_hear(service) | agreement.may_receive(service))),
            says=tuple(kind for kind in sorted(catalogue()) if kind.startswith(f"{service}.")),
        )
        for service in SERVICES
    }


def test_it_holds_and_grants_what_the_services_hear(agreement: Agreement) -> None:
    assert check(agreement, manifests_under(ROOT)).refusals == ()


def test_the_demo_changes_times_and_nothing_of_who_hears_whom(agreement: Agreement, demo: Agreement) -> None:
    assert (demo.hears, demo.personal, demo.logs) == (agreement.hears, agreement.personal, agreement.logs)
    assert demo.escalation[-1].after_seconds < 30 < agreement.escalation[-1].after_seconds
    assert check(demo, full(demo)).holds


def test_it_says_that_every_figure_is_an_example(agreement: Agreement) -> None:
    assert "EVERY FIGURE IN THIS FILE IS AN EXAMPLE" in (DEPLOY / "agreement.toml").read_text()
    assert "example" in agreement.name


def test_every_member_and_every_service_is_there(agreement: Agreement) -> None:
    assert set(agreement.services) == set(SERVICES)
    assert {terms.owner for terms in agreement.services.values()} == set(agreement.members)
    assert agreement.members["lambeth-council"].capacities == ("commissioner", "provider")


def test_the_matrix_reads_like_a_contract(agreement: Agreement) -> None:
    manifests = full(agreement)
    text = matrix(agreement, manifests, compile_topology(agreement, manifests))
    assert "None may speak in another's name." in text
    for grant in agreement.hears:
        assert f": {grant.why}." in text
    for kind in agreement.may_hear("triage"):
        assert f"- `{kind}`" in text
    assert "| housing (Thames Reach) | `intake.person-shared.v1` |" in text
    assert "explicit agreement" in text
    assert "| reporting (NHS South East London) | intake |" in text
    assert "| NHS South East London | finance approver | – | – | – | ● | ● | ● |" in text
    for role in agreement.roles:
        assert role.why in text


def test_every_service_has_somebody_to_administer_it_and_to_answer_for_its_data(agreement: Agreement) -> None:
    for service, terms in agreement.services.items():
        held = {role for roles in agreement.roles_at(service).values() for role in roles}
        assert {Role.SERVICE_ADMINISTRATOR, Role.GOVERNANCE_LEAD} <= held
        assert terms.owner in agreement.roles_at(service)
    assert {role for grant in agreement.roles for role in grant.roles} == set(Role)


def test_whoever_enters_costs_and_whoever_approves_them_are_of_two_organisations(agreement: Agreement) -> None:
    at = agreement.roles_at("finance")
    officers = {member for member, roles in at.items() if Role.FINANCE_OFFICER in roles}
    approvers = {member for member, roles in at.items() if Role.FINANCE_APPROVER in roles}
    assert officers
    assert approvers
    assert officers.isdisjoint(approvers)


def test_each_service_is_told_only_its_own_password(agreement: Agreement, tmp_path: Path) -> None:
    secrets = Secrets(tmp_path / "secrets")
    told = {service: environment_of(service, agreement, AROUND, secrets) for service in SERVICES}
    for service, variables in told.items():
        strangers = [secrets.password(other) for other in SERVICES if other != service]
        assert secrets.password(service) in variables["ALLIANCE_AMQP_URL"]
        assert not any(password in text for password in strangers for text in variables.values())
        assert variables["ALLIANCE_ORGANISATION"] == agreement.services[service].owner


def test_intake_is_told_who_may_receive_and_whose_they_are(agreement: Agreement, tmp_path: Path) -> None:
    told = environment_of("intake", agreement, AROUND, Secrets(tmp_path))
    assert json.loads(told["INTAKE_RECIPIENTS"]) == {
        "housing": "thames-reach",
        "notify": "mosaic-clubhouse",
        "triage": "slam",
    }


def test_what_is_written_and_holds_a_password_is_readable_by_its_owner_alone(
    agreement: Agreement, tmp_path: Path
) -> None:
    manifests = full(agreement)
    topology = compile_topology(agreement, manifests)
    secrets, around = Secrets(tmp_path / "secrets"), replace(AROUND, client_secrets=tmp_path / "clients")
    written = write_all(tmp_path / "out", agreement, manifests, topology, around, secrets)
    assert {path.name for path in written} == {
        "matrix.md",
        "definitions.json",
        *(f"{service}.env" for service in SERVICES),
        *(f"{service}.sign-in.toml" for service in SERVICES),
    }
    private = [path for path in written if path.name != "matrix.md"]
    private += [*(tmp_path / "secrets").iterdir(), *(tmp_path / "clients").iterdir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}
    definitions = json.loads((tmp_path / "out" / "definitions.json").read_text())
    assert len(definitions["users"]) == 2 * len(SERVICES)
    assert secrets.password("triage") not in (tmp_path / "out" / "definitions.json").read_text()


def test_every_service_is_told_where_all_are_and_who_may_act_as_what(agreement: Agreement, tmp_path: Path) -> None:
    told = {service: environment_of(service, agreement, AROUND, Secrets(tmp_path)) for service in SERVICES}
    (same,) = {variables["ALLIANCE_SERVICES"] for variables in told.values()}
    triage = json.loads(same)["triage"]
    assert (triage["title"], triage["organisation"]) == ("Conversations", "slam")
    assert triage["url"] == "http://triage.localhost:8002"
    assert triage["organisation_name"] == "South London and Maudsley NHS Foundation Trust"
    assert "key-worker" in triage["roles"]["thames-reach"]
    assert "finance-officer" not in {role for roles in triage["roles"].values() for role in roles}


def test_triage_is_told_which_members_give_support(agreement: Agreement, tmp_path: Path) -> None:
    told = json.loads(environment_of("triage", agreement, AROUND, Secrets(tmp_path))["TRIAGE_PROVIDERS"])
    assert told["mosaic-clubhouse"] == "Mosaic Clubhouse"
    assert "nhs-south-east-london" not in told


def test_a_url_of_its_own_and_a_chosen_port_are_what_browsers_are_sent_to(agreement: Agreement, tmp_path: Path) -> None:
    around = replace(AROUND, ports={"intake": 9001})
    public = agreement.services["triage"].model_copy(update={"url": "https://conversations.example.org"})
    agreement = agreement.model_copy(update={"services": agreement.services | {"triage": public}})
    told = json.loads(environment_of("intake", agreement, around, Secrets(tmp_path))["ALLIANCE_SERVICES"])
    assert told["intake"]["url"] == "http://intake.localhost:9001"
    assert told["triage"]["url"] == "https://conversations.example.org"


def test_each_service_is_a_client_with_a_secret_of_its_own_that_stays_the_same(
    agreement: Agreement, tmp_path: Path
) -> None:
    around = replace(AROUND, client_secrets=tmp_path / "clients")
    first = {path: path.read_text() for path in write_sign_in(tmp_path, agreement, around)}
    secrets = {path.name: path.read_text() for path in (tmp_path / "clients").iterdir()}
    assert len(set(secrets.values())) == len(SERVICES)
    assert {path: path.read_text() for path in write_sign_in(tmp_path, agreement, around)} == first
    (issuer,) = tomllib.loads((tmp_path / "triage.sign-in.toml").read_text())["issuers"]
    assert (issuer["client_id"], issuer["audience"]) == ("triage", "triage")
    assert issuer["client_secret_file"] == str(tmp_path / "clients" / "triage")
    assert not any(secret in text for secret in secrets.values() for text in first.values())


def test_pinned_keys_are_for_machines_alone(agreement: Agreement, tmp_path: Path) -> None:
    around = replace(AROUND, client_secrets=tmp_path / "clients", pinned=True)
    file, *_ = write_sign_in(tmp_path, agreement, around)
    (issuer,) = tomllib.loads(file.read_text())["issuers"]
    assert issuer["jwks_file"] == "keys.json"
    assert "client_id" not in issuer
    assert not (tmp_path / "clients").exists()


def test_every_service_accepts_the_settings_that_it_is_given(
    agreement: Agreement, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for service in SERVICES:
        told = environment_of(service, agreement, AROUND, Secrets(tmp_path))
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        (settings,) = settings_classes(service)
        read = settings()
        aliases = {str(field.validation_alias) for field in settings.model_fields.values() if field.validation_alias}
        own = [name for name in told if not name.startswith("ALLIANCE_")]
        assert [name for name in own if not any(name in alias for alias in aliases)] == []
        assert read.organisation == agreement.services[service].owner


def settings_classes(service: str) -> list[type[ServiceSettings]]:
    module = import_module(f"{service}.settings")
    return [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, ServiceSettings)][1:]
