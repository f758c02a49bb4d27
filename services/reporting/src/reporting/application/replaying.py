"""Taking in what the logs still hold, many events at a time."""

from collections.abc import Mapping, Sequence

from alliance.contracts import Envelope, Event
from reporting.application.counting import counted
from reporting.application.folding import Folding
from reporting.application.rows import Rows

_BY_TYPE: Mapping[str, type[Event]] = {event.type: event for event in counted()}


async def put_batch(envelopes: Sequence[Envelope], rows: Rows, folding: Folding) -> None:
    """Put the rows of those that count for something. A bad event raises `ValidationError`: logs hold none."""
    heard = [
        (envelope.id, event.model_validate(envelope.data), envelope.time)
        for envelope in envelopes
        if (event := _BY_TYPE.get(envelope.type)) is not None
    ]
    await rows.put(heard, replayed=True)
    folding.wake()
