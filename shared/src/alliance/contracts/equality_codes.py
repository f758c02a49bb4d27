"""Code lists of equality monitoring, apart from all others: no event but one has them. Source: NHS Data Dictionary."""

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
