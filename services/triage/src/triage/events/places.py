"""A place follows its offer: what triage itself said of an offer, kept as the provider sees it."""

from datetime import datetime

from alliance.contracts import triage
from alliance.messaging import Heard
from triage.application.collections import Places
from triage.domain.codes import Support
from triage.domain.place import Place

OfOffer = (
    triage.SupportOffered
    | triage.SupportAccepted
    | triage.SupportDeclined
    | triage.SupportLapsed
    | triage.SupportWithdrawn
    | triage.SupportStartedV2
    | triage.SupportEnded
)


async def ask_for_place(heard: Heard[triage.SupportOffered], places: Places) -> None:
    said = heard.data
    await _note(said, places, offered_at=said.at, answer_by=said.answer_by)


async def take_place(heard: Heard[triage.SupportAccepted], places: Places) -> None:
    await _note(heard.data, places, accepted_at=heard.data.at)


async def begin_in_place(heard: Heard[triage.SupportStartedV2], places: Places) -> None:
    await _note(heard.data, places, started_at=heard.data.started_at)


async def leave_place(
    heard: Heard[triage.SupportDeclined | triage.SupportLapsed | triage.SupportWithdrawn | triage.SupportEnded],
    places: Places,
) -> None:
    await _note(heard.data, places, ended_at=heard.data.at)


async def _note(said: OfOffer, places: Places, **moments: datetime | None) -> None:
    """No mark is left: each event states a moment, and stating it again changes nothing."""
    await places.change_or_add(
        said.offer_id,
        lambda: Place(
            id=said.offer_id,
            case_id=said.case_id,
            person_id=said.person_id,
            kind=Support(said.offer_kind),
            provider_id=said.provider_id,
            service_id=said.service_id,
        ),
        lambda place: place.note(**moments),
        remember=False,
    )
