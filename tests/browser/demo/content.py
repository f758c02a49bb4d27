"""What the demo shows: made-up people and figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from alliance.web.charts import Chart, bar_chart, control_chart, line_chart
from alliance.web.drawing import Kind
from alliance.web.pages import ChoiceQuestion, ChoicesQuestion, DayQuestion, Form, LineQuestion, PassageQuestion
from alliance.web.pages.listing import Cell, Choice, Column, Filters, Listing, Row
from alliance.web.pages.timeline import Moment

NOW = datetime(2026, 11, 22, 14, 40, tzinfo=UTC)
MONTHS = [f"{date(year, month, 1):%b %Y}" for year in (2025, 2026) for month in range(1, 13)]
WAITS = [31, 28, 33, 30, 35, 27, 32, 29, 34, 30, 28, 33, 31, 29, 27, 26, 25, 24, 23, 22, 21, 38, 52, 24]


class Outcome(StrEnum):
    SUPPORTED = "supported"
    MOVED_AWAY = "moved-away"
    NO_LONGER_NEEDED = "no-longer-needed"


class Example(Form):
    name = LineQuestion("What should we call you?", hint="Whatever you like best.", missing="Enter what to call you")
    outcome = ChoiceQuestion("How did it end?", Outcome, missing="Select how it ended")
    needs = ChoicesQuestion("What did it help with?", Outcome, optional=True)
    on = DayQuestion("When was that?", past=True, missing="Enter the day")
    notes = PassageQuestion("Notes", hint="Stays in this case.", optional=True)


@dataclass(frozen=True)
class Limits:
    mean: float = 29.3
    lower: float = 18.4
    upper: float = 40.2


class Board:
    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.people = ["Tess", "Amir", "Jo"]
        self.signed_out = False

    async def fingerprint(self) -> object:
        return self.people


def charts() -> Mapping[str, Chart]:
    usual: list[Kind] = ["common"] * 14
    better: list[Kind] = ["improvement"] * 7
    return {
        "control": control_chart(
            "Days from introduction to first conversation",
            MONTHS,
            [float(each) for each in WAITS],
            limits=Limits(),
            kinds=[*usual, *better, "common", "concern", "common"],
            target=28,
            of=("Month", "Days"),
            csv="/figures.csv",
        ),
        "line": line_chart(
            "People who waited longer than promised",
            MONTHS[12:],
            {"Urgent": [3, 2, 4, 1, 0, 2, 1, 3, 2, 1, 0, 1], "Routine": [12, 14, 9, 11, 8, 7, 9, 6, 5, 7, 4, 3]},
            csv="/figures.csv",
        ),
        "bar": bar_chart(
            "What people asked for help with",
            [("Money and benefits", 48), ("Somewhere to live", 39), ("Getting out more", 21), ("Medication", 9)],
            of=("Help", "People"),
        ),
        "run": control_chart("Homes offered", MONTHS[-6:], [3, 5, 4, 6, 2, 5], limits=None, of=("Month", "Homes")),
    }


def listing(sort: str | None, whose: str, after: str | None) -> Listing:
    people = [
        ("Tess Example", "Within 24 hours", "red", 3, "Thames Reach"),
        ("Amir Sample-Longlastname", "Within 7 days", "blue", 12, "South London and Maudsley NHS Foundation Trust"),
        ("Jo", "No date yet", "grey", 1204, "Certitude"),
    ]
    rows: list[Row] = [
        [
            Cell(name, href="/form"),
            Cell(priority, tag=colour),
            days,
            who,
            Cell("Open", href="/form", visually_hidden=f"the case of {name}"),
        ]
        for name, priority, colour, days, who in people
    ]
    return Listing(
        "People who are waiting",
        [
            Column("name", "Name", sortable=True),
            Column("priority", "Priority"),
            Column("days", "Days", numeric=True, sortable=True),
            Column("who", "Works with them"),
            Column("open", "Action"),
        ],
        [] if whose == "none" else rows,
        next="abc",
        after=after,
        sort=sort,
        csv="/list.csv",
        empty="Nobody is waiting.",
        filters=Filters(
            [
                Choice("whose", "Whose cases", [("", "Everybody's"), ("mine", "Mine"), ("none", "Nobody's")], whose),
                Choice("priority", "Priority", [("", "All"), ("urgent", "Within 24 hours")]),
            ]
        ),
    )


MOMENTS = [
    Moment(NOW - timedelta(days=9), "Introduced by a GP", "Front door"),
    Moment(
        NOW - timedelta(days=7),
        "First conversation",
        "Ann Worker, Certitude",
        "Wants a place of their own.\nLikes music.",
    ),
    Moment(NOW - timedelta(hours=3), "Home offered", "Ben Housing, Thames Reach", tag="Corrected", colour="orange"),
]
TASKS = [
    {"text": "Hold the first conversation", "href": "/form", "status": "completed"},
    {"text": "Agree what help to offer", "href": "/form", "status": "incomplete", "hint": "Takes about an hour"},
    {"text": "Offer a home", "href": "/form", "status": "cannot-start"},
    {"text": "Check the phone number", "href": "/form", "status": "problem"},
]
FACTS = [
    ("Called", "Tess", "/form"),
    ("Safe to leave a voicemail", "", "/form"),
    ("Needs help with", ["Money and benefits", "Somewhere to live"], "/form"),
    ("Case worker", "Ann Worker"),
]
FIGURES = [
    {"number": 14, "label": "Waiting", "href": "/form"},
    {"number": 3, "label": "Overdue", "concern": True, "note": "Oldest since Tuesday"},
    {"number": "£1.2m", "label": "Committed", "note": "of £1.5m this year"},
    {"number": 7, "label": "Free homes"},
]
COLUMNS = [
    {
        "heading": "New",
        "cards": [
            {
                "text": "Tess",
                "href": "/form",
                "lines": ["Since Tuesday"],
                "tag": "Urgent",
                "colour": "red",
                "late": True,
            }
        ],
    },
    {
        "heading": "In conversation",
        "cards": [{"text": "Amir", "href": "/form", "lines": ["Ann Worker"]}, {"text": "Jo"}],
    },
    {"heading": "Supported", "cards": [], "empty": "Nobody yet."},
]
