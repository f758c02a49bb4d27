"""What finance holds of a person: how it is told to them, and why money stays when they are forgotten."""

from alliance.people import Exempt, Holdings, by_key, of_person, through
from finance.application.collections import Commitments, Ledger

EXEMPT = (
    Exempt(name="budgets", why="sums of a whole year, in which nobody can be told apart"),
    Exempt(name="audit_heads", why="how far the audit trail has got"),
)
BOOKS = "money, dates and codes under a pseudonym that leads to nobody; the books must be kept (UK GDPR Art 17(3)(b))"


def holdings(commitments: Commitments, ledger: Ledger) -> Holdings:
    """Add a row for each new collection that has something of a person; a test asks for it."""
    theirs = by_key(commitments)
    return Holdings(
        (
            of_person(commitments, "What your home and support cost", stays=BOOKS),
            of_person(
                ledger,
                "An entry in the books about that",
                find=through(theirs, ledger, "commitment_id"),
                others=("entered_by",),
                stays=BOOKS,
            ),
        ),
        EXEMPT,
    )
