"""Takes a person's details out of a service's own quarantine, once they may not be held any more."""

import aio_pika

from alliance.messaging.wire import PREFIX, with_heartbeat

MOST = 10_000


class QuarantinePurge:
    """Given to the reactions that forget a person. Safe to repeat."""

    def __init__(self, *, service: str, amqp_url: str) -> None:
        self._queue, self._url = f"{service}.quarantine", with_heartbeat(amqp_url)

    async def purge(self, person_id: str) -> int:
        """Delete the personal messages about `person_id`; how many. All others lie there as before."""
        connection = await aio_pika.connect(self._url, timeout=10)
        async with connection:
            channel = await connection.channel()
            queue = await channel.get_queue(self._queue, ensure=False)
            gone = 0
            for _ in range(MOST):
                message = await queue.get(fail=False)
                if message is None:
                    break
                about = message.headers.get(PREFIX + "partitionkey")
                if about == person_id and message.headers.get(PREFIX + "recipient"):
                    await message.ack()
                    gone += 1
            return gone
