"""Everything that people see of a service, added to its application."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI

from alliance.access import About
from alliance.web.pages.shell import Shell
from alliance.web.pages.showing import Change
from alliance.web.routes import take_routes

if TYPE_CHECKING:
    from alliance.access.colleagues import Colleagues
    from alliance.access.sessions import Sessions

Recent = Callable[[About], Awaitable[list[Change]]]
"""What was lately done to a record, newest first."""


@dataclass(frozen=True, kw_only=True)
class Front:
    shell: Shell
    sessions: "Sessions"
    colleagues: "Colleagues"
    routers: Sequence[APIRouter] = field(default=())
    recent: Recent | None = None

    def add_to(self, app: FastAPI) -> None:
        from alliance.web.pages.assets import assets_router
        from alliance.web.pages.compressing import Compressing

        app.state.shell, app.state.sessions, app.state.colleagues = self.shell, self.sessions, self.colleagues
        app.state.recent = self.recent
        app.add_middleware(Compressing)
        for router in (assets_router(), *self.routers):
            take_routes(app, router)
