"""What reporting hears: every event that `application/counting.py` has a rule for, all of it counted alike, and what
people say for equality monitoring, by which figures can be split."""

from alliance.contracts import Event, intake
from alliance.messaging import Heard, listen, on
from alliance.store import Documents
from reporting.application.counting import counted
from reporting.application.folding import Folding
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


hears = listen(*(on(event, do=count_event) for event in counted()), on(intake.EqualityRecorded, do=keep_equality))
