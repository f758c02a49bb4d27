"""What housing holds of a person: how it is told to them, and what is left of it when they are forgotten."""

from collections.abc import Sequence

from alliance.people import Exempt, Holdings, of_person
from housing.application.collections import Homes, Placements
from housing.domain.home import Home

EXEMPT = (
    Exempt(name="person_access", why="who may see the records, and who opened them; the audit trail has it too"),
    Exempt(name="audit_heads", why="how far the audit trail has got"),
)


def holdings(placements: Placements, homes: Homes) -> Holdings:
    """Add a row for each new collection that has something of a person; a test asks for it."""

    async def kept_for(person_id: str) -> Sequence[Home]:
        theirs = await placements.with_key("person_id", person_id)
        found = [await homes.find(id_) for id_ in sorted({offer.home_id for each in theirs for offer in each.offers})]
        return [home for home in found if home and home.hold and home.hold.person_id == person_id]

    return Holdings(
        (
            of_person(
                placements,
                "Your way to a home of your own",
                others=("workers",),
                stays="settings, dates and costs under a pseudonym that leads to nobody: the books rest on them",
            ),
            of_person(
                homes,
                "The home that is kept for you",
                find=kept_for,
                leave_out=("past", "landlord"),
                stays="it is about the home; the pseudonym goes when the placement lets the home go",
            ),
        ),
        EXEMPT,
    )
