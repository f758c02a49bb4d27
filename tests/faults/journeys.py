"""The journeys that are driven while things break: each command is sent under one key until it is answered."""

import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.faults import answered as log
from tests.faults.answered import Journal

from alliance.kernel import to_text
from alliance_deploy.demo.clients import Client, Json, Refused

PATIENCE = 150.0
"""Seconds in which an effect must be seen in the next service, whatever breaks meanwhile."""
LONG_AGO = timedelta(days=75)
"""A conversation that is written down this late changes figures that are final: reporting has to say so."""


@dataclass
class Traveller:
    """One made-up person on one journey."""

    name: str
    serial: int
    clients: Mapping[str, Client]
    journal: Journal
    rng: random.Random
    pool: list[str]
    """Homes that several journeys want at once."""
    patience: float = PATIENCE

    async def tell(self, service: str, path: str, body: Json | None = None, **options: bool) -> Json:
        return await self.clients[service].tell(path, body, **options)

    async def until(self, service: str, path: str, holds: Callable[[Json], bool], **query: str) -> Json:
        return await self.clients[service].until(path, holds, within=self.patience, headers=None, **query)


Journey = Callable[[Traveller], Awaitable[None]]


async def support(who: Traveller) -> None:
    """Peer support is offered, accepted and started; the case closes."""
    introduced = await introduces_themselves(who)
    case_id = await is_accepted(who, introduced)
    await _converses(who, case_id)
    offer_id = await _is_offered_support(who, case_id)
    await who.tell("triage", f"cases/{case_id}/offers/{offer_id}/accept")
    who.journal.note(log.SupportAccepted(journey=who.name, offer_id=offer_id))
    await who.tell("triage", f"cases/{case_id}/offers/{offer_id}/start", {})
    who.journal.note(log.SupportStarted(journey=who.name, offer_id=offer_id))
    await closes(who, case_id)


async def unsafe(who: Traveller) -> None:
    """A safety concern goes to the top of triage and raises an alert, which somebody acknowledges."""
    introduced = await introduces_themselves(who)
    case_id = await is_accepted(who, introduced)
    where = f"introductions/{introduced.introduction_id}/raise-safety-concern"
    await who.tell("intake", where, {"kind": "suicidal-thoughts"})
    who.journal.note(log.ConcernRaised(journey=who.name, introduction_id=introduced.introduction_id))
    await who.until("triage", f"cases/{case_id}", lambda case: bool(case["priority"] == "1"))

    await acknowledges(who, introduced.person_id)
    await closes(who, case_id)


async def withdrawal(who: Traveller) -> None:
    """Half-way the person does not want to go on: an offer of support or of a home is on its way."""
    introduced = await introduces_themselves(who)
    case_id = await is_accepted(who, introduced)
    if who.serial % 2:
        await _is_offered_support(who, case_id)
    else:
        placement_id = await _is_introduced_to_ipsa(who, introduced, case_id)
        await _is_offered(who, await _adds_home(who), placement_id)
    await withdraws(who, introduced)


async def home_at_last(who: Traveller) -> None:
    """Out of residential care: a home that others want too, one of one's own, moved in, and the date corrected."""
    introduced = await introduces_themselves(who)
    case_id = await is_accepted(who, introduced)
    await _converses(who, case_id)
    placement_id = await _is_introduced_to_ipsa(who, introduced, case_id)
    await _tries_a_contested_home(who, placement_id)
    offer_id = await _is_offered(who, await _adds_home(who), placement_id)
    if offer_id is None:
        raise AssertionError("nobody else can hold a home that has just been added")
    await _stands(who, placement_id, offer_id)
    await who.tell("housing", f"placements/{placement_id}/accept", {"offer_id": offer_id})
    who.journal.note(log.OfferAccepted(journey=who.name, offer_id=offer_id))
    first, corrected = who.rng.sample(_days_of_this_alliance_year(), 2)
    await who.tell("housing", f"placements/{placement_id}/confirm-move-in", {"moved_in_on": first.isoformat()})
    moved = log.MovedIn(journey=who.name, placement_id=placement_id, offer_id=offer_id, moved_in_on=first)
    who.journal.note(moved)
    correction = {"moved_in_on": corrected.isoformat(), "reason_code": "typing-error"}
    await who.tell("housing", f"placements/{placement_id}/correct-move-in", correction)
    who.journal.note(log.MoveInCorrected(journey=who.name, placement_id=placement_id, moved_in_on=corrected))


KINDS: tuple[Journey, ...] = (home_at_last, support, withdrawal, unsafe)


async def add_contested_home(who: Traveller) -> str:
    """A home for the pool."""
    return await _adds_home(who)


async def introduces_themselves(who: Traveller) -> log.Introduced:
    name = f"Faulty Madeup {who.serial}"
    person = {
        "full_name": name,
        "call_me": f"Faulty {who.serial}",
        "contact_points": [{"kind": "email", "value": f"faulty.{who.serial}@example.org", "safe": True}],
    }
    told = {"person": person, "story": {"going_on": f"{name} is made up."}, "help_areas": ["home"]}
    received = await who.tell("intake", "self-introductions", told, signed_in=False)
    names = ("introduction_id", "person_id", "reference", "status_key")
    return who.journal.note(
        log.Introduced(journey=who.name, self_introduced=True, **{name: received[name] for name in names})
    )


async def is_accepted(who: Traveller, introduced: log.Introduced, *, priority: str = "3") -> str:
    """The case's id, as soon as triage has opened one."""
    where = f"introductions/{introduced.introduction_id}"
    await who.tell("intake", f"{where}/accept", {"suggested_priority": priority})
    who.journal.note(log.Accepted(journey=who.name, introduction_id=introduced.introduction_id, priority=priority))

    def is_open(page: Json) -> bool:
        return any(case["state"] == "open" for case in page["items"])

    page = await who.until("triage", "cases", is_open, introduction_id=introduced.introduction_id)
    return str(page["items"][0]["id"])


