"""What reporting holds of a person: their equality answers, what is split by them, their scores; why nothing else."""

from alliance.people import Exempt, Holding, Holdings, by_id, by_key, tell
from alliance.store import Documents
from reporting.domain.course import Course
from reporting.domain.equality import Equality

EXEMPT = (
    Exempt(name="months", why="counts of a whole month; no pseudonym is kept"),
    Exempt(name="sheets", why="which event changed which count; an event's id, and of nobody whom it is about"),
    Exempt(name="audit_heads", why="how far the audit trail has got"),
)


def holdings(equalities: Documents[Equality], courses: Documents[Course]) -> Holdings:
    """Add a row for each new collection that has something of a person; a test asks for it."""
    return Holdings(
        (
            Holding(
                kept=equalities,
                find=by_id(equalities),
                tell=lambda kept: [
                    tell("What you answered about equality, and what is counted by it", kept, leave_out=("forgotten",))
                ],
                forget=Equality.forget,
            ),
            Holding(
                kept=courses,
                find=by_key(courses),
                tell=lambda course: [
                    tell("Your scores, as they are counted", course, leave_out=("forgotten", "person_id", "sequence"))
                ],
                forget=Course.forget,
            ),
        ),
        EXEMPT,
    )
