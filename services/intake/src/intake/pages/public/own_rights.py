"""What the status page says of the person's own requests about what is held of them, and whether they may make one."""

from dataclasses import dataclass

from alliance.web.pages.templating import day
from intake.application.collections import Erasures, People, RecordRequests
from intake.domain.codes import SourceCode
from intake.domain.erasure import Erasure, ErasureState
from intake.domain.introduction import Introduction
from intake.domain.record_request import RecordRequest, RecordState
from intake.domain.rights import AskedBy


@dataclass(frozen=True, kw_only=True)
class OwnRights:
    """`told`: a sentence for each request that was made on the status page; of others nothing is said."""

    told: tuple[str, ...] = ()
    may_ask_for_copy: bool = False
    may_ask_to_be_forgotten: bool = False


async def rights_of(
    introduction: Introduction, erasures: Erasures, record_requests: RecordRequests, people: People
) -> OwnRights:
    """Only of those who introduced themselves: whoever introduced somebody else may hold the key."""
    person = await people.find(introduction.person_id)
    if not is_their_own(introduction) or person is None or person.erased_at is not None:
        return OwnRights()
    copies = await record_requests.with_key("person_id", person.id)
    erased = await erasures.with_key("person_id", person.id)
    told = [(each.asked_at, of_copy(each)) for each in copies if each.asked_by is AskedBy.PERSON]
    told += [(each.asked_at, of_erasure(each)) for each in erased if each.asked_by is AskedBy.PERSON]
    return OwnRights(
        told=tuple(sentence for _, sentence in sorted(told) if sentence),
        may_ask_for_copy=not any(each.open for each in copies),
        may_ask_to_be_forgotten=not any(each.open for each in erased),
    )


def is_their_own(introduction: Introduction) -> bool:
    return introduction.introducer is None and introduction.source_code is not SourceCode.CARER


def of_copy(request: RecordRequest) -> str:
    """Where it stands; nothing of what it holds."""
    asked, by = f"You asked for a copy of what we hold about you on {day(request.asked_at)}.", day(request.answer_by)
    match request.state:
        case RecordState.ASKED:
            return f"{asked} Somebody gets in touch to make sure that it is you. You have it by {by}."
        case RecordState.GATHERING | RecordState.READY:
            return f"{asked} We are putting it together. You have it by {by}."
        case RecordState.RELEASED:
            return f"{asked} It is ready. If you do not have it yet, ask our front door."
        case RecordState.TAKEN_BACK:
            return ""


def of_erasure(erasure: Erasure) -> str:
    asked = f"You asked to be forgotten on {day(erasure.asked_at)}."
    match erasure.state:
        case ErasureState.ASKED:
            return (
                f"{asked} Somebody gets in touch to make sure that it is you. "
                f"We decide by {day(erasure.answer_by)}, and tell you."
            )
        case ErasureState.AGREED | ErasureState.ERASING | ErasureState.DONE:
            return f"{asked} We have agreed."
        case ErasureState.REFUSED:
            return f"{asked} We have decided. If nobody has told you how and why yet, ask our front door."
        case ErasureState.TAKEN_BACK:
            return ""
