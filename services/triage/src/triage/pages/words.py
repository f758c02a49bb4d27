"""What triage's codes and pages are called in plain English, and in which colour."""

from enum import Enum

from alliance.web.pages import Item
from alliance.web.pages.people import ADJUSTMENTS, LANGUAGES
from alliance.web.pages.templating import labelling
from triage.domain.boarding import Stage
from triage.domain.codes import Priority, WaitClock
from triage.pages.talk_words import TALK_LABELS

MENU = (
    Item(text="What needs me now", href="/", action="home.see"),
    Item(text="Board", href="/board", action="case.list"),
    Item(text="Queue", href="/cases", action="case.list"),
    Item(text="Directory", href="/directory", action="directory.read"),
    Item(text="Offers to us", href="/offers", action="offer.list"),
    Item(text="Transfers", href="/transfers", action="transfer.list"),
    Item(text="Teams", href="/teams", action="team.list"),
    Item(text="National measure", href="/spells", action="spell.list"),
)

REASONS = {
    "situation-worse": "The situation has got worse",
    "situation-better": "The situation has got better",
    "spoken-with": "We have spoken with the person",
    "safety-plan-agreed": "We have agreed how the person stays safe",
    "new-information": "We know more now than at the introduction",
}
"""Why a worker changes a priority."""

DECLINE_REASONS = {
    "changed-mind": "The person changed their mind",
    "not-wanted": "It is not what the person wants",
    "not-now": "Not now: the person may want it later",
    "too-far": "It is too far away, or at the wrong time",
    "too-long-to-wait": "The wait for it is too long",
    "other-offer-accepted": "The person has chosen something else",
    "no-capacity": "The provider has no room",
    "not-suitable": "The provider cannot give what the person needs",
    "not-safe-here": "The person would not be safe there",
    "not-reached": "The provider could not reach the person",
}
DECLINE_HINTS = {
    "not-wanted": "Not offered again before the next conversation",
    "not-now": "Not offered again for 60 days",
    "no-capacity": "Not offered again for 30 days",
    "not-suitable": "Not offered again before the next conversation",
    "not-safe-here": "Not offered again before the next conversation",
}
"""How long the same is kept back; see `domain/declining.py`. It touches no other offer."""

ENDINGS = {
    "completed": "It is completed",
    "person-stopped": "The person stopped",
    "provider-stopped": "The provider stopped",
    "moved-away": "The person has moved away",
    "died": "The person has died",
    "not-needed": "It is not needed any more",
    "made-by-mistake": "It was made by mistake",
}
"""Why support ended, or why we took an offer back."""

DIRECTORY = {
    "active": "Open to people",
    "inactive": "Not running at present",
    "temporarily closed": "Closed for a while",
    "defunct": "Gone for good",
    "full": "There is no room",
    "staff-away": "Staff are away",
    "moving": "It is moving to another place",
    "holidays": "Holidays",
    "funding": "There is no money for it",
    "assured": "Assured",
    "runs-out-soon": "To be assured again soon",
    "stale": "Not assured for too long",
    "never": "Never assured",
}
"""What an entry of the directory is called, its pause and its freshness."""

CLOSE_REASONS = {
    "goals-reached": "The person has reached what they wanted",
    "has-other-help": "The person has help from family, friends or others",
    "with-another-team": "Another team or organisation supports the person",
    "moved-away": "The person has moved away",
    "asked-to-stop": "The person asked us to stop",
    "no-answer": "The person did not answer after several attempts",
    "died": "The person has died",
}
"""What led to the closing of a case."""

REOPEN_REASONS = {
    "person-came-back": "The person asks for help again",
    "closed-by-mistake": "The case was closed by mistake",
    "support-broke-down": "The support that was arranged did not hold",
    "new-information": "We know more now than at the introduction",
}
"""Why a worker opens a closed case again."""

PAUSE_HINTS = {
    "person-unavailable": "We reach them, but they cannot come at present",
    "person-asked-to-wait": "They want to begin later",
    "in-hospital": "Any hospital; the ward and we stay in touch",
    "in-custody": "Prison, police or court",
    "away": "Travelling, or with family elsewhere",
}

