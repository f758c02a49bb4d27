"""Taking in what the logs still hold, many events at a time."""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from alliance.contracts import Envelope, Event
from alliance.observability import log
from reporting.application.counting import counted
from reporting.application.folding import Folding
from reporting.application.sheets import Sheets, lines_of
from reporting.domain.sheet import Line

_BY_TYPE: Mapping[str, type[Event]] = {event.type: event for event in counted()}


async def put_batch(envelopes: Sequence[Envelope], sheets: Sheets, folding: Folding) -> None:
    """Put the lines of those that count for something. An event that breaks its contract counts for nothing here, as
    it did when it was heard live and went to quarantine.
    """
    lines: list[Line] = []
    for envelope in envelopes:
        if (event := _BY_TYPE.get(envelope.type)) is None:
            continue
        try:
            data = event.model_validate(envelope.data)
        except ValidationError:
            log.warning("replayed-event-invalid", event_id=envelope.id, type=envelope.type)
            continue
        lines += lines_of(envelope.id, data, envelope.time, replayed=True)
    await sheets.put(lines)
    folding.wake()
