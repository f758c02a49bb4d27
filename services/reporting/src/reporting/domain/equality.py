"""What a person said for equality monitoring: the latest answer, by which figures can be split."""

from dataclasses import dataclass

from alliance.kernel import Aggregate


@dataclass(kw_only=True)
class Equality(Aggregate):
    """Its id is the person's pseudonym. Codes as the contract publishes them; it is shown to nobody one by one."""

    ethnicity: str = ""
    age_band: str = ""
    gender: str = ""
    same_as_at_birth: str = ""
    answer_sequence: int = 0
    forgotten: bool = False

    def keep(self, *, ethnicity: str, age_band: str, gender: str, same_as_at_birth: str, answer_sequence: int) -> None:
        """Unless a later answer is known already."""
        if not self.forgotten and answer_sequence > self.answer_sequence:
            self.ethnicity, self.age_band = ethnicity, age_band
            self.gender, self.same_as_at_birth = gender, same_as_at_birth
            self.answer_sequence = answer_sequence

    def forget(self) -> None:
        """The person has been erased: no answer of theirs is left, and none that comes late is kept."""
        self.ethnicity = self.age_band = self.gender = self.same_as_at_birth = ""
        self.forgotten = True