LABELS = {
    **DIRECTORY,
    **CLOSE_REASONS,
    **REOPEN_REASONS,
    **LANGUAGES,
    **ADJUSTMENTS,
    **REASONS,
    **DECLINE_REASONS,
    **ENDINGS,
    **TALK_LABELS,
    "support-7d": "Support within 7 days",
    "community-4w": "Help under way within 4 weeks",
    "urgent-24h": "Seen within 24 hours",
    "very-urgent-4h": "Seen within 4 hours",
    "gp-plus": "GP+",
    "money-and-work-advice": "Money and work advice",
    "A02": "Crisis resolution and home treatment team",
    "A05": "Primary care mental health team",
    "A06": "Community mental health team",
    "A09": "Community rehabilitation team",
    "A14": "Early intervention in psychosis team",
    "recover-and-stay-well": "Recover and stay well",
    "own-choices": "Make their own choices",
    "equal-footing": "Take part on an equal footing",
    "resumed": "The clocks run again",
    "extended": "The pause is longer",
    "wrong-time": "The times were wrong",
    "never-was": "There was no pause",
    "under-1-week": "Under 1 week",
    "1-to-2-weeks": "1 to 2 weeks",
    "2-to-4-weeks": "2 to 4 weeks",
    "4-to-12-weeks": "4 to 12 weeks",
    "12-weeks-or-more": "12 weeks or more",
    "not-said": "Nothing more was said",
    "case-closed": "The case was closed",
    "introduction-ended": "The introduction ended at the front door",
    "person-wants-them": "The person wants to be with them",
    "knows-the-person": "They know the person already",
    "less-support-needed": "The person needs less support than we give",
    "more-support-needed": "The person needs more support than we give",
    "no-room-now": "They have no room now",
    "other-support-fits-better": "Other support fits the person better",
    "more-to-know-first": "They have to know more first",
    "person-does-not-want-it": "The person does not want it",
    "asked-by-mistake": "It was asked by mistake",
    "situation-changed": "The situation has changed",
    "risk-of-harm": "Somebody may come to harm otherwise",
    "lacks-capacity-best-interests": "The person cannot decide it now, and it is in their best interests",
    "statutory-duty": "The law demands it",
    "conversations-and-plan": "Conversations and the plan",
    "support-under-way": "Support that is under way",
    "revoked": "Taken back",
    "lapsed": "Not answered in time",
    "carry-on": "Carry on as now",
    "plan-changed": "The plan has changed",
    "ready-to-end": "Ready to end",
    "sms": "Text message",
    "email": "Email",
}

label = labelling(LABELS)

PRIORITY_COLOURS = {
    Priority.EMERGENCY: "red",
    Priority.VERY_URGENT: "orange",
    Priority.URGENT: "yellow",
    Priority.ROUTINE: "grey",
}
PROMISES = {
    Priority.EMERGENCY: "Seen within 4 hours",
    Priority.VERY_URGENT: "Seen within 4 hours",
    Priority.URGENT: "Seen within 24 hours",
    Priority.ROUTINE: "Support within 7 days",
}
TO_BE_DONE = {
    WaitClock.VERY_URGENT_4H: "a conversation within 4 hours",
    WaitClock.URGENT_24H: "a conversation within 24 hours",
    WaitClock.SUPPORT_7D: "support within 7 days",
    WaitClock.COMMUNITY_4W: "an assessment, a first measure, and a plan or support within 4 weeks",
}
SUPPORT_HINTS = {
    "peer-support": "Somebody who has been through it themselves",
    "clubhouse": "Company, meals and a working day together",
    "money-and-work-advice": "Benefits, debt, finding and keeping work",
    "talking-therapies": "Sessions with a therapist",
    "crisis-house": "A few days in a safe house instead of hospital",
    "gp-plus": "More time and support at the person's own surgery",
}
STAGES = {
    Stage.WAITING: "Waiting for a conversation",
    Stage.TALKING: "In conversation",
    Stage.OFFERED: "Support offered",
    Stage.SUPPORTED: "Support running",
    Stage.REVIEW: "Review due",
    Stage.MOVING: "Moving to another organisation",
}
EMPTY_COLUMNS = {
    Stage.WAITING: "Nobody waits for a first conversation.",
    Stage.TALKING: "No case is in conversation with nothing offered yet.",
    Stage.OFFERED: "No offer waits for an answer or a start.",
    Stage.SUPPORTED: "No support is running.",
    Stage.REVIEW: "No review is due.",
    Stage.MOVING: "No other organisation is asked to take a case over.",
}
OUTCOME_HINTS = {
    "goals-met": "The person has what they came for",
    "supported-elsewhere": "Somebody else has taken over",
    "withdrawn": "The person does not want it any more",
    "lost-contact": "We tried, and could not reach the person",
}


def options(codes: type[Enum], *, without: tuple[Enum, ...] = ()) -> dict[str, str]:
    """The answers of a question, in the order of the code list."""
    return {str(code.value): label(code) for code in codes if code not in without}


def listed(codes: tuple[Enum, ...]) -> str:
    """`Home, money and work`."""
    words = [label(code) for code in codes]
    words = words[:1] + [word[:1].lower() + word[1:] for word in words[1:]]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
