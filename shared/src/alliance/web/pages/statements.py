"""What a public body says about its pages: how accessible they are, and what they know about whoever reads them."""

from fastapi import APIRouter
from starlette.responses import Response

from alliance.web.pages.routing import page_router
from alliance.web.pages.showing import Show


def statements_router() -> APIRouter:
    """For anybody, signed in or not."""
    router = page_router()

    @router.get("/accessibility")
    async def accessibility(show: Show) -> Response:
        return await show("alliance/accessibility.html", title="Accessibility statement")

    @router.get("/privacy")
    async def privacy(show: Show) -> Response:
        return await show("alliance/privacy.html", title="What these pages know about you")

    return router
