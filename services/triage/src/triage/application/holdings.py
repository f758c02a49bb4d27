"""What triage holds of a person: how it is told to them, and what is left of it when they are forgotten."""

from collections.abc import Sequence

from alliance.people import Exempt, Holdings, of_person
from triage.application import collections as kept
from triage.domain.place import Place
from triage.domain.spells import Spells

EXEMPT = (
    Exempt(name="person_access", why="who may see the records, and who opened them; the audit trail has it too"),
    Exempt(name="directory", why="what support there is; nothing of the people who get it"),
    Exempt(name="teams", why="which members of staff work together, and how many people they can take on"),
    Exempt(name="audit_heads", why="how far the audit trail has got"),
)
STAFF = ("by", "closed_by", "reopened_by", "set_by", "found_by", "entered_by", "workers")
CODES = ("workers", "clock")


def holdings(
    *,
    cases: kept.Cases,
    home_searches: kept.HomeSearches,
    plans: kept.Plans,
    personal_goals: kept.PersonalGoals,
    risks: kept.Risks,
    measurements: kept.Measurements,
    unfinished: kept.UnfinishedTalks,
    places: kept.Places,
    spells: kept.AllSpells,
) -> Holdings:
    """Add a row for each new collection that has something of a person; a test asks for it."""

    async def offered(person_id: str) -> Sequence[Place]:
        theirs = await cases.with_key("person_id", person_id)
        found = [await places.find(offer.id) for case in theirs for offer in case.offers]
        return [place for place in found if place]

    async def counted(person_id: str) -> Sequence[Spells]:
        return [found] if (found := await spells.find(person_id)) else []

    return Holdings(
        (
            of_person(cases, "Your case", leave_out=("targets",), others=STAFF, keep=CODES),
            of_person(plans, "Your plan", others=(*STAFF, "connections", "who")),
            of_person(personal_goals, "A goal of yours", others=STAFF),
            of_person(risks, "A risk that was talked about", others=(*STAFF, "who", "what")),
            of_person(measurements, "A questionnaire", others=STAFF),
            of_person(unfinished, "Notes that are not finished", others=STAFF),
            of_person(
                spells,
                "How your waits are counted",
                find=counted,
                leave_out=("rule",),
                stays="when waits began and ended, under a pseudonym that leads to nobody",
            ),
            of_person(
                places,
                "A place that was kept for you",
                find=offered,
                stays="which support had a place taken and when, under a pseudonym that leads to nobody",
            ),
            of_person(
                home_searches,
                "The search for a home",
                leave_out=("moved_in_as_of",),
                stays="when a search began and how it ended, under a pseudonym that leads to nobody",
            ),
        ),
        EXEMPT,
    )
