"""Replay: a service hears again what the granted logs still hold, beside the running service or without it."""

import sys
from datetime import datetime

from alliance.messaging.log import Progress, StreamLog
from alliance.observability import configure_logs
from alliance.service.process import Process
from alliance.service.settings import ServiceSettings
from alliance.service.wiring import Service
from alliance.store import Database


class SavedOffsets:
    """How far each replay has got, in the service's own database: thrown away with it, so a rebuild begins anew."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection("replays")

    async def load(self, name: str) -> int | None:
        document = await self._collection.find(name)
        return None if document is None else int(document["offset"])

    async def save(self, name: str, offset: int) -> None:
        await self._collection.update({"_id": name}, {"$set": {"offset": offset}}, upsert=True)


async def replay(service: Service, settings: ServiceSettings, *, since: datetime) -> int:
    """Hear every granted log from `since` to its end as of now; how many events.

    What the reactions have to say goes into the outboxes; the running service's relay takes it from there.
    Raises `NotGranted` for a log that the agreement does not grant.
    """
    configure_logs(service=service.name, organisation=settings.organisation, stream=sys.stderr)
    process = Process(service, settings)
    logs = StreamLog(
        service.hears,
        process.given,
        service=service.name,
        organisation=settings.organisation,
        amqp_url=settings.amqp_url.get_secret_value(),
        offsets=SavedOffsets(process.database),
        batch=process.wiring.replay_batch,
        progress=_tell,
    )
    await process.database.warm()
    try:
        heard = 0
        for publisher in logs.publishers:
            heard += await logs.replay(publisher, since=since)
    finally:
        await process.database.close()
    sys.stdout.write(f"{heard} events heard from the logs of {', '.join(logs.publishers)}\n")
    return heard


def _tell(progress: Progress) -> None:
    sys.stdout.write(f"{progress.publisher}: offset {progress.offset} of {progress.tail}, {progress.events} events\n")
    sys.stdout.flush()
