"""Runs an application on a free port of this machine, in this process."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI


@dataclass
class Served:
    app: FastAPI
    url: str


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[Served]:
    """Signals stay with the test run."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(64)
        server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1)
        )
        running = asyncio.create_task(server._serve(sockets=[taken]))
        while not server.started:
            if running.done():
                running.result()
            await asyncio.sleep(0.01)
        yield Served(app, f"http://localhost:{taken.getsockname()[1]}")
        server.should_exit = True
        await running
