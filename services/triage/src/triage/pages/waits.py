"""The waits of a case as its page shows them: a bar for each clock, and the pauses with what can be done about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from alliance.access import Access
from alliance.web.charts import Chart
from alliance.web.drawing import WIDTH, element, picture
from alliance.web.pages.templating import when
from triage.domain.case import Case
from triage.domain.case_file import State
from triage.domain.pause import Pause
from triage.domain.spans import Span, merged, time_in
from triage.domain.waits import PAUSABLE, Wait
from triage.pages.telling import running
from triage.pages.words import label

_TOP, _BAR, _HEIGHT = 12, 22, 76


@dataclass(frozen=True, kw_only=True)
class Told:
    """One pause, in words. `verbs`: (what, address)."""

    heading: str
    rows: list[tuple[str, str]]
    actions: list[dict[str, str]]


def waits_part(case: Case, now: datetime, names: Mapping[str, str], access: Access) -> dict[str, Any]:
    """What `triage/parts/waits.html` needs."""
    may = case.state is State.OPEN and access.sees("case.pause-waits")
    return {
        "waits": [running(wait, now) for wait in case.waiting],
        "wait_charts": [chart_of(wait, case.paused, now) for wait in case.waiting],
        "pauses": [_told(pause, case, now, names, may=may) for pause in reversed(case.pauses)],
        "paused_now": _paused_now(case, now),
        "may_pause": may,
    }


def chart_of(wait: Wait, paused: Sequence[Span], now: datetime) -> Chart:
    """From the beginning of a wait to when it is due, or to now if that is later."""
    spans = merged(paused) if wait.clock in PAUSABLE else []
    still = time_in(spans, wait.since, now)
    told = running(wait, now)
    sentence = f"{told.short}: {when(wait.due_at)}."
    line = Line(start=wait.since, end=max(wait.due_at, now))
    marks = [(wait.due_at, "target"), *([(wait.at_risk_at, "limit")] if wait.at_risk_at else [])]
    parts = [
        element("rect", element("title", "The time that there is"), **line.stretch(line.start, line.end, "track")),
        element("rect", element("title", f"Gone by {when(now)}"), **line.stretch(wait.since, now, "bar")),
        *(
            element("rect", element("title", _from_to(span)), **line.stretch(span.start, span.end, "neither"))
            for span in spans
        ),
        *(element("line", **line.mark(moment, class_)) for moment, class_ in marks),
        element("text", "Began", x=0, y=_HEIGHT - 10),
        element("text", "Due", x=line.x(wait.due_at), y=_HEIGHT - 10, class_="end"),
    ]
    return Chart(
        caption=told.clock,
        sentence=sentence,
        svg=picture(parts, title=told.clock, description=sentence, height=_HEIGHT),
        headings=("What", "When or how long"),
        rows=(
            ("Began", when(wait.since)),
            ("Gone so far, pauses left out", _long(now - wait.since - still)),
            ("Paused so far", _long(still)),
            ("Due", when(wait.due_at)),
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Line:
    """The paper of one bar: where a moment lies on it."""

    start: datetime
    end: datetime

    def x(self, moment: datetime) -> float:
        whole = (self.end - self.start).total_seconds() or 1
        return min(max((moment - self.start).total_seconds() / whole, 0), 1) * WIDTH

    def stretch(self, start: datetime, until: datetime, class_: str) -> dict[str, object]:
        width = max(self.x(until) - self.x(start), 0.0)
        return {"x": self.x(start), "y": _TOP, "width": width, "height": _BAR, "class_": class_}

    def mark(self, moment: datetime, class_: str) -> dict[str, object]:
        x = self.x(moment)
        return {"x1": x, "x2": x, "y1": _TOP - 8, "y2": _TOP + _BAR + 8, "class_": class_}


def _from_to(span: Span) -> str:
    return f"Paused from {when(span.start)} to {when(span.end)}"


def _told(pause: Pause, case: Case, now: datetime, names: Mapping[str, str], *, may: bool) -> Told:
    heading = f"Paused: {label(pause.reason).lower()}"
    rows = [("From", when(pause.start)), ("Look again on" if pause.review else "Until", when(pause.until))]
    rows.append(("Recorded by", f"{names.get(pause.by, pause.by)}, {when(pause.at)}"))
    for earlier in pause.earlier:
        said = f"{label(earlier.change)}, by {names.get(earlier.by, earlier.by)}, {when(earlier.at)}"
        rows.append(("Changed", f"{said}. Before: {when(earlier.start)} to {when(earlier.until)}"))
    if pause.cancelled:
        rows.append(("Now", "This pause does not count"))
    here = f"/cases/{case.id}/pauses/{pause.id}"
    actions = [{"text": "Put right", "href": f"{here}/correct", "visuallyHiddenText": heading}] if may else []
    if may and not pause.over_at(now):
        actions.insert(0, {"text": "Let run again", "href": f"{here}/resume", "visuallyHiddenText": heading})
    return Told(heading=heading, rows=[(key, str(value)) for key, value in rows], actions=actions)


def _paused_now(case: Case, now: datetime) -> str | None:
    if (pause := case.pause_at(now)) is None:
        return None
    then = "Somebody looks again" if pause.review else "They run again"
    kept = "the waits of 4 and 24 hours run on"
    return f"The lasting waits are paused: {label(pause.reason).lower()}; {kept}. {then} on {when(pause.until)}."


def _long(time: timedelta) -> str:
    """`3 days 4 hours`."""
    days, rest = divmod(max(time, timedelta()), timedelta(days=1))
    hours = rest // timedelta(hours=1)
    words = [f"{days} day{'s' if days != 1 else ''}"] if days else []
    return " ".join([*words, f"{hours} hour{'s' if hours != 1 else ''}"])


def still_open(case: Case, now: datetime) -> list[str]:
    """What somebody who closes the case should know of, in sentences."""
    found = []
    if case.unanswered_concerns:
        found.append("A safety concern has not been answered.")
    for offer in case.offers:
        if offer.live:
            found.append(f"{label(offer.kind)} is {label(offer.state).lower()}.")
    for wait in case.waiting:
        told = running(wait, now)
        found.append(f"The person still waits: {told.clock.lower()}, {told.short.lower()}.")
    if pause := case.pause_at(now):
        found.append(f"The waits are paused until {when(pause.until)}.")
    return found