async def withdraws(who: Traveller, introduced: log.Introduced) -> None:
    await who.tell("intake", f"introductions/{introduced.introduction_id}/withdraw")
    who.journal.note(log.Withdrawn(journey=who.name, introduction_id=introduced.introduction_id))


async def acknowledges(who: Traveller, person_id: str) -> None:
    """Somebody takes on the one alert about this person, as soon as it is raised."""

    def about(page: Json) -> list[str]:
        alerts = [alert for alert in page["items"] if alert["cause"]]
        return [str(alert["id"]) for alert in alerts if alert["cause"]["person_id"] == person_id]

    page = await who.until("notify", "alerts", lambda page: bool(about(page)), limit="200")
    alert_id = about(page)[0]
    await who.tell("notify", f"alerts/{alert_id}/acknowledge")
    who.journal.note(log.AlertAcknowledged(journey=who.name, alert_id=alert_id))


async def _converses(who: Traveller, case_id: str) -> None:
    held_at = datetime.now(UTC) - (LONG_AGO if who.serial % 3 == 0 else timedelta())
    told = {"held_at": to_text(held_at), "goals": ["own-choices"], "needs": ["mental-health"]}
    await who.tell("triage", f"cases/{case_id}/hold-conversation", told)
    who.journal.note(log.ConversationHeld(journey=who.name, case_id=case_id, held_at=held_at))


async def _is_offered_support(who: Traveller, case_id: str) -> str:
    told = {"kind": "peer-support", "provider_id": "mosaic-clubhouse"}
    offer_id = str((await who.tell("triage", f"cases/{case_id}/offers", told))["offer_id"])
    who.journal.note(log.SupportOffered(journey=who.name, case_id=case_id, offer_id=offer_id))
    return offer_id


async def closes(who: Traveller, case_id: str) -> None:
    await who.tell("triage", f"cases/{case_id}/close", {"outcome": "goals-met"})
    who.journal.note(log.CaseClosed(journey=who.name, case_id=case_id))


async def _is_introduced_to_ipsa(who: Traveller, introduced: log.Introduced, case_id: str) -> str:
    """The placement's id, as soon as housing has opened one. No two people cost the same before."""
    weekly_pence, section_117 = 150_000 + 7 * who.serial, who.rng.random() < 0.5
    profile = {
        "current_setting": "residential-care",
        "weekly_cost_pence": weekly_pence,
        "support_level": "medium",
        "section_117": section_117,
    }
    await who.tell("triage", f"cases/{case_id}/introduce-to-ipsa", profile)
    who.journal.note(
        log.IpsaIntroduced(
            journey=who.name,
            introduction_id=introduced.introduction_id,
            case_id=case_id,
            weekly_pence=weekly_pence,
            section_117=section_117,
        )
    )
    page = await who.until("housing", "placements", lambda page: bool(page["items"]), case_id=case_id)
    return str(page["items"][0]["id"])


async def _adds_home(who: Traveller) -> str:
    """No two homes cost the same, so that a ledger entry tells whose it is."""
    rent_pence, support_pence = 16_000 + 11 * who.serial, 12_500
    home = {
        "provider": "thames-reach",
        "landlord": "made-up-homes",
        "setting": "own-tenancy",
        "support_level": "medium",
        "area_code": "SW9",
        "address": "1 Imaginary Street",
        "rent_pence": rent_pence,
        "support_pence": support_pence,
    }
    home_id = str((await who.tell("housing", "homes", home))["home_id"])
    who.journal.note(log.HomeAdded(journey=who.name, home_id=home_id, weekly_pence=rent_pence + support_pence))
    return home_id


async def _is_offered(who: Traveller, home_id: str, placement_id: str) -> str | None:
    """The offer's id, or None when the home is held for somebody else."""
    try:
        answer = await who.tell("housing", f"placements/{placement_id}/offers", {"home_id": home_id})
    except Refused as refused:
        if refused.name != "home-already-offered":
            raise
        who.journal.note(
            log.OfferRefused(journey=who.name, home_id=home_id, placement_id=placement_id, refusal=refused.name)
        )
        return None
    offer_id = str(answer["offer_id"])
    who.journal.note(log.HomeOffered(journey=who.name, offer_id=offer_id, home_id=home_id, placement_id=placement_id))
    return offer_id


async def _stands(who: Traveller, placement_id: str, offer_id: str) -> None:
    def stands(placement: Json) -> bool:
        return any(offer["offer_id"] == offer_id and offer["state"] == "live" for offer in placement["offers"])

    await who.until("housing", f"placements/{placement_id}", stands)


async def _tries_a_contested_home(who: Traveller, placement_id: str) -> None:
    """Offered if nobody holds it at this moment; declined, so that the next may be offered it."""
    if not who.pool:
        return
    offer_id = await _is_offered(who, who.rng.choice(who.pool), placement_id)
    if offer_id is None:
        return
    await _stands(who, placement_id, offer_id)
    declined = {"offer_id": offer_id, "by": "person", "reason_code": "too-far"}
    await who.tell("housing", f"placements/{placement_id}/decline", declined)
    who.journal.note(log.OfferDeclined(journey=who.name, offer_id=offer_id))


def _days_of_this_alliance_year() -> list[date]:
    """The last hundred days as far as they belong to the alliance year (from 1 April), at least two."""
    today = datetime.now(UTC).date()
    began = date(today.year if today.month >= 4 else today.year - 1, 4, 1)
    span = max(2, min(100, (today - began).days + 1))
    return [today - timedelta(days=back) for back in range(span)]
