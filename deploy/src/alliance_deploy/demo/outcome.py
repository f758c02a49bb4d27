"""What came of a demo, for people and for programs."""

from dataclasses import dataclass
from typing import Any

from alliance_deploy.demo.comparison import Findings
from alliance_deploy.demo.journey import Journey
from alliance_deploy.operate.tap import Said


@dataclass(frozen=True)
class Result:
    journey: Journey
    events: tuple[Said, ...]
    findings: Findings
    seconds: float
    restarted: tuple[str, ...] = ()
    """What was restarted meanwhile: delays are then told, but forgiven."""

    @property
    def wrong(self) -> tuple[str, ...]:
        """Sentences about effects; empty when they were as listed."""
        return self.findings.wrong if self.restarted else (*self.findings.wrong, *self.findings.late)

    @property
    def ok(self) -> bool:
        return not self.wrong and all(step.ok for step in self.journey.steps)

    def as_json(self) -> dict[str, Any]:
        steps: list[dict[str, Any]] = [
            {"step": step.text, "ok": step.ok, "seconds": step.seconds} | ({"why": step.why} if step.why else {})
            for step in self.journey.steps
        ]
        effects = {"step": "all effects as listed, and no others", "ok": not self.wrong, "seconds": self.seconds}
        steps.append(effects | ({"why": "; ".join(self.wrong)} if self.wrong else {}))
        return {"name": self.journey.name, "ok": self.ok, "steps": steps, "seconds": self.seconds}


@dataclass(frozen=True)
class Outcome:
    results: tuple[Result, ...]
    quarantined: int
    """How many messages went into a quarantine meanwhile."""

    @property
    def ok(self) -> bool:
        return self.quarantined == 0 and bool(self.results) and all(result.ok for result in self.results)

    @property
    def events(self) -> int:
        return len({event.id for result in self.results for event in result.events})

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "journeys": [result.as_json() for result in self.results],
            "events": self.events,
            "quarantined": self.quarantined,
        }
