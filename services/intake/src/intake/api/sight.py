"""Whom a caller may know of: what is not for them to see is not there, in search, in candidates and in lists alike."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from alliance.access import Access, Caller, Control
from alliance.kernel import Unknown
from intake.application.collections import People
from intake.domain.person import Person

SEE = "person.see-details"


def sees(access: Access, action: str, person: Person | None) -> bool:
    """By the table and by the person's wish: another organisation's people see only what theirs may hold.

    Broken glass outweighs the wish (vital interest), as it does in the table.
    """
    if not access.sees(action):
        return False
    own = access.about is not None and access.about.organisation == access.caller.organisation
    wished = person is not None and person.may_hold(access.caller.organisation)
    return own or wished or access.standing.glass_until is not None


@dataclass(frozen=True)
class Sight:
    """One caller's. It asks what `sees` asks of a record that is opened, so that search and masking cannot drift."""

    control: Control
    caller: Caller
    people: People
    _known: dict[str, Person | None] = field(default_factory=dict)

    async def of(self, person_id: str) -> Person | None:
        """The person, if the caller may see who they are; None as well where there is nobody."""
        if person_id not in self._known:
            person = await self.people.find(person_id)
            self._known[person_id] = person if person and sees(await self._access(person_id), SEE, person) else None
        return self._known[person_id]

    async def all_of(self, person_ids: Iterable[str]) -> list[Person] | None:
        """All of them, or None if one is not for the caller to see: half of a pair would tell of the other."""
        found = [person for each in person_ids if (person := await self.of(each))]
        return found if len(found) == len(list(person_ids)) else None

    async def shown(self, *people: Person) -> None:
        """Note that the caller has been shown who these are."""
        for person in people:
            await self.control.done(await self._access(person.id), SEE, "shown")

    async def _access(self, person_id: str) -> Access:
        """What the caller could do to the record. Nothing is noted: they have not asked for it."""
        about = await self.control.about["person"](person_id)
        standing = await self.control.watch.standing(person_id, self.caller, self.control.clock.now())
        glass = standing.glass_until is not None
        ruling = self.control.policy.decide(self.caller, SEE, about, restricted=standing.restricted, glass=glass)
        return Access(caller=self.caller, about=about, ruling=ruling, standing=standing, policy=self.control.policy)


def nothing_there() -> Unknown:
    return Unknown("There is nothing by that id here.")
