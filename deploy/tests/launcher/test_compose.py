"""docker-compose.yml and the Dockerfile, checked without Docker."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from alliance.contracts.catalogue import SERVICES
from alliance.service.settings import ServiceSettings

ROOT = Path(__file__).parents[3]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return read


def test_every_service_of_the_workspace_is_there(compose: dict[str, Any]) -> None:
    folders = {folder.name for folder in (ROOT / "services").iterdir() if (folder / "pyproject.toml").exists()}
    assert folders == set(SERVICES)
    assert folders <= compose["services"].keys()


OF_MAIL = {"path": ".alliance/compose/mail.env", "required": False}
"""The way out of messages holds a password, and no agreement knows it."""


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_built_from_its_own_folder_and_locked_down(compose: dict[str, Any], service: str) -> None:
    part = compose["services"][service]
    assert part["build"] == {"context": ".", "dockerfile": "deploy/Dockerfile", "args": {"SERVICE": service}}
    assert part["read_only"] is True
    assert part["cap_drop"] == ["ALL"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", part["user"])
    name = tomllib.loads((ROOT / "services" / service / "pyproject.toml").read_text())["project"]["name"]
    assert name == f"livingwell-{service}"


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_told_only_what_its_settings_know(compose: dict[str, Any], service: str) -> None:
    known = {f"ALLIANCE_{name.upper()}" for name in ServiceSettings.model_fields}
    part = compose["services"][service]
    assert part["environment"].keys() <= known
    compiled, *more = part["env_file"]
    assert compiled == f".alliance/compose/environment/{service}.env"
    assert more == ([OF_MAIL] if service == "notify" else [])


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_a_real_issuer_and_never_that_of_development(compose: dict[str, Any], service: str) -> None:
    part = compose["services"][service]
    assert part["environment"]["ALLIANCE_ENVIRONMENT"] == "production"
    assert part["environment"]["ALLIANCE_SIGN_IN_FILE"] == "/run/secrets/sign-in.toml"
    sources = {secret["target"]: compose["secrets"][secret["source"]]["file"] for secret in part["secrets"]}
    assert sources == {
        "sign-in.toml": f".alliance/compose/sign-in/{service}.toml",
        "client-secret": f".alliance/compose/sign-in/{service}.secret",
    }
    assert not any("issuer" in str(other) for other in compose["services"].values())


def test_every_port_is_published_on_this_machine_alone(compose: dict[str, Any]) -> None:
    ports = [port for part in compose["services"].values() for port in part.get("ports", ())]
    assert len(ports) == len(set(ports)) == 8
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_images_are_pinned_to_a_patch_release(compose: dict[str, Any]) -> None:
    images = [part["image"] for part in compose["services"].values()]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert all(re.search(r":\d+\.\d+\.\d+", image) for image in images), images
    assert any(image.startswith("rabbitmq:4.") for image in images)
    assert any(image.startswith("mongo:8.") for image in images)


def test_the_image_holds_what_the_lock_names_and_no_uv() -> None:
    build, final = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
    assert "uv sync --frozen --no-dev --no-editable" in build
    assert "uv" not in final
    assert re.search(r"^USER \d+:\d+$", final, re.MULTILINE)


def test_no_secret_is_written_down(compose: dict[str, Any]) -> None:
    for name, part in compose["services"].items():
        for key, value in part.get("environment", {}).items():
            if "PASS" in key or "URL" in key:
                assert "://" not in value or "@" not in value or "${" in value, (name, key)
