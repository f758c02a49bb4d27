"""Routes are analysed once, when they are written, and not by every application that takes them."""

from fastapi import FastAPI

from .conftest import router


def test_an_application_has_the_very_routes_of_its_routers(app: FastAPI) -> None:
    """To analyse all of a service's once more takes the first request a fifth of a second."""
    assert router.routes
    assert all(any(own is route for own in app.routes) for route in router.routes)
