"""How a home answers what somebody needs: information for those who choose, never a bar."""

from dataclasses import dataclass
from enum import StrEnum

from alliance.kernel import Pence
from housing.domain.codes import SupportLevel
from housing.domain.home import Home
from housing.domain.stages import Beginning

_ORDER = (SupportLevel.FLOATING, SupportLevel.LOW, SupportLevel.MEDIUM, SupportLevel.HIGH)
"""From the least support to the most (CORE: levels of support)."""


class Support(StrEnum):
    AS_NEEDED = "as-needed"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, kw_only=True)
class Fit:
    support: Support
    saving_pence: Pence
    """A week, against what the person's present setting costs; negative where the home costs more."""

    @property
    def good(self) -> bool:
        return self.support is Support.AS_NEEDED


def fit_of(home: Home, needs: Beginning) -> Fit:
    gap = _ORDER.index(home.support_level) - _ORDER.index(needs.support_level)
    support = Support.MORE if gap > 0 else Support.LESS if gap < 0 else Support.AS_NEEDED
    return Fit(support=support, saving_pence=needs.weekly_cost_pence - home.weekly_cost_pence)
