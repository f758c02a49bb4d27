"""How far the audit trail has got, said outside the database that holds it, so that a cut tail is noticed."""

from dataclasses import dataclass
from datetime import datetime

from alliance.access.audit import BEGINNING
from alliance.access.trail import Head
from alliance.kernel import Aggregate, Fact, Refusal, derived_id


def chain_id(service: str) -> str:
    """There is one chain for each service."""
    return derived_id(service, "audit")


@dataclass(frozen=True, kw_only=True)
class AuditAnchored(Fact):
    chain_id: str
    sequence: int
    hash: str
    at: datetime


class TrailCut(Refusal):
    """The trail no longer holds what it was anchored at."""

    def __init__(self) -> None:
        super().__init__("The audit trail is shorter than it was, or no longer what it was, when it was last anchored.")


@dataclass(kw_only=True)
class AuditHead(Aggregate):
    """The last anchor; its id is the chain's."""

    sequence: int = 0
    hash: str = BEGINNING

    def move(self, head: Head, *, at: datetime) -> None:
        """The trail ends in `head` now. Raises `TrailCut` where it ended later before, or at that place otherwise."""
        if head == Head(self.sequence, self.hash):
            return
        if head.sequence <= self.sequence:
            raise TrailCut
        self.sequence, self.hash = head.sequence, head.hash
        self.record(AuditAnchored(chain_id=self.id, sequence=head.sequence, hash=head.hash, at=at))
