"""One journey on its way: who it is about, its steps, and the services it calls."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from alliance.kernel import SystemClock, new_id, to_text
from alliance_deploy.demo.clients import Client


class StepFailed(Exception):
    """What a step wanted to see was not so."""


@dataclass
class Step:
    text: str
    ok: bool = False
    seconds: float = 0.0
    why: str = ""


@dataclass
class Journey:
    """Every request carries its id as correlation id, so every event that follows can be told to be its own."""

    name: str
    clients: Mapping[str, Client]
    id: str = field(default_factory=new_id)
    people: set[str] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)
    began: str = field(default_factory=lambda: to_text(SystemClock().now()))

    def __getitem__(self, service: str) -> Client:
        return self.clients[service]

    def about(self, person_id: str) -> str:
        """From now on everything said about this person belongs to this journey."""
        self.people.add(person_id)
        return person_id

    @asynccontextmanager
    async def step(self, text: str) -> AsyncIterator[Step]:
        """One line of the story; an exception in the block ends the journey."""
        step = Step(text)
        self.steps.append(step)
        began = time.monotonic()
        try:
            yield step
            step.ok = True
        except Exception as error:
            step.why = str(error) or type(error).__name__
            raise
        finally:
            step.seconds = round(time.monotonic() - began, 3)


def must(holds: bool, otherwise: str) -> None:
    """Fail the step with a sentence unless `holds`."""
    if not holds:
        raise StepFailed(otherwise)
