"""What reporting holds of a person: nothing, and why that is so."""

from alliance.people import Exempt, Holdings


def holdings() -> Holdings:
    """Add a row for each new collection that has something of a person; a test asks for it."""
    return Holdings(
        exempt=(
            Exempt(name="months", why="counts of a whole month; no pseudonym is kept"),
            Exempt(name="sheets", why="which event changed which count; an event's id, and of nobody whom it is about"),
            Exempt(name="audit_heads", why="how far the audit trail has got"),
        )
    )
