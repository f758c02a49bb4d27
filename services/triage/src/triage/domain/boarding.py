"""Where a case stands on the board, and the keys by which its lists are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from alliance.kernel import to_text
from triage.domain.case_file import CaseFile
from triage.domain.offer import OfferState
from triage.domain.reviewing import Reviewing
from triage.domain.transferring import Transferring


class Stage(StrEnum):
    """What a case waits for; the columns of the board, from left to right."""

    WAITING = "waiting"
    """For its first conversation."""
    TALKING = "talking"
    OFFERED = "offered"
    SUPPORTED = "supported"
    REVIEW = "review"
    """Its review is due."""
    MOVING = "moving"
    """Another organisation is asked to take it over."""


@dataclass(kw_only=True)
class Boarding(Transferring, Reviewing):
    """Every key begins with whose list it is, then the stage, then the case's place among all: filters are prefixes."""

    indexed: ClassVar[tuple[str, ...]] = (
        *CaseFile.indexed,
        "board",
        "board_of_organisation",
        "board_of_team",
        "board_of_key_worker",
        "unallocated",
        "back_with_sender",
        "transfer_to",
        "transfer_from",
        "transfer",
        "asked_worker",
    )

    @property
    def stage(self) -> Stage:
        """The rightmost column that applies."""
        if self.live_transfer:
            return Stage.MOVING
        if self.review and self.review.due_said:
            return Stage.REVIEW
        live = {offer.state for offer in self.offers if offer.live}
        if live - {OfferState.STARTED}:
            return Stage.OFFERED
        if live:
            return Stage.SUPPORTED
        return Stage.TALKING if self.conversations else Stage.WAITING

    @property
    def queue(self) -> str | None:
        """The work queue; what came back from another organisation is in it until the sender has taken note."""
        return super().queue or (f"open:{self.place}" if self.place and self.transfer_back else None)

    @property
    def board(self) -> str | None:
        return self._on_board("all")

    @property
    def board_of_organisation(self) -> str | None:
        return self._on_board(self.organisation)

    @property
    def board_of_team(self) -> str | None:
        return self._on_board(self.team_id)

    @property
    def board_of_key_worker(self) -> str | None:
        return self._on_board(self.key_worker.subject if self.key_worker else None)

    @property
    def unallocated(self) -> str | None:
        """The cases of an organisation that nobody answers for, also while support is offered or running."""
        return f"{self.organisation} {self.place}" if self.place and self.key_worker is None else None

    @property
    def back_with_sender(self) -> str | None:
        """What an organisation has back from others and has not taken note of yet, the oldest first."""
        back = self.transfer_back
        return f"{self.organisation} {to_text(back.ended_at)}:{self.id}" if back and back.ended_at else None

    @property
    def transfer_to(self) -> str | None:
        """What an organisation is asked to take over; whoever must answer first comes first."""
        live = self.live_transfer
        return f"{live.to_organisation} {to_text(live.answer_by)}:{self.id}" if live else None

    @property
    def transfer_from(self) -> str | None:
        """What an organisation has asked others to take over, in the same order."""
        live = self.live_transfer
        return f"{live.from_organisation} {to_text(live.answer_by)}:{self.id}" if live else None

    @property
    def transfer(self) -> str | None:
        """The id of the last transfer, whatever became of it."""
        return self.transfers[-1].id if self.transfers else None

    @property
    def asked_worker(self) -> str | None:
        """Who is asked to become key worker."""
        return f"{self.naming.subject} {self.id}" if self.naming else None

    def due_moments(self) -> Iterator[datetime]:
        """When time itself matters to the transfer and the review."""
        if self.place and self.live_transfer:
            yield self.live_transfer.answer_by
        if self.place and self.review_moment:
            yield self.review_moment

    def _on_board(self, whose: str | None) -> str | None:
        return f"{whose} {self.stage}:{self.place}" if whose and self.place else None
