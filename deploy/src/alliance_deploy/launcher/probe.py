"""Ask a process on this machine how it is, without an HTTP client to import."""

import asyncio
from contextlib import suppress


async def status_of(port: int, path: str = "/health/ready", *, within: float = 5.0) -> int | None:
    """The HTTP status that 127.0.0.1:`port` answers to GET `path`, or None when it does not answer in time."""
    with suppress(OSError, TimeoutError, ValueError, IndexError):
        async with asyncio.timeout(within):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
                return int((await reader.readline()).split()[1])
            finally:
                writer.close()
    return None


async def is_ready(port: int) -> bool:
    """Whether a service says that it can do its work."""
    return await status_of(port) == 200
