"""What triage holds of a person: how it is told to them, and what is left of it when they are forgotten."""

from alliance.people import Exempt, Holdings, of_person
from triage.application import collections as kept

EXEMPT = (
    Exempt(name="person_access", why="who may see the records, and who opened them; the audit trail has it too"),
    Exempt(name="audit_heads", why="how far the audit trail has got"),
)
STAFF = ("by", "set_by", "found_by", "entered_by", "workers")
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
) -> Holdings:
    """Add a row for each new collection that has something of a person; a test asks for it."""
    return Holdings(
        (
            of_person(cases, "Your case", leave_out=("targets",), others=STAFF, keep=CODES),
            of_person(plans, "Your plan", others=(*STAFF, "connections", "who")),
            of_person(personal_goals, "A goal of yours", others=STAFF),
            of_person(risks, "A risk that was talked about", others=(*STAFF, "who", "what")),
            of_person(measurements, "A questionnaire", others=STAFF),
            of_person(unfinished, "Notes that are not finished", others=STAFF),
            of_person(
                home_searches,
                "The search for a home",
                leave_out=("moved_in_as_of",),
                stays="when a search began and how it ended, under a pseudonym that leads to nobody",
            ),
        ),
        EXEMPT,
    )
