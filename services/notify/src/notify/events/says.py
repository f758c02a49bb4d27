"""From a fact about an alert or a message to the event that announces it."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from alliance.contracts import Event
from alliance.contracts import notify as said
from alliance.contracts.codes import AlertKind
from alliance.contracts.saying import Saying, Sayings, Spoken, say, say_by
from alliance.kernel import Fact
from notify.domain import facts

_FIRST = frozenset(kind.value for kind in AlertKind)
"""Kinds that version 1 has room for; whoever hears only that hears nothing of the others."""


def _both(fact: type[Fact], first: type[Event], second: type[Event]) -> Saying:
    """Version 1 beside version 2 until nobody hears version 1 any more."""
    return say_by(fact, first, second, by=_in_both_versions(first, second))


def _in_both_versions(first: type[Event], second: type[Event]) -> Callable[[Any], Iterable[Spoken]]:
    def speak(happened: Any) -> Iterable[Spoken]:
        values = asdict(happened)
        if values["kind"] in _FIRST:
            yield Spoken(first.model_validate(values))
        yield Spoken(second.model_validate(values))

    return speak


says = Sayings(
    _both(facts.AlertRaised, said.AlertRaised, said.AlertRaisedV2),
    _both(facts.AlertEscalated, said.AlertEscalated, said.AlertEscalatedV2),
    _both(facts.AlertAcknowledged, said.AlertAcknowledged, said.AlertAcknowledgedV2),
    _both(facts.AlertStoodDown, said.AlertStoodDown, said.AlertStoodDownV2),
    _both(facts.AlertCorrected, said.AlertCorrected, said.AlertCorrectedV2),
    say(facts.AccessAlertRaised, said.AccessAlertRaised),
    say(facts.AccessAlertAcknowledged, said.AccessAlertAcknowledged),
    say(facts.MessageDelivered, said.MessageDelivered),
    say(facts.MessageFailed, said.MessageFailed),
)
