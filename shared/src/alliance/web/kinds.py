"""Two kinds of answers: JSON for machines, and pages for people."""

from collections.abc import MutableMapping
from typing import Any

FOR_MACHINES = ("/api/", "/health/", "/metrics", "/version", "/docs", "/openapi.json", "/static/", "/back-channel-")


def is_page(scope: MutableMapping[str, Any]) -> bool:
    """Whether somebody in front of a browser reads the answer; always False for a service without pages."""
    app = scope.get("app")
    return (
        getattr(app.state, "shell", None) is not None and not scope["path"].startswith(FOR_MACHINES) if app else False
    )
