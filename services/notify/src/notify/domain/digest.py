"""The mail that a member of staff has asked for: each working morning, how much waits for them, and nothing of whom."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from alliance.kernel import Aggregate, to_text
from notify.domain.refusals import AlreadyTaken, CodeRunOut, NotSwitchedOn, TooManyCodes
from notify.domain.trying import FIRST, wait_after

CODE_LASTS = timedelta(hours=1)
TRIES = 5
"""Wrong codes after which a new one is needed."""
CODES_A_DAY = 5
"""So that nobody's mailbox can be filled from here."""
LASTS = timedelta(days=90)
"""Then it ends by itself unless its reader keeps it on: nobody tells us that a member of staff has left."""


@dataclass(frozen=True, kw_only=True)
class Asking:
    """An address that nobody has confirmed: nothing but the code goes there. Forgotten after `until`."""

    address: str
    code: str
    until: datetime
    sent: bool = False
    wrong: int = 0


@dataclass(kw_only=True)
class Digest(Aggregate):
    """One for each member of staff, by their subject. Off it holds no address."""

    indexed: ClassVar[tuple[str, ...]] = ("to_send", "off_key")

    address: str | None = None
    roles: tuple[str, ...] = ()
    """As when it was last kept on: what waits for somebody depends on them."""
    on_until: datetime | None = None
    next_at: datetime | None = None
    ready_at: datetime | None = None
    """The morning whose mail goes now."""
    off_key: str | None = None
    """Whoever has it may switch the mail off, and nothing else."""
    asking: Asking | None = None
    asked_at: tuple[datetime, ...] = ()
    refused_at: datetime | None = None
    """When an address would not take our mail; until another is given."""
    taken_until: datetime | None = None
    put_off_times: int = 0

    @property
    def is_on(self) -> bool:
        return self.address is not None

    @property
    def takes_code(self) -> bool:
        return self.asking is not None and self.asking.wrong < TRIES

    @property
    def to_send(self) -> str | None:
        """When a courier may take it."""
        waits = self.asking is not None and not self.asking.sent
        since = self.taken_until or (self.asked_at[-1] if waits else self.ready_at)
        return f"{to_text(since)}:{self.id}" if since and (waits or self.ready_at) else None

    def ask(self, address: str, *, code: str, at: datetime) -> None:
        """Send a code to an address; the mail goes on to the one before until it is confirmed."""
        recent = tuple(each for each in self.asked_at if at - each < timedelta(days=1))
        if len(recent) >= CODES_A_DAY:
            raise TooManyCodes
        self.asking, self.asked_at = Asking(address=address, code=code, until=at + CODE_LASTS), (*recent, at)
        self.taken_until, self.put_off_times, self.refused_at = None, 0, None

    def try_code(self, code: str, *, roles: tuple[str, ...], off_key: str, next_at: datetime, at: datetime) -> None:
        """The right code confirms the address and switches the mail on; a wrong one is counted. Raises `CodeRunOut`."""
        if self.asking is None or at >= self.asking.until or not self.takes_code:
            raise CodeRunOut
        if not hmac.compare_digest(self.asking.code.encode(), code.encode()):
            self.asking = replace(self.asking, wrong=self.asking.wrong + 1)
            return
        self.address, self.off_key, self.asking = self.asking.address, off_key, None
        self.next_at, self.ready_at, self.taken_until = next_at, None, None
        self.keep_on(roles=roles, at=at)

    def keep_on(self, *, roles: tuple[str, ...], at: datetime) -> None:
        """For another while, by the roles of today."""
        if not self.is_on:
            raise NotSwitchedOn
        self.roles, self.on_until = tuple(sorted(str(role) for role in roles)), at + LASTS

    def switch_off(self) -> None:
        """And forget the address."""
        self.address, self.off_key, self.asking, self.roles = None, None, None, ()
        self.on_until, self.next_at, self.ready_at, self.taken_until = None, None, None, None

    def take(self, *, now: datetime, until: datetime) -> None:
        """A courier carries it until then. Raises `AlreadyTaken`."""
        if self.to_send is None or (self.taken_until is not None and now < self.taken_until):
            raise AlreadyTaken
        self.taken_until = until

    def note_sent(self, code: str) -> None:
        """The code has left."""
        if self.asking is not None and self.asking.code == code:
            self.asking, self.taken_until, self.put_off_times = replace(self.asking, sent=True), None, 0

    def settle(self, morning: datetime, *, next_at: datetime) -> None:
        """The mail of that morning has left, or there was none to send."""
        if self.ready_at == morning:
            self.ready_at, self.next_at, self.taken_until, self.put_off_times = None, next_at, None, 0

    def put_off(self, *, at: datetime) -> None:
        """The address does not take it just now."""
        self.taken_until = at + wait_after(self.put_off_times)
        self.put_off_times += 1

    def put_back(self, *, at: datetime) -> None:
        """Nothing is taken just now; others are tried before it is again."""
        if self.taken_until is not None:
            self.taken_until = at + FIRST

    def bounce(self, address: str, *, at: datetime) -> None:
        """The address will not take our mail: none goes there any more."""
        if self.asking is not None and self.asking.address == address:
            self.asking, self.taken_until, self.refused_at = None, None, at
        if self.address == address:
            self.switch_off()
            self.refused_at = at

    def due_at(self) -> datetime | None:
        moments = (self.next_at, self.asking.until if self.asking else None)
        return min((moment for moment in moments if moment), default=None)

    def on_due(self, now: datetime) -> None:
        """A morning has come, or a code has run out."""
        if self.asking is not None and now >= self.asking.until:
            self.asking = None
        if self.next_at is None or now < self.next_at:
            return
        if self.on_until is None or now >= self.on_until:
            self.switch_off()
            return
        self.ready_at, self.next_at = self.next_at, None
