"""What reporting hears: every event that `application/counting.py` has a rule for, all of it counted alike, and what
people say for equality monitoring, by which figures are split."""

from functools import partial

from alliance.contracts import Event, intake
from alliance.messaging import Heard, listen, on
from alliance.store import Documents
from reporting.application.counting import counted
from reporting.application.folding import Folding
from reporting.application.following import FOLLOWED, Followed, Happening, happenings
from reporting.application.sheets import Sheets, lines_of
from reporting.domain.equality import CHARACTERISTICS, Equality

Equalities = Documents[Equality]


async def count_event(heard: Heard[Event], sheets: Sheets, folding: Folding) -> None:
    """Put its lines on their sheet; the same event again finds them there."""
    await sheets.put(lines_of(heard.id, heard.data, heard.time, replayed=False))
    folding.wake()


async def keep_equality(heard: Heard[intake.EqualityRecorded], equalities: Equalities) -> None:
    """The latest answer of each person counts. It is in no log: what was said before we listened is not known here."""
    said = heard.data
    await equalities.change_or_add(
        said.person_id,
        lambda: Equality(id=said.person_id),
        lambda kept: kept.keep(
            {characteristic: getattr(said, characteristic).value for characteristic in CHARACTERISTICS},
            answer_sequence=said.answer_sequence,
        ),
        remember=False,
    )


async def follow_person(heard: Heard[Followed], equalities: Equalities) -> None:
    """Heard live only: a rebuild from the logs does not know the answers either."""
    for each in happenings(heard.data):
        await equalities.change_or_add(
            each.person_id, partial(Equality, id=each.person_id), partial(_add, each), remember=False
        )


def _add(happening: Happening, kept: Equality) -> None:
    if happening.taken_back:
        kept.take_back(happening.key)
    else:
        kept.happen(happening.key, happening.month)


hears = listen(
    *(on(event, do=[count_event, follow_person] if event in FOLLOWED else count_event) for event in counted()),
    on(intake.EqualityRecorded, do=keep_equality),
)
