"""What is for development only is refused in production, and production is what it is unless said otherwise."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from alliance.service import ServiceSettings

GOOD = {
    "organisation": "slam",
    "amqp_url": "amqp://triage:secret@broker/alliance",
    "mongodb_url": "mongodb://store",
    "sign_in_file": Path("sign-in.toml"),
}


@pytest.mark.parametrize(
    "changed",
    [{"amqp_url": "amqp://guest:guest@broker/alliance"}, {"mongodb_url": "mongodb://guest:guest@store"}],
    ids=["broker", "store"],
)
def test_what_is_for_development_is_refused_in_production(
    changed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ALLIANCE_ENVIRONMENT", raising=False)
    assert ServiceSettings.model_validate(GOOD).environment == "production"
    with pytest.raises(ValidationError, match="production"):
        ServiceSettings.model_validate(GOOD | changed)
    assert ServiceSettings.model_validate(GOOD | changed | {"environment": "development"})


def test_secrets_come_as_files_too_and_the_environment_goes_before_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ALLIANCE_AMQP_URL").write_text("amqp://triage:made-up-secret@broker/alliance\n")
    (tmp_path / "ALLIANCE_MONGODB_URL").write_text("mongodb://from-a-file\n")
    (tmp_path / "sign-in.toml").write_text("something else that is mounted there")
    monkeypatch.delenv("ALLIANCE_AMQP_URL", raising=False)
    monkeypatch.setenv("ALLIANCE_MONGODB_URL", "mongodb://from-the-environment")
    found = ServiceSettings(_secrets_dir=tmp_path, organisation="slam", sign_in_file=Path("sign-in.toml"))
    assert found.amqp_url.get_secret_value() == "amqp://triage:made-up-secret@broker/alliance"
    assert found.mongodb_url.get_secret_value() == "mongodb://from-the-environment"
