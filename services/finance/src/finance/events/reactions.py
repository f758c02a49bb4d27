"""What a commitment does about what housing says."""

from alliance.contracts import finance, housing
from alliance.messaging import Heard
from finance.application import commitments as use
from finance.application.collections import Commitments
from finance.domain.codes import CorrectionReason
from finance.domain.funding import FundingShares
from finance.domain.stay import Correction, Terms


async def open_commitment(
    heard: Heard[housing.PersonMovedIn], commitments: Commitments, funding_shares: FundingShares
) -> None:
    said = heard.data
    terms = Terms(
        person_id=said.person_id,
        home_id=said.home_id,
        setting=said.setting,
        weekly_pence=said.weekly_cost_pence,
        previous_weekly_pence=said.previous_weekly_cost_pence,
        section_117=said.section_117,
        shares=tuple(sorted(funding_shares.of(section_117=said.section_117).items())),
        moved_in_on=said.moved_in_on,
    )
    await use.move_in(said.placement_id, terms, commitments)


async def restate_commitment(heard: Heard[housing.MoveInCorrected], commitments: Commitments) -> None:
    await use.correct(heard.data.placement_id, _correction(heard), commitments)


async def restate_commitment_in_open_year(heard: Heard[housing.MoveInCorrected], commitments: Commitments) -> None:
    """The figures of the year are final: the difference belongs to the year that is open."""
    await use.correct_in_open_year(heard.data.placement_id, _correction(heard), commitments)


async def end_commitment(heard: Heard[housing.PersonMovedOn], commitments: Commitments) -> None:
    await use.end(heard.data.placement_id, heard.data.moved_on_on, commitments)


async def end_commitment_in_open_year(heard: Heard[housing.PersonMovedOn], commitments: Commitments) -> None:
    await use.end_in_open_year(heard.data.placement_id, heard.data.moved_on_on, commitments)


async def carry_over_commitment(heard: Heard[finance.CommitmentCarriedOver], commitments: Commitments) -> None:
    await use.carry_over(heard.data.commitment_id, commitments)


def _correction(heard: Heard[housing.MoveInCorrected]) -> Correction:
    return Correction(
        moved_in_on=heard.data.moved_in_on,
        reason_code=CorrectionReason(heard.data.reason_code),
        sequence=heard.envelope.sequence,
    )
