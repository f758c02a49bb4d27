"""What staff are asked when somebody wants to be erased, or wants a copy of their record."""

from alliance.web.pages import ChoiceQuestion, ChoicesQuestion, Form
from intake.domain.rights import ErasureGround, IdentityCheck, RefusalGround
from intake.pages.words import LABELS, worded

_OBJECTION = "They object, and nothing outweighs that (Article 17(1)(c))"
"""A wish about sharing has the same code, and is called something else."""


def _decisions() -> dict[str, str]:
    agreed = {
        each.value: _OBJECTION if each is ErasureGround.OBJECTION else LABELS[each.value] for each in ErasureGround
    }
    return {
        **{ground: f"Agree. {why}" for ground, why in agreed.items()},
        **{each.value: f"Refuse. {LABELS[each.value]}" for each in RefusalGround},
    }


class IdentityForm(Form):
    identity = ChoiceQuestion(
        "How do we know that it is them?", worded(IdentityCheck), missing="Select how we know that it is them"
    )


class DecisionForm(Form):
    ground = ChoiceQuestion("What is decided, and why?", _decisions(), missing="Select what is decided")
    identity = ChoiceQuestion(
        "How do we know that it is them?",
        worded(IdentityCheck),
        hint="It was asked on a status page. You need to know before you agree.",
        optional=True,
    )
    hold = ChoicesQuestion(
        "Legal hold",
        {"legal-hold": "A court case, an inquest or an inquiry needs the record"},
        hint="Nobody is erased while one stands.",
        optional=True,
    )


class EraseForm(Form):
    """Nothing to fill in: the warning is read, the button says it."""


class LeftOutQuestion(ChoicesQuestion):
    def among(self, rows: dict[str, str]) -> None:
        """Those that may tell of somebody else, which only the gathered record knows."""
        self._options = dict(rows)


class ReleaseForm(Form):
    left_out = LeftOutQuestion(
        "What is left out?",
        {},
        hint="Tick what would tell the person about somebody else who has not agreed. Everything else is released.",
        optional=True,
    )
