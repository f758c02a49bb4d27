"""The dispatcher without a broker: the same table, marks, waiting and answers, for permutation tests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from alliance.contracts import Envelope, Event
from alliance.kernel import NotYet
from alliance.messaging.hearing import Heard, Hears
from alliance.messaging.reacting import Bound, Reactions, is_transient


@dataclass(frozen=True)
class Quarantined:
    """A reaction that failed, and why."""

    envelope: Envelope
    reaction: str | None
    error: Exception


@dataclass
class Applied:
    """What is left over once nothing moves any more: both lists are empty when all went well."""

    quarantined: list[Quarantined] = field(default_factory=list)
    waiting: list[tuple[Envelope, str, NotYet]] = field(default_factory=list)


async def apply_in_memory(
    hears: Hears,
    given: Mapping[str, object],
    envelopes: Iterable[Envelope],
    *,
    organisation: str = "test-organisation",
    service: str | None = None,
) -> Applied:
    """Deliver `envelopes` in the order given; whatever says `NotYet` is tried again after the rest, until stable.

    Types that the table does not have are not bound to this service and are skipped, like personal events for
    another `service`. Transient errors are raised: a test of order has no outages.
    """
    reactions = Reactions(hears, given, organisation=organisation)
    applied = Applied()
    todo = [work for envelope in envelopes for work in _work(reactions, envelope, service, applied)]
    while todo:
        waiting = []
        for heard, bound in todo:
            try:
                await reactions.run(bound, heard)
            except NotYet as reason:
                waiting.append((heard, bound, reason))
            except Exception as error:
                if is_transient(error):
                    raise
                applied.quarantined.append(Quarantined(heard.envelope, bound.name, error))
        if len(waiting) == len(todo):
            applied.waiting = [(heard.envelope, bound.name, reason) for heard, bound, reason in waiting]
            break
        todo = [(heard, bound) for heard, bound, _ in waiting]
    return applied


def _work(
    reactions: Reactions, envelope: Envelope, service: str | None, applied: Applied
) -> list[tuple[Heard[Event], Bound]]:
    event = reactions.event(envelope.type)
    elsewhere = service is not None and envelope.recipient not in (None, service)
    if event is None or elsewhere:
        return []
    try:
        heard = Heard(envelope, event.model_validate(envelope.data))
    except ValidationError as error:
        applied.quarantined.append(Quarantined(envelope, None, error))
        return []
    return [(heard, bound) for bound in reactions.to(envelope.type)]
