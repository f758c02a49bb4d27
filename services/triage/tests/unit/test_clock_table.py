"""The clocks by the table that policy people read: `policy/clocks.csv`. Moments there are on the wall in London."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from alliance.kernel import LONDON, Fact, new_id
from triage.domain import facts, wait_facts
from triage.domain.case import Case
from triage.domain.codes import CaseOutcome, HelpArea, Priority, WaitClock
from triage.domain.records import Conversation
from triage.domain.scores import Scores
from triage.domain.spans import Span
from triage.domain.wait_codes import PauseChange, WaitPauseReason
from triage.domain.waits import Targets

ROWS = list(csv.DictReader((Path(__file__).parents[1] / "policy" / "clocks.csv").read_text().splitlines()))
SAID: dict[type[Fact], str] = {
    wait_facts.WaitAtRisk: "risk",
    facts.WaitTargetMissed: "missed",
    facts.WaitTargetMissCorrected: "corrected",
}


def of(kind: str) -> list[object]:
    return [pytest.param(row, id=row["sentence"]) for row in ROWS if row["kind"] == kind]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def span(text: str) -> Span:
    start, _, end = text.partition("/")
    return Span(start=moment(start), end=moment(end))


def shown(at: datetime) -> str:
    return at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M")


def test_the_table_is_long_enough_and_each_row_has_its_sentence_and_source() -> None:
    assert len(ROWS) >= 40
    assert all(row["sentence"] and row["source"] for row in ROWS)
    assert len({row["sentence"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", of("due"))
def test_when_it_is_due(row: dict[str, str]) -> None:
    paused = [span(text) for text in row["pauses"].split(";") if text]
    wait = Targets().wait(WaitClock(row["clock"]), moment(row["since"]), paused)
    assert shown(wait.due_at) == row["expected"]


@pytest.mark.parametrize("row", of("at-risk"))
def test_when_it_is_at_risk(row: dict[str, str]) -> None:
    paused = [span(text) for text in row["pauses"].split(";") if text]
    wait = Targets().wait(WaitClock(row["clock"]), moment(row["since"]), paused)
    assert wait.at_risk_at is not None
    assert shown(wait.at_risk_at) == row["expected"]


@pytest.mark.parametrize("row", of("said"))
def test_what_is_said(row: dict[str, str]) -> None:
    case = Case.expected(new_id(), new_id(), Targets())
    case.open(received_at=moment(row["since"]), suggested=Priority(row["asked"]), help_areas=())
    for step in row["pauses"].split(";"):
        _do(case, *step.strip().split(" ", 1))
    told = [fact for fact in case.take_facts() if getattr(fact, "clock", None) == row["clock"] and type(fact) in SAID]
    assert " ".join(SAID[type(fact)] for fact in told) == row["expected"]


def _do(case: Case, verb: str, rest: str) -> None:
    """One step of a row: `pause 2026-11-03 09:00/2026-11-05 09:00 at 2026-11-10 09:00` and the like."""
    what, _, told = rest.partition(" at ")
    match verb:
        case "clock":
            case.on_due(moment(what))
        case "pause":
            at = moment(told) if told else span(what).start
            case.pause_waits(
                "p-1",
                WaitPauseReason.AWAY,
                start=span(what).start,
                until=span(what).end,
                review=False,
                by="staff-1",
                at=at,
            )
        case "resume":
            case.resume_waits("p-1", by="staff-1", at=moment(what))
        case "never":
            was = case.pauses[0]
            case.correct_pause(
                "p-1", PauseChange.NEVER_WAS, start=was.start, until=was.until, by="staff-1", at=moment(what)
            )
        case "talk":
            case.hold_conversation(Conversation(held_at=moment(what)), now=moment(told))
        case "assess":
            talk = Conversation(held_at=moment(what), needs=(HelpArea.HOME,))
            case.hold_conversation(talk, now=moment(what) + timedelta(days=60))
        case "measure":
            case.note_scores(Scores.one("m-1", date.fromisoformat(what), sequence=1))
        case "plan":
            case.note_plan_agreed(moment(what))
        case "close":
            case.close(CaseOutcome.LOST_CONTACT, at=moment(what), by="staff-1")
        case "reopen":
            case.reopen(Priority.ROUTINE, reason_code="person-came-back", by="staff-1", at=moment(what))
        case _:
            raise ValueError(verb)
