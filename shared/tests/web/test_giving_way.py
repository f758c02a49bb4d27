"""What can wait gives way to whoever waits for an answer: for a while, and not to a page that only listens."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from alliance.kernel import Answering, give_way
from alliance.web.wrapping import Wrapping

SCOPE = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
LONG = 5.0


class Asked:
    """An application that answers when it is told to, at once for `stream` but for the end."""

    def __init__(self, *, stream: bool) -> None:
        self.asked, self.may_answer, self._stream = asyncio.Event(), asyncio.Event(), stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"data: made up\n\n"
            self.asked.set()
            await self.may_answer.wait()

        if self._stream:
            await StreamingResponse(pieces(), media_type="text/event-stream")(scope, receive, send)
            return
        self.asked.set()
        await self.may_answer.wait()
        await PlainTextResponse("made up")(scope, receive, send)


async def _receive() -> dict[str, object]:
    await asyncio.Event().wait()
    return {}


async def _send(message: object) -> None:
    await asyncio.sleep(0)


@pytest.fixture
async def asking() -> AsyncIterator[list[asyncio.Task[None]]]:
    tasks: list[asyncio.Task[None]] = []
    yield tasks
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def asked(app: Asked, tasks: list[asyncio.Task[None]]) -> None:
    wrapped = Wrapping(app, max_body=1000, headers={}, bare=frozenset())
    tasks.append(asyncio.create_task(wrapped(SCOPE, _receive, _send)))
    await asyncio.wait_for(app.asked.wait(), LONG)


async def test_work_waits_until_the_answer_is_given(asking: list[asyncio.Task[None]]) -> None:
    app = Asked(stream=False)
    await asked(app, asking)
    working = asyncio.create_task(give_way(LONG))
    await asyncio.sleep(0.05)
    assert not working.done()
    app.may_answer.set()
    await asyncio.wait_for(working, LONG)
    assert Answering.now == 0


async def test_work_gets_on_however_long_somebody_waits(asking: list[asyncio.Task[None]]) -> None:
    await asked(Asked(stream=False), asking)
    await asyncio.wait_for(give_way(0.02), LONG)
    assert Answering.now == 1


async def test_a_page_that_only_listens_holds_nobody_up(asking: list[asyncio.Task[None]]) -> None:
    app = Asked(stream=True)
    await asked(app, asking)
    assert Answering.now == 0
    await asyncio.wait_for(give_way(LONG), 1)
    app.may_answer.set()
    await asyncio.wait_for(asyncio.gather(*asking), LONG)
    assert Answering.now == 0


async def test_an_answer_that_fails_is_over_too(asking: list[asyncio.Task[None]]) -> None:
    app = Asked(stream=False)
    await asked(app, asking)
    asking[0].cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    assert Answering.now == 0
