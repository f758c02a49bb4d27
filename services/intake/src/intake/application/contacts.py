"""How to reach people: confirmed by them or with them, and who is asked whether it is right still."""

from dataclasses import dataclass

from alliance.kernel import Clock
from intake.application.collections import Introductions, Keepings, People
from intake.domain.introduction import Introduction
from intake.domain.person import Recipients
from intake.domain.records import Promise


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """Of each person the register knows when they last said it; the clocks of their introductions follow that."""

    introductions: Introductions
    people: People
    keepings: Keepings
    recipients: Recipients
    promise: Promise
    clock: Clock

    async def confirm(self, person_id: str) -> None:
        """How to reach the person is right still, by what they say."""
        at = self.clock.now()
        await self.people.change(person_id, lambda person: person.confirm_contact(at=at, recipients=self.recipients))
        await self.follow(person_id)

    async def say_changed(self, introduction_id: str, text: str) -> None:
        at = self.clock.now()
        await self.introductions.change(introduction_id, lambda each: each.say_contact_changed(text, at=at))

    async def follow(self, person_id: str) -> None:
        """Let the clocks of the person's introductions go by what is known of them now. Safe to repeat at any time."""
        person, keeping = await self.people.find(person_id), await self.keepings.find(person_id)
        if person is None:
            return
        gone = person.erased_at is not None or (keeping is not None and keeping.died_on is not None)
        known_at = person.contact_known_at

        def follow(introduction: Introduction) -> None:
            introduction.follow_contact(known_at, gone=gone, promise=self.promise)

        for each in await self.introductions.with_key("person_id", person_id):
            if each.at_the_door or each.in_hand_elsewhere:
                await self.introductions.change(each.id, follow, remember=False)
