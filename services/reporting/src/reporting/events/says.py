"""From a fact about a month to the event that announces it."""

from alliance.contracts import reporting
from alliance.contracts.saying import Sayings, say
from reporting.domain.facts import FigureRestated, MonthClosed

says = Sayings(
    say(MonthClosed, reporting.MonthClosed),
    say(FigureRestated, reporting.FigureRestated),
)
