"""Two workers on one case: one live offer of a kind, and nothing live on a closed case."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import pytest

from alliance.kernel import FixedClock, Refusal, new_id
from alliance.messaging import apply_in_memory
from alliance.testing import as_staff
from triage.application.cases import close_case
from triage.application.offers import OfferTerms, offer_support
from triage.domain.case_file import State
from triage.domain.codes import CaseOutcome, Support
from triage.domain.offer import Offered
from triage.events.hears import hears

from ..builders import CASE, OURS, Room, accepted, said

TERMS = OfferTerms(lasts=timedelta(days=14))


def what(kind: Support) -> Offered:
    return Offered(kind=kind, provider_id="mosaic-clubhouse")


async def with_a_case(clock: FixedClock) -> Room:
    room = Room.opened(clock)
    await apply_in_memory(hears, room.given, [said(accepted())], organisation=OURS)
    return room


async def attempt(name: str, doing: Coroutine[Any, Any, None]) -> str | None:
    with as_staff(name, mark=f"command:{name}:body"):
        try:
            await doing
        except Refusal as refusal:
            return refusal.name
    return None


async def test_of_many_workers_who_offer_the_same_support_one_succeeds(clock: FixedClock) -> None:
    room = await with_a_case(clock)
    cases = room.given["cases"]
    outcomes = await asyncio.gather(
        *(
            attempt(f"staff-{n}", offer_support(CASE, new_id(), what(Support.PEER_SUPPORT), cases, TERMS, clock))
            for n in range(5)
        )
    )
    assert sorted(outcomes, key=str) == [None, *["support-already-offered"] * 4]
    assert room.types_said().count("support-offered.v1") == 1


@pytest.mark.parametrize("turn", range(20))
async def test_an_offer_and_a_closing_at_once_leave_nothing_live(clock: FixedClock, turn: int) -> None:
    room = await with_a_case(clock)
    cases = room.given["cases"]
    work = [
        attempt("offers", offer_support(CASE, new_id(), what(Support.CLUBHOUSE), cases, TERMS, clock)),
        attempt("closes", close_case(CASE, CaseOutcome.LOST_CONTACT, cases, clock, by="staff-1")),
    ]
    await asyncio.gather(*(work if turn % 2 else reversed(work)))
    case = await cases.get(CASE)
    assert case.state is State.CLOSED
    assert not any(offer.live for offer in case.offers)
    types = room.types_said()
    assert types[-1] == "case-closed.v1"
    assert types.count("support-offered.v1") == types.count("support-withdrawn.v1")
