"""What reporting hears: every event that `application/counting.py` has a rule for, and all of it is counted alike."""

from alliance.contracts import Event
from alliance.messaging import Heard, listen, on
from reporting.application.counting import counted
from reporting.application.folding import Folding
from reporting.application.sheets import Sheets, lines_of


async def count_event(heard: Heard[Event], sheets: Sheets, folding: Folding) -> None:
    """Put its lines on their sheet; the same event again finds them there."""
    await sheets.put(lines_of(heard.id, heard.data, heard.time, replayed=False))
    folding.wake()


hears = listen(*(on(event, do=count_event) for event in counted()))
