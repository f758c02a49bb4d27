"""The published codes that finance uses, in the domain's own types."""

from enum import StrEnum


class CorrectionReason(StrEnum):
    TYPING_ERROR = "typing-error"
    LATE_INFORMATION = "late-information"
    DISPUTED = "disputed"


class JournalReason(StrEnum):
    """Why an entry was made by hand."""

    OPENING_BALANCE = "opening-balance"
    MISPOSTING = "misposting"
    YEAR_END = "year-end"
    OTHER = "other"
