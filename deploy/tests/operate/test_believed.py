"""What an operator sends on again is believed as our own: so only our own notes about it count."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from alliance.kernel import FixedClock
from alliance_deploy.operate.quarantine import Lying

NOTES = {"cloudEvents_type": "intake.introduction-withdrawn.v1", "producer": "intake", "reaction": "a", "lane": "x"}


def lying(user: str | None) -> Lying:
    return Lying(cast(Any, SimpleNamespace(headers=NOTES, user_id=user, body=b"{}", content_type="text")), "triage")


@pytest.mark.parametrize("user", ["triage", "triage.b"])
def test_notes_that_the_service_wrote_are_believed(user: str) -> None:
    message, lane = lying(user).sent_again(user="triage", clock=FixedClock(), who="staff-1", why="mended")
    assert (message.headers["producer"], message.headers["reaction"], lane) == ("intake", "a", "x")


@pytest.mark.parametrize("user", ["housing", None])
def test_notes_in_what_the_broker_dead_lettered_are_not(user: str | None) -> None:
    assert lying(user).producer == (user or "")
    message, lane = lying(user).sent_again(user="triage", clock=FixedClock(), who="staff-1", why="mended")
    assert (message.headers["producer"], message.headers.get("reaction"), lane) == (user or "", None, "inbox")
