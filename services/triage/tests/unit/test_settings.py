"""Settings come from the environment, and hours may be fractions."""

import pytest

from triage.domain.codes import Support
from triage.settings import Settings

SURROUNDINGS = {
    "ALLIANCE_ORGANISATION": "slam",
    "ALLIANCE_AMQP_URL": "amqp://nobody:nothing@nowhere.example/alliance",
    "ALLIANCE_MONGODB_URL": "mongodb://nowhere.example",
    "ALLIANCE_ISSUER": "https://sign-in.example",
    "ALLIANCE_JWKS_FILE": "nowhere.json",
}


def test_the_agreement_sets_targets_and_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {
        "TRIAGE_URGENT_HOURS": "0.002",
        "TRIAGE_WEEKLY_PENCE": '{"peer-support": 7000}',
        "TRIAGE_PROVIDERS": '{"mosaic-clubhouse": "Mosaic Clubhouse"}',
    }
    for name, value in {**SURROUNDINGS, **own}.items():
        monkeypatch.setenv(name, value)
    settings = Settings.model_validate({})
    assert settings.targets.urgent_hours == 0.002
    assert settings.providers == {"mosaic-clubhouse": "Mosaic Clubhouse"}
    assert settings.weekly_pence == {Support.PEER_SUPPORT: 7000}
