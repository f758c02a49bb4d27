"""Settings come from the environment, and hours may be fractions."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

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


def test_limits_and_proxies_are_read_and_a_limit_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"INTAKE_SENDS_EACH": "3/minute", "INTAKE_PROXIES": '["10.0.0.0/8"]', "INTAKE_CRISIS_LINE": "01632 960 001"}
    for name, value in {**SURROUNDINGS, **own}.items():
        monkeypatch.setenv(name, value)
    settings = Settings.model_validate({})
    assert (settings.sends_each, settings.proxies) == ("3/minute", ("10.0.0.0/8",))
    monkeypatch.setenv("INTAKE_SENDS_TOGETHER", "as often as you like")
    with pytest.raises(ValidationError):
        Settings.model_validate({})
