"""What a change of a score means, by measure: `tests/policy/reliable_change.csv` is the table.

Thresholds and cut-offs: NHS England, outcome tools reference list and the SQL of the community PROMs; for PHQ-9 and
GAD-7 the Talking Therapies manual, as cited by secondary sources. The means of DIALOG have none in any of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    IMPROVED = "improved"
    NOT_RELIABLE = "no-reliable-change"
    DETERIORATED = "deteriorated"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One score of a tool. `reliable`: the smallest change that is more than noise, either way, or None.

    `cut_off`: where the clinical range ends (higher is better) or begins (lower is better).
    """

    higher_is_better: bool = True
    reliable: int | None = None
    cut_off: int | None = None

    def changed(self, baseline: float, follow_up: float) -> Change | None:
        if self.reliable is None:
            return None
        gain = follow_up - baseline if self.higher_is_better else baseline - follow_up
        if gain >= self.reliable:
            return Change.IMPROVED
        return Change.DETERIORATED if gain <= -self.reliable else Change.NOT_RELIABLE

    def recovered(self, baseline: float, follow_up: float) -> bool:
        """Out of the clinical range, and reliably so."""
        improved = self.changed(baseline, follow_up) is Change.IMPROVED
        return improved and self._clinical(baseline) and not self._clinical(follow_up)

    def _clinical(self, score: float) -> bool:
        if self.cut_off is None:
            return False
        return score < self.cut_off if self.higher_is_better else score >= self.cut_off


MEASURES: Mapping[str, Measure] = {
    "dialog:quality-of-life": Measure(),
    "dialog:treatment-satisfaction": Measure(),
    "reqol-10:total": Measure(reliable=5, cut_off=25),
    "gbo:goal": Measure(reliable=3),
    "phq-9:total": Measure(higher_is_better=False, reliable=6, cut_off=10),
    "gad-7:total": Measure(higher_is_better=False, reliable=4, cut_off=8),
}
"""By `tool:scale`, in the order in which they are shown."""
