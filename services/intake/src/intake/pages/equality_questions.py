"""The questions of equality monitoring, for the public pages and for staff: each may be left out, or declined."""

from collections.abc import Mapping
from typing import Any

from alliance.web.pages import Form, SelectQuestion
from intake.domain.equality import EqualityAnswers
from intake.domain.equality_codes import (
    AgeBand,
    Disability,
    EthnicCategory,
    GenderIdentity,
    Religion,
    SameAsAtBirth,
    SexualOrientation,
)

DECLINED = "Prefer not to say"
ETHNICITIES = {
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
    "L": "Asian or Asian British: any other background",
    "M": "Black or Black British: Caribbean",
    "N": "Black or Black British: African",
    "P": "Black or Black British: any other background",
    "R": "Chinese",
    "S": "Any other ethnic group",
    "Z": DECLINED,
}
"""ETHNIC CATEGORY, NHS Data Dictionary. 99, not known, is nothing that somebody answers."""
AGES = {
    "under-18": "Under 18",
    "18-24": "18 to 24",
    "25-34": "25 to 34",
    "35-44": "35 to 44",
    "45-54": "45 to 54",
    "55-64": "55 to 64",
    "65-74": "65 to 74",
    "75-and-over": "75 or over",
    "Z": DECLINED,
}
GENDERS = {
    "1": "Male, including trans man",
    "2": "Female, including trans woman",
    "3": "Non-binary",
    "4": "Another gender",
    "Z": DECLINED,
}
SAME = {"Y": "Yes", "N": "No", "Z": DECLINED}
ORIENTATIONS = {
    "1": "Straight or heterosexual",
    "2": "Gay or lesbian",
    "3": "Bisexual",
    "4": "Another sexual orientation",
    "U": "Not sure",
    "Z": DECLINED,
}
RELIGIONS = {
    "L": "No religion or belief",
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
    "M": DECLINED,
}
DISABILITIES = {
    "1": "Yes, it limits me a lot",
    "2": "Yes, it limits me a little",
    "3": "I have such a condition, and it does not limit me",
    "4": "I have no such condition",
    "Z": DECLINED,
}


class EqualityForm(Form):
    ethnicity = SelectQuestion("Ethnic group", ETHNICITIES, optional=True)
    age_band = SelectQuestion("Age", AGES, optional=True)
    gender = SelectQuestion("Gender", GENDERS, optional=True)
    same_as_at_birth = SelectQuestion("Is that the gender registered at birth?", SAME, optional=True)
    orientation = SelectQuestion("Sexual orientation", ORIENTATIONS, optional=True)
    religion = SelectQuestion("Religion or belief", RELIGIONS, optional=True)
    disability = SelectQuestion(
        "Does a health condition, of body or mind, limit what you do day to day?",
        DISABILITIES,
        optional=True,
        hint="One that lasts, or is expected to last, 12 months or more",
    )


def answers_from(said: Mapping[str, Any]) -> EqualityAnswers:
    """What was left out is not known; what was declined is not stated."""
    return EqualityAnswers(
        ethnicity=EthnicCategory(said["ethnicity"] or EthnicCategory.NOT_KNOWN),
        age_band=AgeBand(said["age_band"] or AgeBand.NOT_KNOWN),
        gender=GenderIdentity(said["gender"] or GenderIdentity.NOT_KNOWN),
        same_as_at_birth=SameAsAtBirth(said["same_as_at_birth"] or SameAsAtBirth.NOT_KNOWN),
        orientation=SexualOrientation(said["orientation"] or SexualOrientation.NOT_KNOWN),
        religion=Religion(said["religion"] or Religion.NOT_KNOWN),
        disability=Disability(said["disability"] or Disability.NOT_KNOWN),
    )
