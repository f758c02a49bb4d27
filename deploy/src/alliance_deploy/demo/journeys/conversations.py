"""Journeys through the conversation: an introduction of one's own, an urgent one, and somebody who is not safe."""

from alliance.kernel import SystemClock, to_text
from alliance_deploy.demo.clients import Json
from alliance_deploy.demo.journey import Journey, must
from alliance_deploy.demo.journeys.beginnings import introduces_themselves, is_accepted, is_introduced, status_is

ENTRIES = {
    "peer-support": "Example Circle (made up)",
    "clubhouse": "Example Kitchen (made up)",
    "money-and-work-advice": "Example Letters (made up)",
}
"""What the directory holds once the demonstration has run, by kind."""


async def self_introduction(journey: Journey) -> None:
    introduction = await introduces_themselves(journey, "Tess", help_areas=["mental-health", "relationships"])
    case_id = await is_accepted(journey, introduction)
    await conversation(journey, case_id)
    offers = f"cases/{case_id}/offers"
    async with journey.step("peer support is offered"):
        offer = await journey["triage"].tell(offers, {"kind": "peer-support", "provider_id": "mosaic-clubhouse"})
    async with journey.step("peer support is accepted, and starts"):
        await journey["triage"].tell(f"{offers}/{offer['offer_id']}/accept")
        await journey["triage"].tell(f"{offers}/{offer['offer_id']}/start", {})
    async with journey.step("support has come to its end, and the case closes"):
        await journey["triage"].tell(f"{offers}/{offer['offer_id']}/end")
        await journey["triage"].tell(f"cases/{case_id}/close", {"outcome": "goals-met"})
    await status_is(journey, introduction, "finished")


async def urgent_from_a_gp(journey: Journey) -> None:
    introduction = await is_introduced(journey, "Pretend", way_in="professional", source_code="A1")
    case_id = await is_accepted(journey, introduction, priority="2")
    async with journey.step("the clock of 24 hours runs"):
        case = await journey["triage"].ask(f"cases/{case_id}")
        must("urgent-24h" in [wait["clock"] for wait in case["waiting"]], "no clock of 24 hours runs")
    await conversation(journey, case_id)
    async with journey.step("secondary care takes over"):
        await journey["triage"].tell(f"cases/{case_id}/introduce-to-secondary-care", {"team_type": "A02"})
        await journey["triage"].tell(f"cases/{case_id}/close", {"outcome": "supported-elsewhere"})


async def not_safe(journey: Journey) -> None:
    introduction = await introduces_themselves(journey, "Fi", help_areas=["mental-health"])
    case_id = await is_accepted(journey, introduction)
    async with journey.step("Fi says on the telephone that they are in danger"):
        where = f"introductions/{introduction['introduction_id']}/raise-safety-concern"
        await journey["intake"].tell(where, {"kind": "suicidal-thoughts"})
    async with journey.step("the case goes to the top"):
        await journey["triage"].until(f"cases/{case_id}", lambda case: case["priority"] == "1")
    async with journey.step("an alert is raised"):
        alert = await alert_about(journey, introduction["person_id"])
    async with journey.step("nobody acknowledges it, so it escalates"):
        await journey["notify"].until(f"alerts/{alert['id']}", lambda now: now["level"] > alert["level"])
    async with journey.step("the team lead acknowledges it"):
        await journey["notify"].tell(f"alerts/{alert['id']}/acknowledge")
    async with journey.step("Fi has spoken with somebody and is safe; the case closes"):
        await journey["triage"].tell(f"cases/{case_id}/close", {"outcome": "supported-elsewhere"})


async def three_offers(journey: Journey) -> None:
    """Support from the directory: one offer begins, one is declined late, one is taken back."""
    introduction = await introduces_themselves(journey, "Trio", help_areas=["mental-health", "money"])
    case_id = await is_accepted(journey, introduction)
    await conversation(journey, case_id)
    triage, offers = journey["triage"], f"cases/{case_id}/offers"
    made: list[str] = []
    async with journey.step("three entries of the directory are written, assured and offered"):
        known = {each["says"]["name"]: each["id"] for each in (await triage.ask("directory-entries"))["items"]}
        for kind, name in ENTRIES.items():
            says = {"name": name, "kind": kind, "description": "Nobody real gives or gets this."}
            entry = known.get(name) or (await triage.tell("directory-entries", says))["entry_id"]
            await triage.tell(f"directory-entries/{entry}/make-room", {"places": 5})
            await triage.tell(f"directory-entries/{entry}/assure")
            made.append((await triage.tell(offers, {"service_id": entry}))["offer_id"])
    async with journey.step("two are accepted, and support begins by one of them"):
        for offer in made[:2]:
            await triage.tell(f"{offers}/{offer}/accept")
        await triage.tell(f"{offers}/{made[0]}/start", {})
    async with journey.step("the provider declines the other late: the case is back in the queue, and says who it was"):
        await triage.tell(f"{offers}/{made[1]}/decline", {"by": "provider", "reason_code": "no-capacity"})
        case = await triage.ask(f"cases/{case_id}")
        must(any("after it had been accepted" in why for why in case["why_here"]), "the case does not say who declined")
    async with journey.step("an alert says so, and somebody takes it on"):
        alert = await alert_about(journey, introduction["person_id"])
        must(alert["kind"] == "support-declined-late", "the alert is about something else")
        await journey["notify"].tell(f"alerts/{alert['id']}/acknowledge")
    async with journey.step("the third is taken back, and the case closes"):
        await triage.tell(f"{offers}/{made[2]}/withdraw", {"reason_code": "not-needed"})
        await triage.tell(f"cases/{case_id}/close", {"outcome": "goals-met"})
    await status_is(journey, introduction, "finished")


async def conversation(journey: Journey, case_id: str) -> None:
    async with journey.step("a conversation is held"):
        held = {
            "held_at": to_text(SystemClock().now()),
            "strengths": ["humour", "friends"],
            "goals": ["recover-and-stay-well", "own-choices"],
            "needs": ["mental-health"],
            "notes": "Made up, like everybody here.",
        }
        await journey["triage"].tell(f"cases/{case_id}/hold-conversation", held)


async def alert_about(journey: Journey, person_id: str) -> Json:
    def about(page: Json) -> list[Json]:
        return [alert for alert in page["items"] if alert["cause"] and alert["cause"]["person_id"] == person_id]

    page = await journey["notify"].until("alerts", lambda page: bool(about(page)), limit="200")
    return about(page)[0]
