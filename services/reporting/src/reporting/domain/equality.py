"""What a person said for equality monitoring, and what happened to them that is split by it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

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

    indexed: ClassVar[tuple[str, ...]] = ("listing",)

    ethnicity: str = ""
    age_band: str = ""
    gender: str = ""
    same_as_at_birth: str = ""
    orientation: str = ""
    religion: str = ""
    disability: str = ""
    answer_sequence: int = 0
    happened: dict[str, str] = field(default_factory=dict)
    """`{what:which: month}`, such as `accepted:<introduction>:1`. The same thing again finds its key there."""
    taken_back: list[str] = field(default_factory=list)
    """Keys of what never was, also where that is heard first."""
    forgotten: bool = False

    @property
    def listing(self) -> str:
        return self.id

    def keep(self, answers: Mapping[str, str], *, answer_sequence: int) -> None:
        """`{characteristic: code}`, unless a later answer is known already."""
        if not self.forgotten and answer_sequence > self.answer_sequence:
            self._set(answers)
            self.answer_sequence = answer_sequence

    def happen(self, key: str, month: str) -> None:
        if not self.forgotten:
            self.happened.setdefault(key, month)

    def take_back(self, key: str) -> None:
        """It never was, whichever of the two is heard first."""
        if not self.forgotten and key not in self.taken_back:
            self.taken_back.append(key)

    def answer(self, characteristic: str) -> str:
        """A code of the published list."""
        return getattr(self, characteristic) or CHARACTERISTICS[characteristic]

    def happenings(self) -> Iterator[tuple[str, str]]:
        """What happened, in which month."""
        for key, month in self.happened.items():
            if key not in self.taken_back:
                yield key.partition(":")[0], month

    def forget(self) -> None:
        """The person has been erased: nothing that is known of them is left, and nothing that comes late is kept."""
        self._set({})
        self.happened, self.taken_back = {}, []
        self.forgotten = True

    def _set(self, answers: Mapping[str, str]) -> None:
        for characteristic in CHARACTERISTICS:
            setattr(self, characteristic, answers.get(characteristic, ""))
