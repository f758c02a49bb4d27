"""The code lists of waits and their pauses; the values are the published ones (a test compares them)."""

from enum import StrEnum


class WaitPauseReason(StrEnum):
    """Why a wait does not count for a while; each lies with the person, never with us."""

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
