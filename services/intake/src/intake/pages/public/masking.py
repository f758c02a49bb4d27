"""How we reach a person, as their status page may tell it: others may read that page too."""

from intake.domain.facts import ContactPoint
from intake.domain.introduction import Introduction
from intake.domain.person import Person

SHOWN = 3
"""Digits of a number: enough to tell one's own by, too few to call."""


def ways_shown(introduction: Introduction, person: Person | None) -> list[str] | None:
    """The ways that we use, which are the safe ones, without what would lead there; None where nobody is asked."""
    if person is None or person.erased_at is not None or not introduction.asks_how_to_reach:
        return None
    return [_masked(point) for point in person.details.contact_points if point.safe]


def _masked(point: ContactPoint) -> str:
    if point.kind == "address":
        return "A letter to your address"
    if point.kind == "email":
        return f"Email, to an address that begins with “{point.value[:1]}”"
    digits = "".join(each for each in point.value if each.isdigit())
    return f"Phone, a number that ends in {digits[-SHOWN:]}" if len(digits) > 2 * SHOWN else "Phone"
