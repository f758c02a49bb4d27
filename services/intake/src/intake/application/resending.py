"""Details sent once more, of one person or of everybody, to a service that the agreement lets receive them."""

import asyncio
from dataclasses import dataclass, field

from alliance.kernel import Clock, Provenance, Unknown, acting, new_id, provenance
from alliance.store import Busy, Database, Page
from intake.application.collections import Introductions, People, Resendings
from intake.application.going_out import until_gone_out
from intake.domain.person import Recipients
from intake.domain.refusals import NoSuchRecipient, SharingNotAllowed
from intake.domain.resending import Resending

LEASE, LEASED_SECONDS = "intake-resendings", 60.0
LOOKS_EVERY = 2.0
AT_ONCE = 50
REST = 1.0
"""Seconds of rest for each second of work."""


async def begin_resending(id_: str, service: str, resendings: Resendings, recipients: Recipients, clock: Clock) -> None:
    """Everybody's details to `service`. Their consent sequence stays: a holder ignores what it has."""
    by = provenance()
    if service not in recipients:
        raise NoSuchRecipient("The agreement lets no such service receive details.")
    await resendings.add(
        Resending(
            id=id_,
            service=service,
            to_organisation=recipients[service],
            by=by.actor,
            organisation=by.organisation,
            begun_at=clock.now(),
        )
    )


async def resend_person(id_: str, service: str, people: People, recipients: Recipients) -> None:
    """One person's details. Refused where the person does not wish that."""
    if service not in recipients:
        raise NoSuchRecipient("The agreement lets no such service receive details.")
    if not (await people.get(id_)).may_hold(recipients[service]):
        raise SharingNotAllowed("The person does not let that organisation hold their details.")
    await people.change(id_, lambda person: person.share_again(service, recipients=recipients))


async def cancel_resending(id_: str, resendings: Resendings, clock: Clock) -> None:
    at = clock.now()
    await resendings.change(id_, lambda found: found.cancel(at=at))


async def resendings_so_far(resendings: Resendings, *, after: str | None, limit: int = 50) -> Page[Resending]:
    """Newest first."""
    return await resendings.page("listed", "at:", after=after, limit=limit)


@dataclass(kw_only=True)
class SendingAgain:
    """`run` is a loop of the service's, in one process at a time. A kill repeats a page at most: holders ignore it."""

    database: Database
    resendings: Resendings
    introductions: Introductions
    people: People
    recipients: Recipients
    clock: Clock
    rest: float = REST
    holder: str = field(default_factory=new_id)

    async def run(self) -> None:
        while True:
            if not await self.step():
                await asyncio.sleep(LOOKS_EVERY)

    async def step(self) -> bool:
        """Look at some people; False if there is nothing to send, or another process sends."""
        running = (await self.resendings.page("work", "run:", limit=1)).items
        if not running or not await self.database.lease(LEASE, self.holder, LEASED_SECONDS):
            return False
        found = running[0]
        began = asyncio.get_running_loop().time()
        with acting(Provenance(actor=found.by, organisation=found.organisation, correlation_id=found.id)):
            await self._some(found)
        await asyncio.sleep(self.rest * (asyncio.get_running_loop().time() - began))
        return True

    async def _some(self, found: Resending) -> None:
        """People are found by their introductions, in the order of people's ids; each has one at least."""
        page = await self.introductions.page("person_id", after=found.after, limit=AT_ONCE)
        sent, ids = 0, list(dict.fromkeys(each.person_id for each in page.items))
        for id_ in ids:
            await until_gone_out(self.database, self.clock)
            sent += await self._one(id_, found)
        if not await self.database.lease(LEASE, self.holder, LEASED_SECONDS):
            raise Busy("another process sends")
        at = self.clock.now()
        await self.resendings.change(
            found.id,
            lambda stored: stored.advance(found.after, after=page.next, looked=len(ids), sent=sent, at=at),
        )

    async def _one(self, id_: str, found: Resending) -> bool:
        person = await self.people.find(id_)
        service = {found.service: found.to_organisation}
        if person is None or not person.may_hold(found.to_organisation):
            return False
        try:
            await self.people.change(id_, lambda stored: stored.share_again(found.service, recipients=service))
        except Unknown:  # erased meanwhile
            return False
        return True
