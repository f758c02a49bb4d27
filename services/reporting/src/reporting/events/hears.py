"""What reporting hears: every event that `application/counting.py` has a rule for, all of it counted alike, and what
people say for equality monitoring, by which figures are split."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from alliance.contracts import Event, intake
from alliance.messaging import Heard, listen, on
from alliance.people import Known
from alliance.store import Documents
from reporting.application.counting import counted
from reporting.application.folding import Folding
from reporting.application.following import FOLLOWED, Followed, Happening, happenings
from reporting.application.outcomes import SCORED, Courses, Scored, keep_score
from reporting.application.sheets import Sheets, lines_of
from reporting.domain.equality import CHARACTERISTICS, Equality

Equalities = Documents[Equality]
Reaction = Callable[..., Any]


async def count_event(heard: Heard[Event], sheets: Sheets, folding: Folding) -> None:
    """Put its lines on their sheet; the same event again finds them there."""
    await sheets.put(lines_of(heard.id, heard.data, heard.time, replayed=False))
    folding.wake()


async def keep_equality(heard: Heard[intake.EqualityRecorded], equalities: Equalities, known: Known) -> None:
    """The latest answer of each person counts. It is in no log: what was said before we listened is not known here."""
    said = heard.data
    if await known.is_erased(said.person_id):
        return
    await equalities.change_or_add(
        said.person_id,
        lambda: Equality(id=said.person_id),
        lambda kept: kept.keep(
            {characteristic: getattr(said, characteristic).value for characteristic in CHARACTERISTICS},
            answer_sequence=said.answer_sequence,
        ),
        remember=False,
    )


async def follow_person(heard: Heard[Followed], equalities: Equalities, known: Known) -> None:
    """Heard live only: a rebuild from the logs does not know the answers either."""
    if await known.is_erased(heard.data.person_id):
        return
    for each in happenings(heard.data):
        await equalities.change_or_add(
            each.person_id, partial(Equality, id=each.person_id), partial(_add, each), remember=False
        )


async def keep_outcome(heard: Heard[Scored], courses: Courses, known: Known) -> None:
    if not await known.is_erased(heard.data.person_id):
        await keep_score(heard.data, heard.envelope.sequence, courses)


def _add(happening: Happening, kept: Equality) -> None:
    if happening.taken_back:
        kept.take_back(happening.key)
    else:
        kept.happen(happening.key, happening.month)


_BESIDE: Mapping[type[Event], Sequence[Reaction]] = {
    **dict.fromkeys(FOLLOWED, (follow_person,)),
    **dict.fromkeys(SCORED, (keep_outcome,)),
}
"""What is done about an event beside counting it."""

hears = listen(
    *(on(event, do=[count_event, *_BESIDE.get(event, ())]) for event in counted()),
    on(intake.EqualityRecorded, do=keep_equality),
)
