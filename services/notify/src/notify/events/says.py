"""From a fact about an alert or a message to the event that announces it."""

from alliance.contracts import notify as said
from alliance.contracts.saying import Sayings, say
from notify.domain import facts

says = Sayings(
    say(facts.AlertRaised, said.AlertRaised),
    say(facts.AlertEscalated, said.AlertEscalated),
    say(facts.AlertAcknowledged, said.AlertAcknowledged),
    say(facts.AlertStoodDown, said.AlertStoodDown),
    say(facts.AlertCorrected, said.AlertCorrected),
    say(facts.AccessAlertRaised, said.AccessAlertRaised),
    say(facts.AccessAlertAcknowledged, said.AccessAlertAcknowledged),
    say(facts.MessageDelivered, said.MessageDelivered),
    say(facts.MessageFailed, said.MessageFailed),
)
