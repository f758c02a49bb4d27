"""RabbitMQ's management API, as far as reconciling needs it."""

import asyncio
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx2

PARALLEL = 8


class BrokerUnreachable(Exception):
    """The management API did not answer, or refused what was asked; the message says which request."""


class Management:
    """`async with Management(url, user, password) as management`; every call raises BrokerUnreachable on failure."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.user = user
        limits = httpx2.Limits(max_connections=PARALLEL)
        self._client = httpx2.AsyncClient(
            base_url=f"{url.rstrip('/')}/api", auth=(user, password), timeout=60, limits=limits, trust_env=False
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, *path: str) -> Any:
        return (await self._ask("GET", path)).json()

    async def put(self, *path: str, body: Any = None) -> None:
        await self._ask("PUT", path, body={} if body is None else body)

    async def post(self, *path: str, body: Any) -> Any:
        answer = await self._ask("POST", path, body=body)
        return answer.json() if answer.content else None

    async def delete(self, *path: str) -> None:
        """Deleting what is already gone is no failure."""
        await self._ask("DELETE", path, also=(404,))

    async def delete_all(self, paths: Iterable[tuple[str, ...]]) -> None:
        await asyncio.gather(*(self.delete(*path) for path in paths))

    async def version(self) -> tuple[int, int]:
        """RabbitMQ's (major, minor)."""
        text = str((await self.get("overview"))["rabbitmq_version"])
        major, minor = text.split(".")[:2]
        return int(major), int(minor)

    async def _ask(self, method: str, path: Iterable[str], *, body: Any = None, also: tuple[int, ...] = ()) -> Any:
        address = "/" + "/".join(quote(part, safe="") for part in path)
        try:
            answer = await self._client.request(method, address, json=body)
        except httpx2.HTTPError as error:
            raise BrokerUnreachable(f"{method} {address}: {type(error).__name__}") from error
        if answer.is_success or answer.status_code in also:
            return answer
        raise BrokerUnreachable(f"{method} {address}: {answer.status_code} {answer.text[:300]}")
