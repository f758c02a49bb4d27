"""What reporting hears: every event that `application/counting.py` has a rule for, and all of it is counted alike."""

from alliance.contracts import Event
from alliance.messaging import Heard, listen, on
from reporting.application.counting import counted
from reporting.application.folding import Folding
from reporting.application.rows import Rows


async def count_event(heard: Heard[Event], rows: Rows, folding: Folding) -> None:
    """Put its rows; the same event again finds them there."""
    await rows.put([(heard.id, heard.data, heard.time)], replayed=False)
    folding.wake()


hears = listen(*(on(event, do=count_event) for event in counted()))
