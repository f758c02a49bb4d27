"""An entry of the directory that its provider wrote, and an offer of it that waits for their answer."""

from alliance_deploy.demo.clients import Client

SAYS = {
    "name": "Imaginary Street Circle",
    "kind": "peer-support",
    "description": "Made-up people who have been through it themselves.",
    "helps_with": ["mental-health"],
    "eligibility": "Everybody who wants to come.",
    "phones": [{"number": "020 7946 0001"}],
    "confidential_contact": "Ask for the made-up manager",
    "hours": [{"days": ["MO", "WE"], "opens_at": "09:00", "closes_at": "17:00"}],
    "areas": ["Imaginary Town"],
    "minimum_age": 18,
}


async def offered_from_directory(provider: Client, triage: Client, offers: str) -> tuple[str, str]:
    """The ids of the entry and of the offer."""
    entry = str((await provider.tell("directory-entries", SAYS))["entry_id"])
    await provider.tell(f"directory-entries/{entry}/make-room", {"places": 3})
    made = await triage.tell(offers, {"service_id": entry})
    await provider.until("offers", lambda inbox: bool(inbox["items"]))
    return entry, str(made["offer_id"])
