"""The one place where access is decided, for pages and API alike, and where each decision about a person is noted."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from alliance.access.caller import Caller
from alliance.access.policy import ANY, About, Policy, Rule, Ruling
from alliance.access.roles import Grants, Role, granted
from alliance.kernel import Clock, Unknown

Resolver = Callable[[str], Awaitable[About]]
"""From the id of a record to whose it is. Raises `Unknown`."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is special about access to one person's records for one caller, now."""

    restricted: bool = False
    glass_until: datetime | None = None


class Watch(Protocol):
    """Knows restricted people and broken glass."""

    async def standing(self, person_id: str, caller: Caller, now: datetime) -> Standing: ...


class Note(Protocol):
    """Writes down who did what to whose record. Raises where it cannot: what is not noted is not done."""

    async def __call__(
        self, caller: Caller, rule: Rule, about: About, ruling: Ruling, outcome: str, at: datetime
    ) -> None: ...


class OpenToAll:
    """For services that hold no person's record."""

    async def standing(self, person_id: str, caller: Caller, now: datetime) -> Standing:
        return Standing()


async def unnoted(caller: Caller, rule: Rule, about: About, ruling: Ruling, outcome: str, at: datetime) -> None:
    """For tests of something else."""


@dataclass(frozen=True, kw_only=True)
class Access:
    """A caller who may do one thing, and what else they may do to the same record."""

    caller: Caller
    about: About | None
    ruling: Ruling
    standing: Standing
    policy: Policy = field(repr=False)

    def sees(self, action: str) -> bool:
        """Whether the caller may also do `action` to the same record: a field of it, or a button."""
        return self.policy.decide(
            self.caller,
            action,
            self.about if self.policy.rule(action).record else None,
            restricted=self.standing.restricted,
            glass=self.standing.glass_until is not None,
        ).allowed


class Refused(Exception):
    """The table says no."""

    def __init__(self, ruling: Ruling, rule: Rule, about: About | None) -> None:
        super().__init__(rule.action)
        self.ruling, self.rule, self.about = ruling, rule, about


@dataclass(frozen=True, kw_only=True)
class Control:
    """Everything that a decision needs. `grants` None: claimed roles count as they are (tests, and tools)."""

    policy: Policy
    clock: Clock
    grants: Grants | None = None
    about: Mapping[str, Resolver] = field(default_factory=dict)
    """By kind of record."""
    watch: Watch = field(default_factory=OpenToAll)
    note: Note = unnoted

    def known(self, caller: Caller) -> Caller:
        """The caller with the roles that count here."""
        roles = caller.roles if self.grants is None else granted(caller.roles, caller.organisation, self.grants)
        return replace(caller, roles=frozenset(role for role in roles if role in set(Role)))

    async def allow(
        self, caller: Caller, action: str, record_id: str | None = None, *, record: str | None = None
    ) -> Access:
        """`caller` may do `action`, to the record by that id where the action is about one; else `Refused`.

        `record`: which kind, where the row is about any.
        Raises `Unknown` where there is no such record. What is refused about a person is noted here; what is allowed
        is noted by `done` once its outcome is known.
        """
        rule, caller = self.policy.rule(action), self.known(caller)
        about = await self._about(rule, caller, record if rule.record == ANY else rule.record, record_id)
        now = self.clock.now()
        standing = await self.watch.standing(about.person_id, caller, now) if about and about.person_id else Standing()
        ruling = self.policy.decide(
            caller, action, about, restricted=standing.restricted, glass=standing.glass_until is not None
        )
        if not ruling.allowed:
            if about:
                await self.note(caller, rule, about, ruling, "refused", now)
            raise Refused(ruling, rule, about)
        return Access(caller=caller, about=about, ruling=ruling, standing=standing, policy=self.policy)

    async def done(self, access: Access, action: str, outcome: str) -> None:
        """Note how something that was allowed came out: `shown`, `done` or the name of a refusal."""
        if access.about:
            rule = self.policy.rule(action)
            await self.note(access.caller, rule, access.about, access.ruling, outcome, self.clock.now())

    async def _about(self, rule: Rule, caller: Caller, record: str | None, record_id: str | None) -> About | None:
        if not rule.record:
            return None
        if record is None or record_id is None:
            raise LookupError(f"{rule.action} is about a {rule.record}, and none was named")
        if rule.record == ANY and record not in self.about:
            raise Unknown("There are no such records here.")
        if not self.policy.decide(caller, rule.action).allowed:
            return About(record=record, id=record_id, organisation="")
        return await self.about[record](record_id)
