"""Callers of the services' APIs: one of each service, with a token, and commands that may safely be repeated."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2

PATIENCE = 90.0
"""Seconds for which an unavailable service is asked again: killing one only delays the demo."""

Json = dict[str, Any]


class Refused(Exception):
    """A service said no; `name` is the refusal's name, or the title of the problem."""

    def __init__(self, status: int, problem: Json) -> None:
        self.status, self.name = status, str(problem.get("refusal") or problem.get("title"))
        super().__init__(f"{status} {self.name}: {problem.get('title')} {problem.get('detail') or ''}")


@dataclass(frozen=True)
class Client:
    """One service, as one caller sees it in one journey."""

    http: httpx2.AsyncClient
    token: str | Callable[[], Awaitable[str]]
    """One that lasts as long as the journey, or where to get one that is good now."""
    correlation_id: str
    patience: float = PATIENCE

    async def ask(self, path: str, *, headers: Mapping[str, str] | None = None, **query: str) -> Json:
        """GET. Raises `Refused`."""
        return await self._request("GET", path, params=query, headers=headers)

    async def tell(self, path: str, body: Json | None = None, *, signed_in: bool = True) -> Json:
        """POST a command under a key of its own, the same at every attempt. Raises `Refused`."""
        key = {"Idempotency-Key": uuid4().hex}
        return await self._request("POST", path, json=body, headers=key, signed_in=signed_in)

    async def until(
        self,
        path: str,
        holds: Callable[[Json], bool],
        *,
        within: float = PATIENCE,
        headers: Mapping[str, str] | None = None,
        **query: str,
    ) -> Json:
        """GET again and again until the answer `holds`. Raises `TimeoutError`; 404 means not yet."""
        deadline = time.monotonic() + within
        while True:
            try:
                answer = await self.ask(path, headers=headers, **query)
                if holds(answer):
                    return answer
            except Refused as refused:
                if refused.status != 404:
                    raise
            if time.monotonic() > deadline:
                raise TimeoutError(f"{path} did not become as expected within {within:g} seconds")
            await asyncio.sleep(0.05)

    async def _request(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, signed_in: bool = True, **parts: Any
    ) -> Json:
        deadline, delay = time.monotonic() + self.patience, 0.1
        sent = {**(headers or {}), "X-Correlation-Id": self.correlation_id}
        while True:
            with suppress(httpx2.TransportError):
                if signed_in:
                    token = self.token if isinstance(self.token, str) else await self.token()
                    sent["Authorization"] = f"Bearer {token}"
                answer = await self.http.request(method, f"/api/v1/{path}", headers=sent, **parts)
                if answer.status_code not in (502, 503, 504):
                    return _read(answer)
            if time.monotonic() > deadline:
                raise TimeoutError(f"{method} {path}: no answer within {self.patience:g} seconds")
            await asyncio.sleep(delay)
            delay = min(delay * 2, 2.0)


def _read(answer: httpx2.Response) -> Json:
    body: Json = answer.json() if answer.content else {}
    if answer.is_success:
        return body
    raise Refused(answer.status_code, body)
