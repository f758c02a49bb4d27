"""Outcomes: whether people's own scores got better, and how offers of support ended that came to nothing."""

from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.web.charts import bar_chart
from alliance.web.pages import Show, may, page_router
from alliance.web.pages.listing import Cell, Column, Listing, csv_of
from reporting.api.giving import TheCourses, TheMonths
from reporting.application.outcomes import CHANGES, Outcome, ended_offers, outcomes
from reporting.pages.words import label, starred

router = page_router()

Reading = Annotated[Access, may("scorecard.read")]


@router.get("/outcomes")
async def all_outcomes(_: Reading, courses: TheCourses, months: TheMonths, show: Show) -> Response:
    ended = await ended_offers(months)
    return await show(
        "reporting/outcomes.html",
        title="Outcomes",
        listing=_measures(await outcomes(courses)),
        chart=bar_chart(
            "Offers of support that came to nothing",
            [(label(figure), count) for figure, count in ended.items()],
            of=("How it ended", "Offers"),
        ),
    )


@router.get("/outcomes.csv")
async def file(_: Reading, courses: TheCourses) -> Response:
    return csv_of(_measures(await outcomes(courses)), "outcomes")


def _measures(found: list[Outcome]) -> Listing:
    return Listing(
        caption="Paired scores, by measure",
        columns=(
            Column("measure", "Measure"),
            Column("scored", "Series of scores", numeric=True),
            Column("paired", "With a later score", numeric=True),
            *(Column(change, label(change), numeric=True) for change in CHANGES),
            Column("recovered", "Recovered", numeric=True),
        ),
        rows=[
            (
                Cell(label(each.measure), value=each.measure),
                starred(each.scored),
                starred(each.paired),
                *(map(starred, each.changes) if each.changes else ("–",) * len(CHANGES)),
                starred(each.recovered) if each.can_recover else "–",
            )
            for each in found
        ],
        csv="/outcomes.csv",
    )
