"""Two people at one introduction: it ends exactly once, and no half introduction remains."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from alliance.kernel import FixedClock, Refusal, derived_id, new_id
from alliance.testing import as_staff
from intake.application import introductions as ask
from intake.domain.codes import Elsewhere, Ending, Priority
from intake.domain.records import Ended, State

from ..builders import FrontDoor, asking

SIGNPOSTED = Ended(ending=Ending.SIGNPOSTED, elsewhere=Elsewhere.GP)


async def received(door: FrontDoor, id_: str | None = None, mark: str = "command:one:body") -> str:
    given = door.given
    with as_staff(mark=mark):
        introduction = await ask.receive_introduction(
            asking(id_),
            given["introductions"],
            given["people"],
            given["recipients"],
            given["promise"],
            given["clock"],
            agreement=given["agreement"],
        )
    return introduction.id


async def attempt(name: str, doing: Coroutine[Any, Any, None]) -> str | None:
    with as_staff(name, mark=f"command:{name}:body"):
        try:
            await doing
        except Refusal as refusal:
            return refusal.name
    return None


@pytest.mark.parametrize("turn", range(20))
async def test_accepting_and_closing_at_once_ends_it_once(clock: FixedClock, turn: int) -> None:
    door = FrontDoor.opened(clock)
    id_, all_ = await received(door), door.given["introductions"]
    work = [
        attempt("accepts", ask.accept_introduction(id_, Priority.ROUTINE, all_, clock)),
        attempt(
            "closes", ask.close_introduction(id_, SIGNPOSTED, all_, door.given["people"], door.given["promise"], clock)
        ),
    ]
    outcomes = await asyncio.gather(*(work if turn % 2 else reversed(work)))
    assert sorted(map(bool, outcomes)) == [False, True]
    endings = {"introduction-accepted.v1", "introduction-closed.v1"}
    assert len(endings.intersection(door.types_said())) == 1


@pytest.mark.parametrize("turn", range(20))
async def test_a_withdrawal_always_stands_and_nothing_is_accepted_after_it(clock: FixedClock, turn: int) -> None:
    door = FrontDoor.opened(clock)
    id_, all_ = await received(door), door.given["introductions"]
    work = [
        attempt("accepts", ask.accept_introduction(id_, Priority.ROUTINE, all_, clock)),
        attempt("withdraws", ask.withdraw_introduction(id_, all_, clock)),
    ]
    await asyncio.gather(*(work if turn % 2 else reversed(work)))
    assert (await all_.get(id_)).state is State.WITHDRAWN
    said = [type_ for type_ in door.types_said() if type_.startswith("introduction-")]
    assert said.count("introduction-withdrawn.v1") == 1
    assert said[-1] == "introduction-withdrawn.v1"


async def test_the_same_introduction_sent_again_is_the_same_one(clock: FixedClock) -> None:
    door, id_ = FrontDoor.opened(clock), new_id()
    assert await received(door, id_) == await received(door, id_)
    assert door.types_said().count("introduction-received.v1") == 1
    assert door.types_said().count("person-shared.v1") == 3


async def test_a_repeat_mends_what_a_crash_between_person_and_introduction_left(clock: FixedClock) -> None:
    door, id_ = FrontDoor.opened(clock), new_id()
    await received(door, id_)
    await door.database.collection("introductions").delete({"_id": id_})
    assert await received(door, id_) == id_
    assert door.types_said().count("person-shared.v1") == 3
    introduction = await door.given["introductions"].get(id_)
    assert introduction.person_id == derived_id(id_, "person")
