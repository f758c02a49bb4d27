"""A filled-in measure in rows: its scores, its answers, and its place among all measures of a case."""

from typing import Any

from alliance.web.pages.listing import Cell, Column, Row
from alliance.web.pages.templating import day
from triage.domain.measurement import Measurement
from triage.pages.measure_picture import band_of, number
from triage.pages.talk_words import FILLED_IN_BY, TOPICS, called

COLUMNS = (
    Column("measured_on", "Filled in on"),
    Column("measure", "Measure"),
    Column("score", "Score", numeric=True),
    Column("meaning", "Meaning"),
    Column("how", "How"),
    Column("counts", "Counts"),
)


def scores_of(found: Measurement) -> list[dict[str, Any]]:
    told = []
    for scale in found.asked.scales:
        score = found.score(scale.scale)
        told.append(
            {
                "name": called(found.tool, scale.scale),
                "score": None if score is None else number(score),
                "range": f"{scale.lowest} to {scale.highest}",
                "meaning": "" if score is None else band_of(scale, score),
                "higher_is_better": scale.higher_is_better,
            }
        )
    return told


def items_of(found: Measurement, first: Measurement | None = None) -> list[dict[str, Any]]:
    """`first`: with what an item is compared where items are looked at one by one, as in DIALOG."""
    concepts = found.asked.item_concepts
    return [
        {
            "item": item,
            "topic": TOPICS[found.tool][item - 1],
            "answer": "Not answered" if answer is None else str(answer),
            "help": item in found.entry.wants_help,
            "since": _since(answer, first.said[item - 1] if first else None, found.asked.item_reliable),
            "concept": concepts[item - 1] if concepts else None,
        }
        for item, answer in enumerate(found.said, 1)
    ]


def rows_of(found: Measurement) -> list[Row]:
    """One for each score."""
    rows: list[Row] = []
    for scale in found.asked.scales:
        score = found.asked.scale(scale.scale).of(found.said)
        counts = "Taken back" if found.taken_back else "Not scored: answers are missing" if score is None else "Yes"
        rows.append(
            [
                Cell(
                    day(found.entry.measured_on),
                    href=f"/cases/{found.case_id}/measures/{found.id}",
                    value=found.entry.measured_on,
                ),
                called(found.tool, scale.scale),
                "" if score is None else Cell(number(score), value=score),
                "" if score is None else band_of(scale, score),
                FILLED_IN_BY[found.entry.filled_in_by],
                counts,
            ]
        )
    return rows


def _since(answer: int | None, first: int | None, reliable: int | None) -> str:
    """`+2, better`: by at least the smallest change of an item that is reliable (DIALOG: higher is better)."""
    if answer is None or first is None or reliable is None:
        return ""
    change = answer - first
    if abs(change) < reliable:
        return "As at first"
    return f"+{change}, better" if change > 0 else f"\N{MINUS SIGN}{-change}, worse"
