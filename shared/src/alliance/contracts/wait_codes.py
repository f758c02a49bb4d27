"""Published code lists about waits and their pauses."""

from enum import StrEnum


class WaitClockV2(StrEnum):
    """The promises a wait is measured against, with the national community standard among them."""

    VERY_URGENT_4H = "very-urgent-4h"
    URGENT_24H = "urgent-24h"
    SUPPORT_7D = "support-7d"
    COMMUNITY_4W = "community-4w"


class WaitPauseReason(StrEnum):
    """Why a wait does not count for a while (the alliance's own list); each lies with the person, never with us."""

    PERSON_UNAVAILABLE = "person-unavailable"
    PERSON_ASKED_TO_WAIT = "person-asked-to-wait"
    IN_HOSPITAL = "in-hospital"
    IN_CUSTODY = "in-custody"
    AWAY = "away"


class PauseChange(StrEnum):
    """Why a pause is another than was recorded."""

    RESUMED = "resumed"
    EXTENDED = "extended"
    WRONG_TIME = "wrong-time"
    NEVER_WAS = "never-was"
