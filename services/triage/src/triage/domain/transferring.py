"""Moving a case to another organisation. The case is the lock: one live transfer at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from alliance.kernel import Fact
from triage.domain import facts, refusals
from triage.domain.allocating import Allocating, Colleague
from triage.domain.transfer import (
    Agreement,
    HandedOver,
    ReturnReason,
    RevokeReason,
    Transfer,
    TransferReason,
    TransferState,
)


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked of another organisation, before it is a transfer."""

    to_organisation: str
    to_team: str | None = None
    reason_code: TransferReason
    handed_over: tuple[HandedOver, ...] = ()
    note: str = ""
    agreement: Agreement


@dataclass(kw_only=True)
class Transferring(Allocating):
    """A case is held by one organisation at every moment: by the sender until the receiver has accepted."""

    transfers: list[Transfer] = field(default_factory=list)

    @property
    def live_transfer(self) -> Transfer | None:
        return next((each for each in self.transfers if each.live), None)

    @property
    def transfer_back(self) -> Transfer | None:
        """The last transfer, if it came to nothing and the sender has not taken note of that yet."""
        return self.transfers[-1] if self.transfers and self.transfers[-1].back_unseen else None

    def ask_transfer(self, transfer_id: str, request: Request, *, by: str, at: datetime, answer_by: datetime) -> None:
        """Ask another organisation to take the case over. Nothing moves before it accepts."""
        if any(each.id == transfer_id for each in self.transfers):
            return
        self._must_be_open()
        if self.live_transfer:
            raise refusals.TransferUnderWay("The case has been offered to another organisation. Take that back first.")
        if request.to_organisation == self.organisation:
            raise refusals.HoldsItAlready("That organisation holds the case already.")
        if not request.agreement.given and request.agreement.override is None:
            raise refusals.AgreementNeeded("The person has to agree first, or say on what the transfer rests instead.")
        self.note_return(at=at)
        transfer = Transfer(
            id=transfer_id,
            from_organisation=self.organisation,
            from_team=self.team_id,
            **vars(request),
            asked_by=by,
            asked_at=at,
            answer_by=answer_by,
        )
        self.transfers.append(transfer)
        self._say_of_transfer(transfer, facts.TransferAsked, reason_code=transfer.reason_code, at=at)

    def accept_transfer(
        self, transfer_id: str, *, by: Colleague, key_worker: Colleague | None = None, at: datetime
    ) -> None:
        """The receiver says yes: from now on it holds the case, and whoever worked with it at the sender's steps back.

        `key_worker`: who answers for it there; without, it waits for somebody of the receiver's to take it on.
        """
        if (transfer := self._end_transfer(transfer_id, TransferState.ACCEPTED, by, at)) is None:
            return
        if key_worker and key_worker.organisation != transfer.to_organisation:
            raise refusals.NotInTheTeam("Whoever takes a case over names one of their own.")
        self.organisation, self.team_id = transfer.to_organisation, transfer.to_team
        self.naming = None
        for subject in [each for each in self.workers if self.employers.get(each) == transfer.from_organisation]:
            self._remove_worker(subject)
        self._say_of_transfer(transfer, facts.TransferAccepted, reason_code=transfer.reason_code, at=at)
        if key_worker:
            self._put_first(key_worker, at)
        elif self.key_worker and self.key_worker.subject not in self.workers:
            self.key_worker = None
            if self.workers:
                self._make_key_worker(self._as_colleague(self.workers[0]), at)

    def return_transfer(self, transfer_id: str, reason: ReturnReason, *, by: Colleague, at: datetime) -> None:
        """The receiver says no: the case has stayed with the sender, who has to see that it is theirs again."""
        if transfer := self._end_transfer(transfer_id, TransferState.RETURNED, by, at):
            transfer.ending_code = reason
            self._say_of_transfer(transfer, facts.TransferReturned, reason_code=reason, at=at)

    def revoke_transfer(self, transfer_id: str, reason: RevokeReason, *, by: Colleague, at: datetime) -> None:
        """The sender, or a manager on their behalf, takes it back."""
        if transfer := self._end_transfer(transfer_id, TransferState.REVOKED, by, at):
            transfer.ending_code = reason
            self._say_of_transfer(transfer, facts.TransferRevoked, reason_code=reason, at=at)

    def lapse_transfer(self, now: datetime) -> None:
        """Nobody has answered in time: the sender is told and goes on."""
        if (transfer := self.live_transfer) and transfer.answer_by <= now:
            transfer.state, transfer.ended_at = TransferState.LAPSED, transfer.answer_by
            self._say_of_transfer(transfer, facts.TransferLapsed, at=transfer.answer_by)

    def note_return(self, *, at: datetime) -> None:
        """The sender has seen that the case is back with them."""
        if transfer := self.transfer_back:
            transfer.seen_at = at

    def let_go(self, at: datetime) -> None:
        """The case closes: nobody is asked for anything any more."""
        self.naming = None
        if transfer := self.live_transfer:
            transfer.state, transfer.ended_at = TransferState.REVOKED, max(at, transfer.asked_at)
            transfer.ending_code = RevokeReason.CASE_CLOSED
            self._say_of_transfer(
                transfer, facts.TransferRevoked, reason_code=RevokeReason.CASE_CLOSED, at=transfer.ended_at
            )
        self.note_return(at=at)

    def transfer_by(self, transfer_id: str) -> Transfer:
        """Raises `TransferNotThere`."""
        if found := next((each for each in self.transfers if each.id == transfer_id), None):
            return found
        raise refusals.TransferNotThere("The case has no such transfer.")

    def _end_transfer(self, transfer_id: str, to: TransferState, by: Colleague, at: datetime) -> Transfer | None:
        transfer = self.transfer_by(transfer_id)
        side = transfer.from_organisation if to is TransferState.REVOKED else transfer.to_organisation
        if by.organisation != side:
            raise refusals.NotYourTransfer("That is for the other organisation to decide.")
        if transfer.state is to:
            return None
        if not transfer.live:
            raise refusals.TransferOver(f"The transfer is over: it was {transfer.state}.")
        self._must_be_open()
        if at >= transfer.answer_by:
            raise refusals.TransferOver("The time for an answer is over. The sender goes on with the case.")
        transfer.state, transfer.ended_at, transfer.ended_by = to, at, by.subject
        return transfer

    def _say_of_transfer(self, transfer: Transfer, fact: Callable[..., Fact], **particulars: object) -> None:
        self._say(
            fact,
            transfer_id=transfer.id,
            from_organisation_id=transfer.from_organisation,
            to_organisation_id=transfer.to_organisation,
            **particulars,
        )
