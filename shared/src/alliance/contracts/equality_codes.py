"""Code lists of equality monitoring, apart from all others: no event but one has them. Source: NHS Data Dictionary,
and where a list says so the census."""

from enum import StrEnum


class EthnicCategory(StrEnum):
    """ETHNIC CATEGORY (16+1). Z: asked and not stated. 99: not known. They differ, and neither is a group."""

    WHITE_BRITISH = "A"
    WHITE_IRISH = "B"
    WHITE_OTHER = "C"
    MIXED_WHITE_AND_BLACK_CARIBBEAN = "D"
    MIXED_WHITE_AND_BLACK_AFRICAN = "E"
    MIXED_WHITE_AND_ASIAN = "F"
    MIXED_OTHER = "G"
    ASIAN_INDIAN = "H"
    ASIAN_PAKISTANI = "J"
    ASIAN_BANGLADESHI = "K"
    ASIAN_OTHER = "L"
    BLACK_CARIBBEAN = "M"
    BLACK_AFRICAN = "N"
    BLACK_OTHER = "P"
    CHINESE = "R"
    ANY_OTHER = "S"
    NOT_STATED = "Z"
    NOT_KNOWN = "99"


class AgeBand(StrEnum):
    """The alliance's own bands: wide enough to tell nobody's birthday."""

    UNDER_18 = "under-18"
    FROM_18 = "18-24"
    FROM_25 = "25-34"
    FROM_35 = "35-44"
    FROM_45 = "45-54"
    FROM_55 = "55-64"
    FROM_65 = "65-74"
    FROM_75 = "75-and-over"
    NOT_STATED = "Z"
    NOT_KNOWN = "99"


class GenderIdentity(StrEnum):
    """GENDER IDENTITY CODE (June 2026)."""

    MALE = "1"
    FEMALE = "2"
    NON_BINARY = "3"
    OTHER = "4"
    NOT_STATED = "Z"
    NOT_KNOWN = "X"


class SameAsAtBirth(StrEnum):
    """GENDER IDENTITY SAME AT BIRTH INDICATOR."""

    YES = "Y"
    NO = "N"
    NOT_STATED = "Z"
    NOT_KNOWN = "X"


class SexualOrientation(StrEnum):
    """PERSON STATED SEXUAL ORIENTATION CODE (DCB2094). U: asked and not sure, which is an answer."""

    STRAIGHT = "1"
    GAY_OR_LESBIAN = "2"
    BISEXUAL = "3"
    OTHER = "4"
    NOT_SURE = "U"
    NOT_STATED = "Z"
    NOT_KNOWN = "9"


class Religion(StrEnum):
    """RELIGIOUS OR OTHER BELIEF SYSTEM AFFILIATION GROUP CODE. L: none, which is an answer."""

    BAHAI = "A"
    BUDDHIST = "B"
    CHRISTIAN = "C"
    HINDU = "D"
    JAIN = "E"
    JEWISH = "F"
    MUSLIM = "G"
    PAGAN = "H"
    SIKH = "I"
    ZOROASTRIAN = "J"
    OTHER = "K"
    NONE = "L"
    NOT_STATED = "M"
    NOT_KNOWN = "N"


class Disability(StrEnum):
    """Office for National Statistics, Census 2021, variable "disability": 1 and 2 are disabled in the sense of the
    Equality Act 2010. Z and 9 as in the other lists."""

    LIMITED_A_LOT = "1"
    LIMITED_A_LITTLE = "2"
    NOT_LIMITED = "3"
    NO_CONDITION = "4"
    NOT_STATED = "Z"
    NOT_KNOWN = "9"
