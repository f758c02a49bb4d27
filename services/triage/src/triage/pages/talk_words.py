"""What the codes of plans and measures are called, and the short neutral names of what each item is about.

The questions of the measures stand on their own forms, under their owners' licences; here is only what each is about.
"""

from triage.domain.codes import HelpArea, MeasureScale, MeasureTool, ReliableChange
from triage.domain.talk_codes import GoalState, NeedLevel

TALK_LABELS = {
    "losing-home": "Losing their home",
    "harm-from-others": "Harm from others",
    "harm-to-others": "Harm to others",
    "on-paper": "Yes, on paper",
    "by-post-or-email": "Yes, by post or email",
    "no-copy-wanted": "They do not want one",
    "not-yet": "Not yet",
    "working": "Working towards it",
    "let-go": "Let go",
    "dialog": "DIALOG",
    "reqol-10": "ReQoL-10",
    "gbo": "Goal score",
    "phq-9": "PHQ-9",
    "gad-7": "GAD-7",
    "quality-of-life": "Quality of life",
    "treatment-satisfaction": "Satisfaction with treatment",
    "typing-error": "It was typed in wrongly",
    "late-information": "We know more now",
    "disputed": "The person says it is not so",
}

FILLED_IN_BY = {"person": "By the person alone", "with-worker": "By the person, together with a worker"}

MEASURES = {
    MeasureTool.DIALOG: "DIALOG+: how satisfied somebody is with eleven parts of life and care",
    MeasureTool.REQOL_10: "ReQoL-10: recovery and quality of life",
    MeasureTool.PHQ_9: "PHQ-9: depression",
    MeasureTool.GAD_7: "GAD-7: anxiety",
    MeasureTool.GBO: "Goal score: how near a goal is",
}

TOPICS: dict[MeasureTool, tuple[str, ...]] = {
    MeasureTool.DIALOG: (
        "Mental health",
        "Physical health",
        "Job situation",
        "Accommodation",
        "Leisure activities",
        "Friendships",
        "Partner or family",
        "Personal safety",
        "Medication",
        "Practical help",
        "Meetings with professionals",
    ),
    MeasureTool.REQOL_10: (
        "Everyday tasks",
        "Trust in others",
        "Coping",
        "Doing what one wants",
        "Happiness",
        "Worth of life",
        "Enjoyment",
        "Hope",
        "Loneliness",
        "Confidence",
    ),
    MeasureTool.PHQ_9: (
        "Interest and pleasure",
        "Low mood",
        "Sleep",
        "Energy",
        "Appetite",
        "Feelings about oneself",
        "Concentration",
        "Slowness or restlessness",
        "Thoughts of death or self-harm",
    ),
    MeasureTool.GAD_7: (
        "Nervousness",
        "Stopping worry",
        "Amount of worry",
        "Relaxing",
        "Restlessness",
        "Irritability",
        "Fear of something awful",
    ),
    MeasureTool.GBO: ("How near the goal is",),
}

ANCHORS = {
    MeasureTool.DIALOG: "1 is totally dissatisfied, 4 in the middle, 7 totally satisfied.",
    MeasureTool.REQOL_10: "Enter the number printed beside the box that was ticked: 4 is always the better end.",
    MeasureTool.PHQ_9: "0 is not at all, 1 several days, 2 more than half the days, 3 nearly every day.",
    MeasureTool.GAD_7: "0 is not at all, 1 several days, 2 more than half the days, 3 nearly every day.",
    MeasureTool.GBO: "0 is not begun, 10 is reached.",
}

NEED_LEVELS = {
    NeedLevel.GOING_WELL: "It is going well",
    NeedLevel.A_LITTLE_HELP: "A little help would be good",
    NeedLevel.A_LOT_OF_HELP: "A lot of help is needed",
    NeedLevel.CANNOT_MANAGE: "They cannot manage at present",
}

AREAS = {
    HelpArea.MENTAL_HEALTH: "Mental health",
    HelpArea.PHYSICAL_HEALTH: "Physical health",
    HelpArea.MONEY: "Money",
    HelpArea.WORK: "Work and learning",
    HelpArea.HOME: "Home",
    HelpArea.RELATIONSHIPS: "People close to them",
    HelpArea.SUBSTANCES: "Alcohol and drugs",
    HelpArea.MEANING: "Meaning and belief",
}

GOAL_STATES = {
    GoalState.WORKING: "Still working towards it",
    GoalState.MET: "The goal is met",
    GoalState.LET_GO: "The goal is let go",
}

GOAL_COLOURS = {GoalState.WORKING: "blue", GoalState.MET: "green", GoalState.LET_GO: "grey"}

RELIABLE = {
    ReliableChange.IMPROVED: "a reliable improvement",
    ReliableChange.DETERIORATED: "a reliable worsening",
    ReliableChange.NO_RELIABLE_CHANGE: "not a reliable change",
}


def called(tool: MeasureTool, scale: MeasureScale) -> str:
    """`PHQ-9`, `DIALOG, quality of life`."""
    name = TALK_LABELS[tool]
    return name if scale in (MeasureScale.TOTAL, MeasureScale.GOAL) else f"{name}, {TALK_LABELS[scale].lower()}"
