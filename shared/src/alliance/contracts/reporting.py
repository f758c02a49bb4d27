"""What reporting says: closed figures, and that one had to be restated."""

from alliance.contracts.common import Anchored, Forgotten, Gathered
from alliance.contracts.event import Code, Event, Id, WireInstant, contract


@contract("reporting.month-closed.v1", subject="month_id")
class MonthClosed(Event):
    """The figures of a month are final; what comes later restates them openly."""

    month_id: Id
    month: Code
    at: WireInstant


@contract("reporting.figure-restated.v1", subject="month_id")
class FigureRestated(Event):
    """A fact about a closed month arrived; the figure changed after closing."""

    month_id: Id
    month: Code
    figure: Code
    value_before: int
    value: int
    at: WireInstant


@contract("reporting.audit-anchored.v1", subject="chain_id")
class AuditAnchored(Anchored):
    """How far the audit trail of reporting had got: in its log at the broker, where the service cannot cut it."""


@contract("reporting.person-forgotten.v1", subject="person_id")
class PersonForgotten(Forgotten):
    """Nothing that tells who an erased person is, is left at reporting."""


@contract("reporting.record-gathered.v1", subject="person_id", confidentiality="personal")
class RecordGathered(Gathered):
    """All that reporting holds of a person, told to them through the front door."""
