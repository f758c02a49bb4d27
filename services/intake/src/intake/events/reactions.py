"""What the front door does about what others say; each is one change of one aggregate."""

from alliance.contracts import housing, intake, notify, triage
from alliance.messaging import Heard
from intake.application.collections import Introductions, Progresses, SupportWaits
from intake.domain.progress import Progress
from intake.domain.records import Promise
from intake.domain.support_wait import SupportWait


async def note_case(heard: Heard[triage.CaseOpened], introductions: Introductions) -> None:
    """Refused (`IntroductionAlreadyWithdrawn`) when triage seems not to have heard of the withdrawal."""
    await introductions.change(
        heard.data.introduction_id,
        lambda introduction: introduction.note_case(heard.data.case_id, heard.data.spell),
    )


async def say_withdrawn_again(heard: Heard[triage.CaseOpened], introductions: Introductions) -> None:
    """The answer to a case opened in spite of a withdrawal."""
    await introductions.change(
        heard.data.introduction_id,
        lambda introduction: introduction.repeat_withdrawal(heard.data.case_id, heard.data.spell),
    )


async def note_case_closed(heard: Heard[triage.CaseClosed], introductions: Introductions) -> None:
    await introductions.change(
        heard.data.introduction_id,
        lambda introduction: introduction.note_case_closed(heard.data.case_id, heard.data.spell, at=heard.data.at),
    )


async def note_case_reopened(heard: Heard[triage.CaseReopened], introductions: Introductions) -> None:
    """Refused (`IntroductionAlreadyWithdrawn`) when triage seems not to have heard of the withdrawal."""
    said = heard.data
    await introductions.change(
        said.introduction_id,
        lambda introduction: introduction.note_case_reopened(said.case_id, said.spell, closed_at=said.closed_at),
    )


async def say_withdrawn_after_reopening(heard: Heard[triage.CaseReopened], introductions: Introductions) -> None:
    """The answer to a case opened again in spite of a withdrawal."""
    said = heard.data
    await introductions.change(
        said.introduction_id,
        lambda introduction: introduction.repeat_withdrawal(said.case_id, said.spell, reopened_after=said.closed_at),
    )


async def note_duplicate(
    heard: Heard[intake.IntroductionClosed], introductions: Introductions, promise: Promise
) -> None:
    """Nothing to note about other endings."""
    said = heard.data
    if (other := said.duplicate_of) is not None:
        await introductions.change(
            other,
            lambda introduction: introduction.note_duplicate(said.introduction_id, at=said.closed_at, promise=promise),
        )


async def note_support_started(heard: Heard[triage.SupportStartedV2], support_waits: SupportWaits) -> None:
    """No mark is left: the first start of a case counts, whatever comes again."""
    said = heard.data
    await support_waits.change_or_add(
        said.case_id,
        lambda: SupportWait(id=said.case_id, started_at=said.started_at, days=said.waited_days),
        lambda wait: wait.note_started(said.started_at, said.waited_days),
        remember=False,
    )


async def note_message_delivered(heard: Heard[notify.MessageDelivered], progresses: Progresses) -> None:
    """Nothing to note about messages to staff. No mark is left: the latest time wins whatever comes again."""
    if (person_id := heard.data.person_id) is not None:
        await progresses.change_or_add(
            person_id,
            lambda: Progress(id=person_id),
            lambda progress: progress.note_told(heard.data.at),
            remember=False,
        )


async def note_message_failed(heard: Heard[notify.MessageFailed], progresses: Progresses) -> None:
    if (person_id := heard.data.person_id) is not None:
        await progresses.change_or_add(
            person_id,
            lambda: Progress(id=person_id),
            lambda progress: progress.note_not_reached(heard.data.at),
            remember=False,
        )


async def note_moved_in(heard: Heard[housing.PersonMovedIn], progresses: Progresses) -> None:
    await progresses.change_or_add(
        heard.data.person_id,
        lambda: Progress(id=heard.data.person_id),
        lambda progress: progress.note_moved_in(),
        remember=False,
    )
