"""What a person said for equality monitoring: the latest answer, by which figures can be split."""

from collections.abc import Mapping
from dataclasses import dataclass

from alliance.kernel import Aggregate

CHARACTERISTICS: Mapping[str, str] = {
    "ethnicity": "99",
    "age_band": "99",
    "gender": "X",
    "same_as_at_birth": "X",
    "orientation": "9",
    "religion": "N",
    "disability": "9",
}
"""All that is asked, and the code by which each published list says that it is not known."""


@dataclass(kw_only=True)
class Equality(Aggregate):
    """Its id is the person's pseudonym. Codes as the contract publishes them; it is shown to nobody one by one."""

    ethnicity: str = ""
    age_band: str = ""
    gender: str = ""
    same_as_at_birth: str = ""
    orientation: str = ""
    religion: str = ""
    disability: str = ""
    answer_sequence: int = 0
    forgotten: bool = False

    def keep(self, answers: Mapping[str, str], *, answer_sequence: int) -> None:
        """`{characteristic: code}`, unless a later answer is known already."""
        if not self.forgotten and answer_sequence > self.answer_sequence:
            self._set(answers)
            self.answer_sequence = answer_sequence

    def forget(self) -> None:
        """The person has been erased: no answer of theirs is left, and none that comes late is kept."""
        self._set({})
        self.forgotten = True

    def _set(self, answers: Mapping[str, str]) -> None:
        for characteristic in CHARACTERISTICS:
            setattr(self, characteristic, answers.get(characteristic, ""))
