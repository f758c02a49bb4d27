"""The access tables, read again without the code that enforces them, and tried out on every route of every service."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from pydantic import SecretStr

from alliance.access import About, Caller
from alliance.access.control import Standing
from alliance.kernel import FixedClock, new_id
from alliance.service import Service
from alliance.store import MemoryDatabase
from alliance.testing.rooms import app_of

OURS, OTHERS = "slam", "mosaic-clubhouse"
SUBJECT = "staff-7"
PUBLIC = re.compile(
    r"^/(static|health|version|metrics|docs|openapi\.json|sign-in|sign-out|signed-out|back-channel-logout)\b"
)


@dataclass(frozen=True)
class Scene:
    """Whose record, and what is special about the person."""

    own: bool
    worker: bool
    restricted: bool
    glass: bool

    def __str__(self) -> str:
        told = ["own organisation's" if self.own else "another organisation's"]
        told += ["named worker"] if self.worker else []
        told += ["restricted"] if self.restricted else []
        return ", ".join([*told, "glass broken"] if self.glass else told)


OPEN_WIDE = Scene(own=True, worker=True, restricted=False, glass=True)
"""As favourable as it gets: who is refused here has no right at all."""
SCENES = [
    Scene(own=True, worker=False, restricted=False, glass=False),
    Scene(own=True, worker=False, restricted=True, glass=False),
    Scene(own=True, worker=False, restricted=True, glass=True),
    Scene(own=True, worker=True, restricted=True, glass=False),
    Scene(own=False, worker=False, restricted=False, glass=False),
    Scene(own=False, worker=False, restricted=False, glass=True),
    Scene(own=False, worker=True, restricted=False, glass=False),
]
"""Each cell of a table answers differently in one of these."""


@dataclass(frozen=True)
class Row:
    action: str
    record: str
    cells: dict[str, str]

    def allows(self, role: str, scene: Scene) -> bool:
        """The table as its heading explains it, in other words than the code's."""
        cell = self.cells.get(role, "")
        if not cell or not self.record:
            return bool(cell)
        if scene.worker or (scene.glass and cell.endswith("+")):
            return True
        if scene.restricted and self.record != "any":
            return False
        return cell.startswith("all") or (cell.startswith("own") and scene.own)


def table(service: str) -> dict[str, Row]:
    texts = [files("alliance.access").joinpath("access.csv"), files(service).joinpath("access.csv")]
    rows = [row for text in texts for row in csv.DictReader(text.read_text().splitlines())]
    return {row["action"]: Row(row.pop("action"), row.pop("record"), row) for row in rows}


class Stage:
    """One service whose every record is what the present scene says."""

    def __init__(self, service: str, clock: FixedClock) -> None:
        found: Service = import_module(f"{service}.main").service
        nowhere = SecretStr("amqp://nobody:nothing@nowhere.example/alliance")
        settings = found.settings(
            environment="development",
            organisation=OURS,
            amqp_url=nowhere,
            mongodb_url=nowhere,
        )
        database = MemoryDatabase(clock)
        self.scene = SCENES[0]
        self.app: FastAPI = app_of(found, found.wire(database, settings, clock), database, clock, organisation=OURS)
        if live := self.app.state.given.get("live"):
            live.close()  # a stream that says nothing ends at once
        control = self.app.state.control
        self.kinds = {row.record for row in table(service).values() if row.record not in ("", "any")}
        for kind in (*self.kinds, "case", "person"):
            control.about[kind] = self._about(kind)
        object.__setattr__(control, "watch", self)
        self._clock = clock

    def _about(self, kind: str) -> Any:
        async def about(record_id: str) -> About:
            workers = frozenset({SUBJECT} if self.scene.worker else {"somebody-else"})
            owner = OURS if self.scene.own else OTHERS
            return About(record=kind, id=record_id, person_id=new_id(), organisation=owner, workers=workers)

        return about

    async def standing(self, person_id: str, caller: Caller, now: datetime) -> Standing:
        until = now + timedelta(hours=1) if self.scene.glass else None
        return Standing(restricted=self.scene.restricted, glass_until=until)


@dataclass(frozen=True)
class Door:
    """One way in: a method and a path, and what the route says it is for."""

    method: str
    path: str
    action: str | None

    @property
    def address(self) -> str:
        """With made-up parts: ids are UUIDs, anything else a word."""
        return re.sub(r"{(\w+)(:path)?}", lambda found: _part(found[1]), self.path)

    @property
    def for_machines(self) -> bool:
        return self.path.startswith("/api/")


def _part(name: str) -> str:
    words = {"month": "2026-11", "year": "2026", "figure": "introductions", "tool": "phq-9", "number": "1"}
    return words.get(name, new_id() if name.endswith("_id") else "case")


def doors(app: FastAPI) -> Iterator[Door]:
    """Every way in, those of included routers too."""
    for route in app.routes:
        effective: Any = getattr(route, "effective_route_contexts", None)
        found: list[Any] = list(effective()) if effective else [route]
        for each in found:
            if getattr(each, "dependant", None) is not None and not PUBLIC.match(each.path):
                for method in sorted(each.methods):
                    yield Door(method, each.path, _action(each.dependant))


def _action(dependant: Any) -> str | None:
    """What the route's own dependencies were made for."""
    asked = list(dependant.dependencies)
    while asked:
        each = asked.pop()
        if action := getattr(each.call, "action", None):
            return str(action)
        asked += each.dependencies
    return None
