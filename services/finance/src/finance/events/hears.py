"""What finance hears, and what it does about it. Its own events lead from the commitment to the ledger."""

from alliance.contracts import finance, housing
from alliance.messaging import listen, on
from finance.domain.refusals import YearClosed
from finance.events.entering import enter_change, enter_commitment
from finance.events.reactions import (
    carry_over_commitment,
    end_commitment,
    end_commitment_in_open_year,
    open_commitment,
    restate_commitment,
    restate_commitment_in_open_year,
)

hears = listen(
    on(housing.PersonMovedIn, do=open_commitment),
    on(housing.MoveInCorrected, do=restate_commitment, answers={YearClosed: restate_commitment_in_open_year}),
    on(housing.PersonMovedOn, do=end_commitment, answers={YearClosed: end_commitment_in_open_year}),
    on(finance.CommitmentOpened, do=enter_commitment),
    on(finance.CommitmentRestated, do=enter_change),
    on(finance.CommitmentEnded, do=enter_change),
    on(finance.CommitmentCarriedOver, do=carry_over_commitment),
)
