"""What reporting holds of a person: their equality answers, what is split by them, their scores; why nothing else."""

from collections.abc import Iterator

from alliance.people import Exempt, Holding, Holdings, Row, Section, by_id, by_key, tell
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
                    tell("What you answered about equality", kept, leave_out=("forgotten", "happened", "taken_back")),
                    Section(title="What is counted by those answers", rows=tuple(_counted(kept))),
                ],
                forget=Equality.forget,
            ),
            Holding(
                kept=courses,
                find=by_key(courses),
                tell=lambda course: [
                    Section(title="Your scores, as they are counted", rows=tuple(_scores(course))),
                ],
                forget=Course.forget,
            ),
        ),
        EXEMPT,
    )


def _counted(kept: Equality) -> Iterator[Row]:
    for what, month in sorted(kept.happenings(), key=lambda each: each[::-1]):
        yield Row(label=what.replace("-", " ").capitalize(), value=month)


def _scores(course: Course) -> Iterator[Row]:
    tool = course.measure.partition(":")[0].upper()
    for each in sorted(course.readings.values(), key=lambda reading: reading.on):
        if each.score is not None:
            yield Row(label=f"{tool}, {each.on:%-d %B %Y}", value=f"{each.score:g}")
