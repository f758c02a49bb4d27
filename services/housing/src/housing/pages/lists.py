"""The lists of housing: vacancies, homes and placements. None has a name or an address in it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from alliance.web.pages.listing import Cell, Choice, Column, Filters, Row
from alliance.web.pages.templating import day, pounds, when
from housing.domain.home import Home
from housing.domain.placement import Placement
from housing.domain.stages import Stage
from housing.pages.words import AREAS, COLOURS, label, short

COLUMNS = {
    column.key: column
    for column in (
        Column("home", "Home"),
        Column("area", "Area"),
        Column("kind", "Kind"),
        Column("support", "Support"),
        Column("provider", "Support by"),
        Column("access", "Access"),
        Column("rent", "Rent a week", numeric=True),
        Column("support-cost", "Support a week", numeric=True),
        Column("void", "Empty since"),
        Column("state", "State"),
        Column("placement", "Placement"),
        Column("stage", "Stage"),
        Column("from", "Lives now in"),
        Column("cost", "Costs a week now", numeric=True),
        Column("needs", "Support needed"),
        Column("introduced", "Introduced"),
        Column("lapses", "Offer lapses"),
    )
}


def columns(*keys: str) -> tuple[Column, ...]:
    return tuple(COLUMNS[key] for key in keys)


VACANCIES = columns("home", "area", "kind", "support", "access", "rent", "support-cost", "void")
REGISTER = columns("home", "area", "kind", "support", "provider", "rent", "support-cost", "state")
PLACEMENTS = columns("placement", "stage", "from", "cost", "needs", "introduced", "lapses")


def home_rows(
    homes: Iterable[Home], shown: Sequence[Column], today: date, *, called: Callable[[str], str] = str
) -> list[Row]:
    """`called`: the name of an organisation by its id."""
    return [_row(_of_home(home, today, called), shown) for home in homes]


def placement_rows(placements: Iterable[Placement], shown: Sequence[Column], now: datetime) -> list[Row]:
    return [_row(_of_placement(placement, now), shown) for placement in placements]


def by_area(area: str) -> Filters:
    known = sorted({*AREAS, *((area,) if area else ())}, key=_by_number)
    return Filters((Choice("area", "Area", [("", "Everywhere"), *((code, code) for code in known)], area),))


def by_stage(stage: str) -> Filters:
    stages = [("", "Every stage"), *((each.value, label(each)) for each in Stage)]
    return Filters((Choice("stage", "Stage", stages, stage),))


def days(since: date, today: date) -> str:
    number = (today - since).days
    return "today" if number <= 0 else "1 day" if number == 1 else f"{number:,} days"


def _row(cells: Mapping[str, Cell], shown: Sequence[Column]) -> Row:
    return [cells[column.key] for column in shown]


def _of_home(home: Home, today: date, called: Callable[[str], str]) -> dict[str, Cell]:
    since = home.void_since
    return {
        "home": Cell(f"Home {short(home.id)}", href=f"/homes/{home.id}"),
        "area": Cell(home.area_code),
        "kind": Cell(label(home.setting)),
        "support": Cell(label(home.support_level)),
        "provider": Cell(called(home.provider), value=home.provider),
        "access": Cell(", ".join(label(feature) for feature in home.access_features) or "None known"),
        "rent": _money(home.rent_pence),
        "support-cost": _money(home.support_pence),
        "void": Cell(f"{day(since)} ({days(since, today)})" if since else None, value=since),
        "state": Cell(label(home.state), tag=COLOURS[home.state]),
    }


def _of_placement(placement: Placement, now: datetime) -> dict[str, Cell]:
    due = placement.due_at()
    cells = {
        "placement": Cell(f"Placement {short(placement.id)}", href=f"/placements/{placement.id}"),
        "stage": Cell(label(placement.stage), tag=COLOURS[placement.stage]),
        "lapses": Cell(when(due), value=due),
    }
    if begun := placement.beginning:
        waited = days(begun.at.date(), now.date())
        cells |= {
            "from": Cell(label(begun.setting)),
            "cost": _money(begun.weekly_cost_pence),
            "needs": Cell(label(begun.support_level)),
            "introduced": Cell(f"{day(begun.at)} ({waited})", value=begun.at),
        }
    return {**dict.fromkeys(COLUMNS, Cell(None)), **cells}


def _money(pence: int) -> Cell:
    return Cell(pounds(pence), value=Decimal(pence) / 100)


def _by_number(area: str) -> tuple[str, int, str]:
    """SE5 before SE11."""
    return area.rstrip("0123456789"), len(area), area
