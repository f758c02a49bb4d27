"""What the answers of equality monitoring, and the figures split by them, are called in plain English."""

from collections.abc import Mapping

from reporting.domain.splits import Split

_DECLINED, _UNKNOWN = "Prefer not to say", "Not asked, or no answer"
_LAST = {"Z": _DECLINED, "99": _UNKNOWN, "9": _UNKNOWN, "X": _UNKNOWN}

CHARACTERISTICS: Mapping[str, str] = {
    "ethnicity": "Ethnic group",
    "age_band": "Age",
    "gender": "Gender",
    "same_as_at_birth": "Gender as registered at birth",
    "orientation": "Sexual orientation",
    "religion": "Religion or belief",
    "disability": "Disability",
}

GROUPS: Mapping[str, Mapping[str, str]] = {
    "ethnicity": {
        "A": "White: British",
        "B": "White: Irish",
        "C": "White: any other background",
        "D": "Mixed: White and Black Caribbean",
        "E": "Mixed: White and Black African",
        "F": "Mixed: White and Asian",
        "G": "Mixed: any other background",
        "H": "Asian or Asian British: Indian",
        "J": "Asian or Asian British: Pakistani",
        "K": "Asian or Asian British: Bangladeshi",
        "L": "Asian or Asian British: any other",
        "M": "Black or Black British: Caribbean",
        "N": "Black or Black British: African",
        "P": "Black or Black British: any other",
        "R": "Chinese",
        "S": "Any other ethnic group",
        **_LAST,
    },
    "age_band": {
        "under-18": "Under 18",
        "18-24": "18 to 24",
        "25-34": "25 to 34",
        "35-44": "35 to 44",
        "45-54": "45 to 54",
        "55-64": "55 to 64",
        "65-74": "65 to 74",
        "75-and-over": "75 or over",
        **_LAST,
    },
    "gender": {"1": "Male", "2": "Female", "3": "Non-binary", "4": "Another gender", **_LAST},
    "same_as_at_birth": {"Y": "The same", "N": "Another", **_LAST},
    "orientation": {
        "1": "Straight or heterosexual",
        "2": "Gay or lesbian",
        "3": "Bisexual",
        "4": "Another sexual orientation",
        "U": "Not sure",
        **_LAST,
    },
    "religion": {
        "A": "Baha'i",
        "B": "Buddhist",
        "C": "Christian",
        "D": "Hindu",
        "E": "Jain",
        "F": "Jewish",
        "G": "Muslim",
        "H": "Pagan",
        "I": "Sikh",
        "J": "Zoroastrian",
        "K": "Another religion or belief",
        "L": "No religion or belief",
        "M": _DECLINED,
        "N": _UNKNOWN,
    },
    "disability": {
        "1": "Limited a lot",
        "2": "Limited a little",
        "3": "A condition that does not limit",
        "4": "No such condition",
        **_LAST,
    },
}
"""`{characteristic: {code: words}}`, as the front door asks."""

FIGURES: Mapping[Split, str] = {
    Split.INTRODUCTIONS: "People introduced",
    Split.ACCEPTED: "Accepted",
    Split.SIGNPOSTED: "Ended: signposted elsewhere",
    Split.OUT_OF_AREA: "Ended: out of area",
    Split.NOT_REACHED: "Ended: not reached",
    Split.WITHDRAWN: "Ended: they withdrew",
    Split.DUPLICATE: "Ended: there already was one",
    Split.CONVERSATIONS: "Conversation held",
    Split.OVER_TIME: "Waited longer than promised",
    Split.SUPPORT: "Support started",
    Split.SUPPORT_IN_A_WEEK: "Support started within seven days",
}

OF: Mapping[Split, str] = {
    Split.INTRODUCTIONS: "Of people introduced",
    Split.ACCEPTED: "Of people accepted",
    Split.SUPPORT: "Of those whose support started",
}


def year_in_words(year: int) -> str:
    """`2026` → `April 2026 to March 2027`."""
    return f"April {year} to March {year + 1}"
