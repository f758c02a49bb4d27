"""What triage does about what others say; each is one change of one aggregate, whatever came before."""

from alliance.contracts import housing, intake
from alliance.messaging import Heard
from triage.application.collections import Cases, HomeSearches
from triage.domain.case import Case
from triage.domain.case_file import case_id_of
from triage.domain.codes import CaseOutcome, HelpArea, Priority, SafetyKind
from triage.domain.home_search import HomeSearch
from triage.domain.waits import Targets


async def open_case(
    heard: Heard[intake.IntroductionAccepted], cases: Cases, targets: Targets, organisation: str
) -> None:
    said = heard.data
    await cases.change_or_add(
        case_id_of(said.introduction_id, said.spell),
        lambda: Case.expected(said.introduction_id, said.person_id, targets, said.spell, organisation=organisation),
        lambda case: case.open(
            received_at=said.received_at,
            suggested=Priority(said.suggested_priority),
            help_areas=tuple(HelpArea(area) for area in said.help_areas),
        ),
    )


async def close_case_of_introduction(
    heard: Heard[intake.IntroductionClosed], cases: Cases, targets: Targets, organisation: str
) -> None:
    said = heard.data
    await cases.change_or_add(
        case_id_of(said.introduction_id, said.spell),
        lambda: Case.expected(said.introduction_id, said.person_id, targets, said.spell, organisation=organisation),
        lambda case: case.end_with_introduction(CaseOutcome.INTRODUCTION_ENDED, at=said.closed_at),
    )


async def close_withdrawn_case(
    heard: Heard[intake.IntroductionWithdrawn], cases: Cases, targets: Targets, organisation: str
) -> None:
    said = heard.data
    await cases.change_or_add(
        case_id_of(said.introduction_id, said.spell),
        lambda: Case.expected(said.introduction_id, said.person_id, targets, said.spell, organisation=organisation),
        lambda case: case.end_with_introduction(CaseOutcome.WITHDRAWN, at=said.withdrawn_at),
    )


async def raise_priority(
    heard: Heard[intake.SafetyConcernRaised], cases: Cases, targets: Targets, organisation: str
) -> None:
    """Refused (`CaseAlreadyClosed`) when nobody works on the case any more."""
    said = heard.data
    await cases.change_or_add(
        case_id_of(said.introduction_id, said.spell),
        lambda: Case.expected(said.introduction_id, said.person_id, targets, said.spell, organisation=organisation),
        lambda case: case.raise_concern(SafetyKind(said.kind), at=said.raised_at),
    )


async def say_closed_again(heard: Heard[intake.SafetyConcernRaised], cases: Cases) -> None:
    """The answer to a concern about a closed case: nobody shall believe that triage is on it."""
    said = heard.data
    await cases.change(
        case_id_of(said.introduction_id, said.spell),
        lambda case: case.answer_concern_after_closing(SafetyKind(said.kind), at=said.raised_at),
    )


async def note_placement_opened(heard: Heard[housing.PlacementOpened], home_searches: HomeSearches) -> None:
    said = heard.data
    await home_searches.change_or_add(
        said.placement_id,
        lambda: HomeSearch(id=said.placement_id, person_id=said.person_id),
        lambda search: search.note_opened(said.case_id, at=said.at),
    )


async def note_moved_in(heard: Heard[housing.PersonMovedIn], home_searches: HomeSearches) -> None:
    said = heard.data
    await home_searches.change_or_add(
        said.placement_id,
        lambda: HomeSearch(id=said.placement_id, person_id=said.person_id),
        lambda search: search.note_moved_in(said.moved_in_on, sequence=heard.envelope.sequence, case_id=said.case_id),
    )


async def correct_moved_in(heard: Heard[housing.MoveInCorrected], home_searches: HomeSearches) -> None:
    said = heard.data
    await home_searches.change_or_add(
        said.placement_id,
        lambda: HomeSearch(id=said.placement_id, person_id=said.person_id),
        lambda search: search.note_moved_in(said.moved_in_on, sequence=heard.envelope.sequence),
    )


async def note_moved_on(heard: Heard[housing.PersonMovedOn], home_searches: HomeSearches) -> None:
    said = heard.data
    await home_searches.change_or_add(
        said.placement_id,
        lambda: HomeSearch(id=said.placement_id, person_id=said.person_id),
        lambda search: search.note_moved_on(said.moved_on_on),
    )


async def note_placement_closed(heard: Heard[housing.PlacementClosed], home_searches: HomeSearches) -> None:
    said = heard.data
    await home_searches.change_or_add(
        said.placement_id,
        lambda: HomeSearch(id=said.placement_id, person_id=said.person_id),
        lambda search: search.note_closed(at=said.at),
    )
