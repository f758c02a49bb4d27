"""What is generated is current: manifests, the events page, the AsyncAPI pages; and listeners accept what they hear."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from alliance.contracts.catalogue import SERVICES, catalogue
from alliance.contracts.publication import sample_of
from alliance_deploy.documents import documents, manifests_in

ROOT = Path(__file__).parents[2]


def test_the_generated_pages_are_current() -> None:
    stale = [path.name for path, text in documents(ROOT).items() if not path.exists() or path.read_text() != text]
    assert stale == [], "run `python -m alliance_deploy.documents`"


@pytest.mark.parametrize("service", SERVICES)
def test_the_manifest_is_what_the_code_says(service: str) -> None:
    told = subprocess.run([sys.executable, "-m", service, "manifest"], capture_output=True, text=True, check=True)
    committed = (ROOT / "services" / service / "manifest.json").read_text()
    assert json.loads(told.stdout) == json.loads(committed), (
        f"run `python -m {service} manifest > services/{service}/manifest.json`"
    )


def test_everything_heard_is_said_by_its_publisher() -> None:
    manifests = manifests_in(ROOT / "services")
    said = {type_ for manifest in manifests.values() for type_ in manifest["says"]}
    heard = {type_ for manifest in manifests.values() for type_ in manifest["hears"]}
    assert heard - said == set()


def test_every_contract_has_a_publisher() -> None:
    said = {type_ for manifest in manifests_in(ROOT / "services").values() for type_ in manifest["says"]}
    assert catalogue().keys() - said == set()


@pytest.mark.parametrize("service", SERVICES)
def test_a_listener_accepts_the_samples_of_what_it_hears(service: str) -> None:
    heard = manifests_in(ROOT / "services")[service]["hears"]
    assert heard
    for type_ in heard:
        catalogue()[type_].model_validate(sample_of(type_))


@pytest.mark.parametrize("service", SERVICES)
def test_the_readme_has_every_event_of_the_service(service: str) -> None:
    text = (ROOT / "services" / service / "README.md").read_text()
    manifest = manifests_in(ROOT / "services")[service]
    names = {type_.rpartition(".")[0].partition(".")[2] for type_ in [*manifest["hears"], *manifest["says"]]}
    assert {name for name in names if name not in text} == set()
