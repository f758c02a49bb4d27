"""What the front door's codes are called in plain English, on pages for staff and for the public."""

from collections.abc import Iterable
from enum import Enum

from alliance.web.pages import Item
from alliance.web.pages.people import ADJUSTMENTS, LANGUAGES

MENU = (
    Item(text="What needs me now", href="/", action="home.see"),
    Item(text="Queue", href="/introductions", action="introduction.list"),
    Item(text="Take several on", href="/introductions/claim-several", action="introduction.claim-several"),
    Item(text="Introduce somebody", href="/introductions/new", action="introduction.make"),
    Item(text="Import", href="/imports", action="import.read"),
    Item(text="Newcomers", href="/resendings", action="resending.read"),
)

LABELS = {
    "web": "Our web page",
    "walk-in": "Came by",
    "clubhouse": "At the clubhouse",
    "professional": "A professional",
    "api": "Another system",
    "A1": "GP",
    "A3": "Other primary care",
    "B1": "The person themselves",
    "B2": "Carer, family or friend",
    "C1": "Social services",
    "C3": "Housing service",
    "E1": "Police",
    "G4": "Voluntary organisation",
    "H1": "Emergency department",
    "H2": "Other secondary care",
    "mental-health": "Mental health",
    "physical-health": "Physical health",
    "money": "Money",
    "work": "Work, learning or volunteering",
    "home": "Home",
    "relationships": "Family, friends and relationships",
    "substances": "Drugs or alcohol",
    "meaning": "Meaning, faith or culture",
    "1": "Emergency",
    "4": "Very urgent",
    "2": "Urgent",
    "3": "Routine",
    "signposted": "Signposted elsewhere",
    "duplicate": "Duplicate of another introduction",
    "out-of-area": "Out of area, handed over",
    "not-reached": "Could not be reached",
    "self-harm": "Self-harm",
    "suicidal-thoughts": "Suicidal thoughts",
    "harm-from-others": "Harm from others",
    "harm-to-others": "Harm to others",
    "not-said": "Not said",
    "direct-care-implied": "Implied by being introduced to their services",
    "explicit-agreement": "The person agreed",
    "vital-interest": "To protect somebody's life",
    "objection": "The person objects",
    "gp": "GP",
    "crisis-service": "Crisis service",
    "talking-therapies": "Talking therapies",
    "social-care": "Social care",
    "housing-advice": "Housing advice",
    "money-advice": "Money advice",
    "drug-and-alcohol": "Drug and alcohol service",
    "domestic-abuse": "Domestic abuse service",
    "carers": "Service for carers",
    "community-group": "Community group",
    "other": "Somewhere else",
    "social-worker": "Social worker",
    "police": "Police",
    "crisis-line": "Crisis line",
    "hospital": "Hospital or mental health team",
    "emergency-department": "Emergency department",
    "other-primary-care": "Pharmacist, health visitor, NHS 111 or other primary care",
    "housing": "Housing worker or landlord",
    "voluntary": "Charity or community group",
    "carer": "Carer, family or friend",
    "agrees": "They know, and agree",
    "knows": "They know",
    "does-not-know": "They do not know",
    "person-came-back": "The person came back",
    "reached-after-all": "We reached the person after all",
    "did-not-help": "What they were signposted to did not help",
    "handed-back": "The other area sent them back",
    "not-a-duplicate": "It was no duplicate",
    "closed-by-mistake": "It was closed by mistake",
    "call": "By phone",
    "text": "By text message",
    "letter": "By letter",
    "in-person": "We met",
    "introducer": "Through whoever introduced them",
    "status-page": "A message on their status page",
    "spoke": "Spoke with the person",
    "they-got-in-touch": "The person got in touch with us",
    "left-message": "Left a message",
    "no-answer": "No answer",
    "wrong-number": "Wrong number",
    "received": "Nobody has looked yet",
    "claimed": "Taken on",
    "accepted": "Accepted",
    "closed": "Closed",
    "withdrawn": "Withdrawn by the person",
    "typing-error": "Typing error",
    "late-information": "Learned later",
    "disputed": "Disputed",
    "01": "Verified",
    "02": "Not traced yet",
    "address": "Letter",
    "email": "Email",
}


def worded(codes: type[Enum] | Iterable[Enum]) -> dict[str, str]:
    """The options of a question: value and words."""
    return {str(code.value): LABELS.get(str(code.value), code.name.replace("_", " ").capitalize()) for code in codes}


def language(code: str | None) -> str | None:
    return None if code is None else LANGUAGES.get(code, code)


def adjustments(codes: Iterable[str]) -> list[str]:
    return [ADJUSTMENTS.get(code, code) for code in codes]
