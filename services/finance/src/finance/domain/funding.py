"""Who pays: the shares of the funders, with and without aftercare under Mental Health Act 1983 section 117."""

from collections.abc import Mapping
from dataclasses import dataclass

from alliance.kernel import Pence, split


@dataclass(frozen=True)
class FundingShares:
    """Integer weights by funder. Section 117 is a joint duty of council and NHS, so it has shares of its own."""

    section_117: Mapping[str, int]
    otherwise: Mapping[str, int]

    def of(self, *, section_117: bool) -> dict[str, int]:
        return dict(self.section_117 if section_117 else self.otherwise)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a commitment amounts to; the parts of the split add up to the total."""

    total_pence: Pence = 0
    saving_pence: Pence = 0
    funding_split: tuple[tuple[str, Pence], ...] = ()

    def __post_init__(self) -> None:
        if sum(pence for _, pence in self.funding_split) != self.total_pence:
            raise ValueError("the parts of a funding split must add up to the whole")

    def plus(self, other: "Figures", sign: int = 1) -> "Figures":
        """Part by part; `sign` −1 subtracts."""
        parts = dict(self.funding_split)
        for funder, pence in other.funding_split:
            parts[funder] = parts.get(funder, 0) + sign * pence
        return Figures(
            total_pence=self.total_pence + sign * other.total_pence,
            saving_pence=self.saving_pence + sign * other.saving_pence,
            funding_split=tuple(sorted(parts.items())),
        )


def for_days(weekly_pence: Pence, days: int) -> Pence:
    """A week's pence for so many days, rounded half up: `weekly × days ÷ 7`."""
    return (2 * weekly_pence * days + 7) // 14


def figures_for(days: int, *, weekly_pence: Pence, previous_weekly_pence: Pence, shares: Mapping[str, int]) -> Figures:
    total = for_days(weekly_pence, days)
    return Figures(
        total_pence=total,
        saving_pence=for_days(previous_weekly_pence - weekly_pence, days),
        funding_split=tuple(sorted(split(total, shares).items())),
    )
