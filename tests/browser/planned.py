"""A case on which everything of a conversation is written down: plan, goal, risk, and measures that say danger."""

from datetime import UTC, datetime, timedelta

from alliance_deploy.demo.clients import Client


async def planned(triage: Client, where: str, words: str) -> dict[str, str]:
    """Ids by what they are of. `where`: the case; `words`: what is said wherever text is free."""
    today = datetime.now(UTC).date()
    told = {"strengths": ["creative"], "words": words, "interests": words}
    await triage.tell(f"{where}/plan/strengths", told)
    connected = {"kind": "person", "name": "Auntie Made-up", "words": words}
    await triage.tell(f"{where}/plan/connections", connected)
    needs = [{"area": "money", "level": "a-lot-of-help", "words": words}, {"area": "home", "level": "going-well"}]
    await triage.tell(f"{where}/plan/needs", {"needs": needs})
    goal = await triage.tell(f"{where}/goals", {"words": words, "tag": "own-choices", "how_we_know": words})
    await triage.tell(f"{where}/goals/{goal['goal_id']}/progress", {"words": words})
    risk = await triage.tell(
        f"{where}/risks", {"kind": "self-neglect", "who": "the person", "what": words, "helps": words}
    )
    plan = {
        "agreed": True,
        "summary": words,
        "steps": [{"who": "person", "what": "Made up: ring the aunt"}, {"who": "team", "what": "Made up: call"}],
        "call": words,
        "goal_ids": [goal["goal_id"]],
        "review_on": (today + timedelta(days=90)).isoformat(),
    }
    for number in (1, 2):
        await triage.tell(f"{where}/plan/versions", {**plan, "signs": f"Made up: number {number}"})
    for days, answers in ((30, [2] * 8 + [0]), (1, [1] * 9)):
        filled_in = {
            "tool": "phq-9",
            "answers": answers,
            "measured_on": (today - timedelta(days=days)).isoformat(),
            "filled_in_by": "person",
        }
        measure = await triage.tell(f"{where}/measures", filled_in)
    scored = {"tool": "gbo", "goal_id": goal["goal_id"], "answers": [4]}
    await triage.tell(f"{where}/measures", {**scored, "measured_on": today.isoformat(), "filled_in_by": "with-worker"})
    found = await triage.ask(f"{where}/plan")
    return {
        "goal": goal["goal_id"],
        "risk": risk["risk_id"],
        "connection": found["connections"][0]["id"],
        "measure": measure["id"],
    }
