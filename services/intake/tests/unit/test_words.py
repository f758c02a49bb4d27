"""Every code that a page shows has words of its own."""

from enum import StrEnum

import pytest

from intake.domain import codes
from intake.pages.words import LABELS

SHOWN = [
    codes.WayIn,
    codes.SourceCode,
    codes.HelpArea,
    codes.Priority,
    codes.Ending,
    codes.Elsewhere,
    codes.ContactChannel,
    codes.ContactOutcome,
    codes.IntroducerRole,
    codes.PersonKnows,
    codes.ReopenReason,
    codes.SafetyKind,
]


@pytest.mark.parametrize("kind", SHOWN)
def test_a_code_that_is_shown_has_words(kind: type[StrEnum]) -> None:
    missing = [code for code in kind if code.value not in LABELS]
    assert not missing
