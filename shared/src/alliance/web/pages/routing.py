"""Routers of pages: HTML, and not part of the API's description."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse


def page_router(prefix: str = "") -> APIRouter:
    return APIRouter(prefix=prefix, include_in_schema=False, default_response_class=HTMLResponse)
