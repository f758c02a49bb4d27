"""Erasure reaches the quarantine too."""

import pytest

from alliance.messaging.purging import QuarantinePurge
from alliance_deploy.testing import LaidOutVhost

from .builders import a_snapshot, an_envelope, an_id
from .conftest import Everything
from .effects import Effects, hearing
from .speaking import speaking
from .waiting import until

pytestmark = pytest.mark.broker


async def test_a_persons_details_leave_the_quarantine_and_everything_else_stays(
    vhost: LaidOutVhost, everything_in: Everything
) -> None:
    effects = Effects()
    effects.failing = ValueError()
    erased, kept = a_snapshot(recipient="triage", about="erased"), a_snapshot(recipient="triage", about="kept")
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("intake"), "intake") as intake_:
        await intake_.say(erased, kept, an_envelope(about="erased"))
        await until(lambda: len(effects.attempts) == 3)
    purge = QuarantinePurge(service="triage", amqp_url=vhost.url("triage"))
    assert await purge.purge(an_id("person", "erased")) == 1
    assert await purge.purge(an_id("person", "erased")) == 0
    left: set[object] = set()

    async def two_are_left() -> bool:
        left.update(message.headers["cloudEvents_id"] for message in await everything_in("triage.quarantine"))
        return len(left) == 2

    await until(two_are_left)
    assert erased.id not in left
