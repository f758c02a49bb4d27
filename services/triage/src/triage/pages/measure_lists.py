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


def items_of(found: Measurement) -> list[dict[str, Any]]:
    concepts = found.asked.item_concepts
    return [
        {
            "item": item,
            "topic": TOPICS[found.tool][item - 1],
            "answer": "Not answered" if answer is None else str(answer),
            "help": item in found.entry.wants_help,
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
