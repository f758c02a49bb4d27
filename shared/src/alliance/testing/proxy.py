"""A TCP proxy inside the test's own process, to cut, stall, reset or slow a connection on purpose."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

Mode = Literal["up", "down", "blackhole"]


class Proxy:
    """Stands before one server. `up` passes bytes, `down` refuses and cuts, `blackhole` accepts and passes nothing."""

    def __init__(self, host: str, port: int) -> None:
        self.port = 0
        self.latency = 0.0
        """Seconds that every piece of data is late, in each direction."""
        self._host, self._behind = host, port
        self._mode: Mode = "up"
        self._passing = asyncio.Event()
        self._passing.set()
        self._server: asyncio.Server | None = None
        self._pairs: dict[asyncio.Task[None], tuple[asyncio.StreamWriter, ...]] = {}

    @property
    def connections(self) -> int:
        """How many are open."""
        return len(self._pairs)

    async def start(self) -> None:
        await self._listen()

    async def stop(self) -> None:
        await self.down()

    async def up(self) -> None:
        """Pass everything, also what a black hole held back."""
        self._mode = "up"
        self._passing.set()
        await self._listen()

    async def down(self) -> None:
        """Refuse new connections and close those that are open."""
        self._mode = "down"
        if self._server is not None:
            self._server.close()
            self._server = None
        await self._cut(abruptly=False)

    async def blackhole(self) -> None:
        """Keep everything open and pass nothing, as a dead network does."""
        self._mode = "blackhole"
        self._passing.clear()

    async def reset(self) -> None:
        """Cut what is open with a TCP reset; new connections pass as before."""
        await self._cut(abruptly=True)

    def before(self, url: str) -> str:
        """`url` with this proxy in the place of its server."""
        parts = urlsplit(url)
        credentials, at, _ = parts.netloc.rpartition("@")
        return urlunsplit(parts._replace(netloc=f"{credentials}{at}127.0.0.1:{self.port}"))

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _cut(self, *, abruptly: bool) -> None:
        for task, writers in list(self._pairs.items()):
            for writer in writers:
                if abruptly:
                    writer.transport.abort()
                else:
                    writer.close()
            task.cancel()
        await asyncio.gather(*self._pairs, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or self._mode == "down":
            writer.close()
            return
        self._pairs[task] = (writer,)
        try:
            await self._passing.wait()
            behind, to_behind = await asyncio.open_connection(self._host, self._behind)
            self._pairs[task] = (writer, to_behind)
            await asyncio.wait(
                (
                    asyncio.create_task(self._pass_on(reader, to_behind)),
                    asyncio.create_task(self._pass_on(behind, writer)),
                ),
                return_when=asyncio.FIRST_COMPLETED,
            )
        except (OSError, asyncio.CancelledError):
            return
        finally:
            for each in self._pairs.pop(task, ()):
                each.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                if self.latency:
                    await asyncio.sleep(self.latency)
                await self._passing.wait()
                writer.write(data)
                await writer.drain()


@asynccontextmanager
async def proxying(url: str) -> AsyncIterator[Proxy]:
    """A proxy before the server that `url` names, for the length of a block."""
    parts = urlsplit(url)
    proxy = Proxy(parts.hostname or "127.0.0.1", parts.port or 0)
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.stop()
