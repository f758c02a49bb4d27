"""Every role at every route, on own and others' and restricted records: exactly what the table says, and no hole."""

from collections.abc import Iterable

import pytest
from fastapi import APIRouter, FastAPI
from starlette.responses import PlainTextResponse
from tests.access.scenarios import OPEN_WIDE, OURS, SCENES, SUBJECT, Door, Row, Scene, Stage, doors, table

from alliance.access import Role
from alliance.kernel import FixedClock
from alliance.testing.api import api_client, token_for
from alliance.testing.rooms import browsing

SERVICES = ("intake", "triage", "housing", "finance", "notify", "reporting")
OPEN = {
    "intake": {
        "/api/v1/sharing-choices",
        "/api/v1/self-introductions",
        "/api/v1/status/{reference}",
        "/api/v1/introduced/{reference}",
    },
    "triage": {
        "/api/v1/directory",
        "/api/v1/directory/",
        "/api/v1/directory/organizations",
        "/api/v1/directory/organizations/{organization_id}",
        "/api/v1/directory/service_at_locations",
        "/api/v1/directory/service_at_locations/{at_location_id}",
        "/api/v1/directory/services",
        "/api/v1/directory/services/{service_id}",
        "/api/v1/directory/taxonomies",
        "/api/v1/directory/taxonomies/{taxonomy_id}",
        "/api/v1/directory/taxonomy_terms",
        "/api/v1/directory/taxonomy_terms/{term_id}",
    },
}
"""What is for anybody; everything else needs a row in a table."""
PUBLIC_PAGES = ("/services", "/introduce", "/status", "/accessibility", "/privacy", "/digest-off")


def guarded(service: str, app: FastAPI) -> list[Door]:
    public = OPEN.get(service, set())
    return [d for d in doors(app) if d.path not in public and not d.path.startswith(PUBLIC_PAGES)]


async def answers(stage: Stage, role: str, tried: Iterable[tuple[Door, Scene]]) -> list[tuple[Door, Scene, int]]:
    """What a caller with this one role is answered."""
    found = []
    token = token_for(stage.app.state.service, role, subject=SUBJECT, organisation=OURS)
    async with (
        api_client(stage.app, token) as api,
        browsing(stage.app, role, subject=SUBJECT, organisation=OURS) as browser,
    ):
        for door, scene in tried:
            stage.scene = scene
            if door.for_machines:
                answer = await api.request(door.method, door.address, headers={"Idempotency-Key": "k"}, json={})
            elif door.method == "GET":
                answer = await browser.get(door.address)
            else:
                answer = await browser.send_form(door.address)
            found.append((door, scene, answer.status_code))
    return found


def scenes_for(row: Row, role: Role) -> list[Scene]:
    return SCENES if row.record and row.cells.get(role) else [OPEN_WIDE]


@pytest.mark.parametrize("service", SERVICES)
async def test_every_route_is_open_to_those_whom_the_table_names_and_to_nobody_else(
    service: str, clock: FixedClock
) -> None:
    stage, rows = Stage(service, clock), table(service)
    tried = [door for door in guarded(service, stage.app) if door.action]
    wrong = []
    for role in Role:
        asked = [(door, scene) for door in tried for scene in scenes_for(rows[str(door.action)], role)]
        for door, scene, status in await answers(stage, role, asked):
            allowed = rows[str(door.action)].allows(role, scene)
            if allowed is (status in (401, 403)) or status == 500:
                wrong.append(f"{role} {door.method} {door.path} ({scene}): {status}, the table says {allowed}")
    assert wrong == []
    assert tried


@pytest.mark.parametrize("service", SERVICES)
async def test_no_route_is_without_a_row(service: str, clock: FixedClock) -> None:
    stage = Stage(service, clock)
    assert [door for door in guarded(service, stage.app) if door.action is None] == []


@pytest.mark.parametrize("service", SERVICES)
async def test_nobody_gets_anywhere_without_signing_in(service: str, clock: FixedClock) -> None:
    stage = Stage(service, clock)
    async with browsing(stage.app) as nobody:
        for door in guarded(service, stage.app):
            sent = nobody.get if door.method == "GET" else nobody.send_form
            answer = await (nobody.request(door.method, door.address) if door.for_machines else sent(door.address))
            assert answer.status_code in (401, 303), door
            if answer.status_code == 303:
                assert answer.headers["location"].startswith("/sign-in"), door


@pytest.mark.parametrize("service", SERVICES)
def test_every_row_is_about_a_kind_of_record_that_the_service_can_look_up(service: str, clock: FixedClock) -> None:
    stage = Stage(service, clock)
    assert stage.kinds <= set(stage.app.state.control.about)


async def test_a_planted_hole_is_found(clock: FixedClock) -> None:
    stage = Stage("triage", clock)
    hole = APIRouter()

    @hole.get("/api/v1/cases/{case_id}/everything")
    async def everything(case_id: str) -> PlainTextResponse:
        return PlainTextResponse("all of it")

    stage.app.include_router(hole)
    assert [door.path for door in guarded("triage", stage.app) if door.action is None] == [
        "/api/v1/cases/{case_id}/everything"
    ]


async def test_a_row_that_is_not_enforced_is_found(clock: FixedClock) -> None:
    stage, rows = Stage("triage", clock), table("triage")
    object.__setattr__(stage.app.state.control, "policy", _Lax())
    (reading,) = [door for door in guarded("triage", stage.app) if door.path == "/api/v1/cases/{case_id}"]
    ((_, scene, status),) = await answers(stage, Role.FINANCE_OFFICER, [(reading, SCENES[0])])
    assert status not in (401, 403)
    assert not rows["case.read"].allows(Role.FINANCE_OFFICER, scene)


class _Lax:
    """A policy that lets everybody do everything, to show that the matrix would see it."""

    def __init__(self) -> None:
        from alliance.access import Policy

        self._policy = Policy.of("triage")

    def rule(self, action: str) -> object:
        return self._policy.rule(action)

    def decide(self, *_: object, **__: object) -> object:
        from alliance.access.policy import Ruling

        return Ruling(allowed=True, role=Role.FINANCE_OFFICER)
