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
