"""The audit trail of a running service: where it is kept, how decisions get into it, and how it is anchored."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from alliance.access import About, Caller
from alliance.access.anchor import AuditAnchored, AuditHead, TrailCut, chain_id
from alliance.access.audit import Entry
from alliance.access.caller import SUBJECT
from alliance.access.policy import Rule, Ruling
from alliance.access.trail import Head, Trail
from alliance.contracts.catalogue import catalogue
from alliance.contracts.saying import Saying, Sayings, say
from alliance.kernel import Clock, Provenance, acting, new_id
from alliance.observability import log
from alliance.store import Database, Documents
from alliance.web import correlation_id

COLLECTION, HEADS = "audit", "audit_heads"


def audit_sayings(service: str) -> tuple[Saying, ...]:
    """What every service of the alliance says of its trail."""
    event = catalogue().get(f"{service}.audit-anchored.v1")
    return (say(AuditAnchored, event),) if event else ()


@dataclass(kw_only=True)
class Auditing:
    """One service's trail. `note` is what `Control` calls; `run` is a worker loop."""

    trail: Trail
    heads: Documents[AuditHead]
    service: str
    organisation: str
    clock: Clock
    every: float
    _cut: bool = field(default=False, init=False)

    async def note(self, caller: Caller, rule: Rule, about: About, ruling: Ruling, outcome: str, at: datetime) -> None:
        """Write down a decision about a record. Raises whatever keeps it from being written.

        What was refused may have asked for anything at all: an id that can be none stays out.
        """
        await self.trail.note(
            Entry(
                actor=caller.subject,
                issuer=caller.issuer or None,
                organisation=caller.organisation,
                role=ruling.role.value if ruling.role else None,
                action=rule.action,
                record=about.record,
                record_id=about.id if SUBJECT.fullmatch(about.id) else None,
                person_id=about.person_id,
                ground=ruling.ground.value,
                outcome=outcome,
                correlation_id=correlation_id(),
            )
        )

    async def run(self) -> None:
        """Until cancelled: anchor now and then, if the trail has grown."""
        await self.trail.prepare()
        while True:
            await self.anchor()
            await asyncio.sleep(self.every)

    async def anchor(self) -> None:
        """Say how far the trail has got. One that was cut is not anchored anew: that would hide it."""
        head, at = await self.trail.head(), self.clock.now()
        if head == Head():
            return
        id_ = chain_id(self.service)
        by = Provenance(actor=f"service:{self.service}", organisation=self.organisation, correlation_id=new_id())
        try:
            with acting(by):
                await self.heads.change_or_add(id_, lambda: AuditHead(id=id_), lambda last: last.move(head, at=at))
        except TrailCut:
            if not self._cut:
                log.error("audit-trail-cut", sequence=head.sequence)
            self._cut = True
        else:
            self._cut = False


def auditing(service: str, *, database: Database, organisation: str, clock: Clock, every: float) -> Auditing:
    """The trail of `service` in its own database."""
    return Auditing(
        trail=Trail(database.collection(COLLECTION), clock, service),
        heads=Documents(
            database, HEADS, AuditHead, says=Sayings(*audit_sayings(service)), service=service, clock=clock
        ),
        service=service,
        organisation=organisation,
        clock=clock,
        every=every,
    )
