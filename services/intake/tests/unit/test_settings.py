"""Settings come from the environment, and hours may be fractions."""

from datetime import timedelta

import pytest

from intake.settings import Settings

SURROUNDINGS = {
    "ALLIANCE_ORGANISATION": "certitude",
    "ALLIANCE_AMQP_URL": "amqp://nobody:nothing@nowhere.example/alliance",
    "ALLIANCE_MONGODB_URL": "mongodb://nowhere.example",
    "ALLIANCE_ISSUER": "https://sign-in.example",
    "ALLIANCE_JWKS_FILE": "nowhere.json",
}


def test_the_agreement_sets_recipients_and_promises(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"INTAKE_RECIPIENTS": '{"triage": "slam"}', "INTAKE_LOOK_WITHIN_HOURS": "0.5"}
    for name, value in {**SURROUNDINGS, **own}.items():
        monkeypatch.setenv(name, value)
    settings = Settings.model_validate({})
    assert settings.recipients == {"triage": "slam"}
    assert settings.promise.look_within == timedelta(minutes=30)


def test_without_recipients_nobody_receives_details(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTAKE_RECIPIENTS", raising=False)
    for name, value in SURROUNDINGS.items():
        monkeypatch.setenv(name, value)
    assert Settings.model_validate({}).recipients == {}
