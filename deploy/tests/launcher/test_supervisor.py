"""The supervisor keeps servers running."""

import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from alliance_deploy.embedded.child import NotReady
from alliance_deploy.launcher.kept import Condition, HttpProcess
from alliance_deploy.launcher.probe import is_ready
from alliance_deploy.launcher.supervisor import Supervisor

Dummy = Callable[..., HttpProcess]
Eventually = Callable[..., Awaitable[None]]


@pytest.fixture
async def supervisor() -> AsyncIterator[Supervisor]:
    supervisor = Supervisor(back_off=(0.05, 0.1))
    yield supervisor
    await supervisor.stop()


async def test_servers_start_together_and_are_waited_for(supervisor: Supervisor, a_dummy: Dummy) -> None:
    supervisor.start({"one": a_dummy("one"), "two": a_dummy("two")})
    await supervisor.wait("one", "two")
    assert all(run.condition is Condition.READY and run.ready_after for run in supervisor.runs.values())


async def test_a_server_that_is_killed_comes_back(
    supervisor: Supervisor, a_dummy: Dummy, eventually: Eventually
) -> None:
    dummy = a_dummy("one")
    supervisor.start({"one": dummy})
    await supervisor.wait("one")
    first = dummy.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    run = supervisor.runs["one"]
    await eventually(lambda: run.restarts == 1 and run.condition is Condition.READY)
    assert dummy.pid not in (None, first)


async def test_a_server_that_dies_again_and_again_is_restarted_for_ever(
    supervisor: Supervisor, a_dummy: Dummy, eventually: Eventually
) -> None:
    supervisor.start({"one": a_dummy("one", LIVES="0.6")})
    await supervisor.wait("one")
    await eventually(lambda: supervisor.runs["one"].restarts >= 3, within=30)
    assert supervisor.runs["one"].condition is not Condition.FAILED


async def test_a_server_that_never_was_ready_is_given_up_with_the_end_of_its_log(
    supervisor: Supervisor, a_dummy: Dummy
) -> None:
    supervisor.start({"one": a_dummy("one", BROKEN="yes")})
    with pytest.raises(NotReady, match=r"(?s)one ended with code 3.*the dummy cannot find its settings"):
        await supervisor.wait("one")
    assert supervisor.runs["one"].condition is Condition.FAILED


async def test_one_that_fails_leaves_the_others_alone(supervisor: Supervisor, a_dummy: Dummy) -> None:
    well = a_dummy("well")
    supervisor.start({"well": well, "ill": a_dummy("ill", BROKEN="yes")})
    with pytest.raises(NotReady):
        await supervisor.wait("well", "ill")
    await supervisor.wait("well")
    assert await is_ready(well.port)


async def test_stopping_ends_every_process(supervisor: Supervisor, a_dummy: Dummy) -> None:
    dummies = {name: a_dummy(name) for name in ("one", "two")}
    supervisor.start(dummies)
    await supervisor.wait(*dummies)
    await supervisor.stop()
    assert [dummy.pid for dummy in dummies.values()] == [None, None]
    assert not any([await is_ready(dummy.port) for dummy in dummies.values()])


async def test_changes_are_told(a_dummy: Dummy) -> None:
    heard: list[Condition] = []
    supervisor = Supervisor(lambda run: heard.append(run.condition))
    supervisor.start({"one": a_dummy("one")})
    await supervisor.wait("one")
    await supervisor.stop("one")
    assert heard == [Condition.READY, Condition.STOPPED]
