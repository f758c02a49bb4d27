"""What every domain needs, from the standard library alone: aggregates, ids, time, money, refusals, provenance."""

from alliance.kernel.aggregate import Aggregate, Fact
from alliance.kernel.clock import LONDON, Clock, FixedClock, SystemClock, from_text, to_text
from alliance.kernel.giving_way import Answering, give_way
from alliance.kernel.ids import derived_id, new_id
from alliance.kernel.money import Pence, split
from alliance.kernel.provenance import Provenance, acting, provenance
from alliance.kernel.refusals import NotYet, Refusal, Stale, Unknown
from alliance.kernel.working_days import WorkingDays

__all__ = [
    "LONDON",
    "Aggregate",
    "Answering",
    "Clock",
    "Fact",
    "FixedClock",
    "NotYet",
    "Pence",
    "Provenance",
    "Refusal",
    "Stale",
    "SystemClock",
    "Unknown",
    "WorkingDays",
    "acting",
    "derived_id",
    "from_text",
    "give_way",
    "new_id",
    "provenance",
    "split",
    "to_text",
]
