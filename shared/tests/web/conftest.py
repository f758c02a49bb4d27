"""A small service with every kind of route, against which the web library is tested."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated

import pytest
from fastapi import APIRouter, FastAPI, Query, Response

from alliance.access import Access, Control, Policy
from alliance.kernel import Provenance, Refusal, Stale, SystemClock, Unknown, provenance
from alliance.testing.api import ApiClient, api_client, verifier_for
from alliance.web import (
    Body,
    Command,
    Day,
    Instant,
    Line,
    NhsNumber,
    Passage,
    PathId,
    Pence,
    Phone,
    answers,
    build_app,
    doing,
    given,
    may,
    public_command,
    tag,
)


class Pace(StrEnum):
    SOON = "soon"
    LATER = "later"


class Contact(Body):
    phone: Phone
    voicemail: bool = False


class Introduce(Body):
    name: Line
    story: Passage | None = None
    born_on: Day | None = None
    at: Instant | None = None
    nhs_number: NhsNumber | None = None
    pace: Pace = Pace.SOON
    contact: Contact | None = None
    rent_pence: Pence = 0


class Made(Body):
    id: str


class Shown(Body):
    id: str
    name: str
    born_on: date | None


class HomeAlreadyOffered(Refusal):
    """Somebody else was quicker."""


class StoreAway(Exception):
    transient = True


@dataclass
class Desk:
    """What the sample service remembers."""

    people: dict[str, Introduce] = field(default_factory=dict)
    acted: list[Provenance] = field(default_factory=list)
    fails: Exception | None = None

    def act(self) -> None:
        self.acted.append(provenance())
        if self.fails is not None:
            raise self.fails


OurDesk = Annotated[Desk, given("desk")]
POLICY = Policy.read(
    """action,what,record,triage-worker,auditor
person.list,see the list,,all,all
person.read,open a person,,all,
person.change,change a person,,all,
"""
)
Worker = Annotated[Command, doing("person.change")]
router = APIRouter(prefix="/api/v1")


@router.post("/people", status_code=201)
async def introduce(body: Introduce, asked: Worker, desk: OurDesk) -> Made:
    desk.act()
    desk.people[asked.id] = body
    return Made(id=asked.id)


@router.post("/front-door", status_code=201)
async def introduce_myself(body: Introduce, asked: Annotated[Command, public_command()], desk: OurDesk) -> Made:
    desk.act()
    return Made(id=asked.derived("person"))


@router.get("/people")
async def list_people(
    _: Annotated[Access, may("person.list")], desk: OurDesk, limit: Annotated[int, Query(ge=1, le=100)] = 50
) -> list[Made]:
    return [Made(id=each) for each in list(desk.people)[:limit]]


@router.get("/people/{id}")
async def show(id: PathId, response: Response, _: Annotated[Access, may("person.read")], desk: OurDesk) -> Shown:  # noqa: A002
    if id not in desk.people:
        raise Unknown("There is no such person.")
    tag(response, 3)
    return Shown(id=id, name=desk.people[id].name, born_on=desk.people[id].born_on)


@router.post("/people/{id}/offers", responses=answers(404))
async def offer(id: PathId, asked: Worker, desk: OurDesk) -> Made:  # noqa: A002
    desk.act()
    if asked.expecting is not None and asked.expecting != 3:
        raise Stale("Somebody changed it since you looked.")
    if id not in desk.people:
        raise Unknown("There is no such person.")
    return Made(id=asked.id)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    return build_app(
        title="A sample",
        version="0.1.0",
        service="sample",
        organisation="certitude",
        routers=[router],
        given={"desk": desk},
        verifier=verifier_for("sample"),
        control=Control(policy=POLICY, clock=SystemClock()),
        development=True,
        says=["sample.person-introduced.v1"],
        hears=["intake.introduction-accepted.v1", "intake.person-erased.v1"],
    )


@pytest.fixture
async def api(app: FastAPI) -> AsyncIterator[ApiClient]:
    async with api_client(app, roles=["triage-worker"]) as client:
        yield client
