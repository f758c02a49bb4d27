"""What housing's codes and pages are called in plain English."""

from alliance.web.pages import Item
from alliance.web.pages.people import ADJUSTMENTS, LANGUAGES
from alliance.web.pages.templating import labelling

MENU = (
    Item(text="What needs me now", href="/", action="home.see"),
    Item(text="Placements", href="/placements", action="placement.list"),
    Item(text="Vacancies", href="/vacancies", action="home.list"),
    Item(text="Homes", href="/homes", action="home.list"),
)

LABELS = {
    **LANGUAGES,
    **ADJUSTMENTS,
    "step-free": "Step free",
    "introduced": "Needs an offer",
    "offered": "Offer to answer",
    "accepted": "Accepted, not moved in",
    "moved-in": "Lives in the home",
    "moved-on": "Moved on",
    "closed": "Search ended",
    "vacant": "Empty",
    "occupied": "Lived in",
    "ran-out": "It was not answered in time",
    "already-has-offer": "The person had another offer to answer",
    "already-moved-in": "The person had moved in elsewhere",
    "placement-closed": "The search had ended",
    "died": "The person died",
}

COLOURS = {
    "introduced": "blue",
    "offered": "yellow",
    "accepted": "purple",
    "moved-in": "green",
    "moved-on": "grey",
    "closed": "grey",
    "vacant": "blue",
    "occupied": "green",
}
"""Of the tags of stages and states."""

AREAS = ("SE1", "SE5", "SE11", "SE19", "SE21", "SE24", "SE27", "SW2", "SW4", "SW8", "SW9", "SW12", "SW16")
"""Outward postcodes of Lambeth, for the filter of a list."""

label = labelling(LABELS)


def short(id_: str) -> str:
    """What people call a record by when they have no name for it: the end of its id."""
    return id_[-6:].upper()
