"""What a placement does about what the others say."""

from alliance.contracts import housing, intake, triage
from alliance.contracts.codes import CaseOutcome
from alliance.kernel import Clock, Refusal
from alliance.messaging import Heard
from housing.application import placements as use
from housing.application.collections import Placements
from housing.domain.codes import ClosingReason, LapseReason, Setting, SupportLevel
from housing.domain.offer import Offer
from housing.domain.refusals import AlreadyMovedIn, PlacementAlreadyHasOffer
from housing.domain.stages import Beginning, Closing

_ENDS_THE_SEARCH = {
    CaseOutcome.WITHDRAWN: ClosingReason.WITHDRAWN,
    CaseOutcome.INTRODUCTION_ENDED: ClosingReason.CASE_ENDED,
}
"""Other outcomes leave the search to the housing worker: a case that met its goals is no reason to lose a home."""


async def open_placement(heard: Heard[triage.IpsaIntroduced], placements: Placements) -> None:
    said = heard.data
    beginning = Beginning(
        case_id=said.case_id,
        setting=Setting(said.current_setting),
        weekly_cost_pence=said.weekly_cost_pence,
        support_level=SupportLevel(said.support_level),
        section_117=said.section_117,
        at=said.at,
    )
    await use.introduce(
        said.introduction_id, said.person_id, beginning, placements, spell=said.spell, search=said.search
    )


async def close_search(heard: Heard[intake.IntroductionWithdrawn], placements: Placements) -> None:
    """The front door knows of the first search only; what ends a later one is the closing of its case."""
    closing = Closing(reason_code=ClosingReason.WITHDRAWN, at=heard.data.withdrawn_at)
    await use.withdraw(heard.data.introduction_id, heard.data.person_id, closing, placements, spell=heard.data.spell)


async def close_search_of_case(heard: Heard[triage.CaseClosed], placements: Placements) -> None:
    if reason := _ENDS_THE_SEARCH.get(heard.data.outcome):
        closing = Closing(reason_code=reason, at=heard.data.at)
        said = heard.data
        await use.withdraw(
            said.introduction_id, said.person_id, closing, placements, spell=said.spell, search=said.search
        )


async def take_offer(heard: Heard[housing.HomeOffered], placements: Placements) -> None:
    await use.take_offer(heard.data.placement_id, _offer(heard.data), placements)


async def let_offer_lapse(
    heard: Heard[housing.HomeOffered], placements: Placements, clock: Clock, refusal: Refusal
) -> None:
    """The answer to an offer that the placement cannot take."""
    match refusal:
        case PlacementAlreadyHasOffer():
            reason = LapseReason.ALREADY_HAS_OFFER
        case AlreadyMovedIn():
            reason = LapseReason.ALREADY_MOVED_IN
        case _:
            reason = LapseReason.PLACEMENT_CLOSED
    await use.turn_back(heard.data.placement_id, _offer(heard.data), reason, clock.now(), placements)


def _offer(said: housing.HomeOffered) -> Offer:
    return Offer(
        offer_id=said.offer_id,
        home_id=said.home_id,
        setting=Setting(said.setting),
        weekly_cost_pence=said.weekly_cost_pence,
        offered_at=said.at,
        expires_at=said.expires_at,
    )
