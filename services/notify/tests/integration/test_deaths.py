"""Nobody writes to somebody who has died: what has not gone stays, what comes is not sent; a mistake ends that."""

from alliance.testing import as_staff
from notify.domain.codes import Failure
from notify.domain.message import Progress

from ..builders import NINE
from ..rooms import PERSON, Room, a_death, a_move, a_start_of_support, an_acceptance, no_death, shared


async def became_of(room: Room) -> dict[str, tuple[Progress, Failure | None]]:
    found = (await room.messages.page("by_person", f"{PERSON}:")).items
    return {message.template.value: (message.progress, message.reason_code) for message in found}


STOPPED = (Progress.FAILED, Failure.PERSON_DIED)


async def test_no_message_goes_after_a_death_and_only_new_ones_after_its_correction() -> None:
    room = Room()
    await room.hear(shared(1), an_acceptance())
    await room.hear(a_death(), a_start_of_support())
    await room.courier.carry_all()
    assert not room.catcher.caught
    assert await became_of(room) == {"introduction-accepted": STOPPED, "support-started": STOPPED}
    await room.hear(no_death(), shared(2))
    await room.courier.carry_all()
    assert not room.catcher.caught
    await room.hear(a_move())
    await room.courier.carry_all()
    assert len(room.catcher.caught) == 1
    assert (await became_of(room))["moved-in"] == (Progress.DELIVERED, None)


async def test_a_message_that_has_gone_stays_delivered() -> None:
    room = Room()
    await room.hear(shared(1), an_acceptance())
    await room.courier.carry_all()
    await room.hear(a_death())
    assert await became_of(room) == {"introduction-accepted": (Progress.DELIVERED, None)}


async def test_a_courier_looks_once_more_before_it_goes() -> None:
    room = Room()
    await room.hear(shared(1), an_acceptance())
    with as_staff(mark="command:died:x"):
        await room.known.follow_death(PERSON, NINE.date(), sequence=1)
    await room.courier.carry_all()
    assert await became_of(room) == {"introduction-accepted": STOPPED}
