"""The start page: what this is, what is up, and who one can be."""

import asyncio
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import Response

from alliance_deploy.issuer.desk import Desk
from alliance_deploy.issuer.pages.rendering import Pages
from alliance_deploy.issuer.signings_in import COOKIE
from alliance_deploy.launcher.probe import status_of

PATIENCE = 1.0
"""Seconds that a service has to say how it is: a page is waiting."""


def starting(desk: Desk, pages: Pages) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def start(request: Request) -> Response:
        present = desk.signed_in.of(request.cookies.get(COOKIE))
        return pages.start(await _states(desk), present)

    return router


async def _states(desk: Desk) -> dict[str, bool]:
    """Which services say at this moment that they can do their work."""
    ports = [urlsplit(str(told["url"])).port or 80 for told in desk.services.values()]
    answers = await asyncio.gather(*(status_of(port, within=PATIENCE) for port in ports))
    return {name: answer == 200 for name, answer in zip(desk.services, answers, strict=True)}
