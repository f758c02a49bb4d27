"""Catches messages instead of sending them: for development. It holds no address, only that something was sent."""

from collections import deque
from datetime import timedelta

from notify.application.outbox import Caught
from notify.domain.codes import Channel
from notify.domain.digest_letters import StaffLetter
from notify.domain.wording import Letter


class Catcher:
    """Takes everything. Remembers the last hundred, in memory alone; the same message again is the same message."""

    sends = False
    within = timedelta()

    def __init__(self, *, meant: bool = True) -> None:
        """`meant`: that nothing leaves is as it should be."""
        self._meant = meant
        self.caught: deque[Caught] = deque(maxlen=100)

    async def check(self) -> tuple[bool, str]:
        return self._meant, "nothing-leaves: no mail server is named"

    async def send(self, message_id: str, channel: Channel, address: str, letter: Letter) -> None:
        if isinstance(letter, StaffLetter) and not self._meant:
            return  # whoever reads a code here would confirm an address that is not theirs
        caught = Caught(message_id, channel, letter.subject, letter.language, isinstance(letter, StaffLetter))
        if caught not in self.caught:
            self.caught.append(caught)
