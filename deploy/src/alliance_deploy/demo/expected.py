"""What must happen, read from `journeys.toml`: which service says which fact, by when; anything else is unexpected."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

LIST = Path(__file__).with_name("journeys.toml")


class Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Effect(Line):
    """`service` says `fact`, `times` times, each at most `within` seconds after the fact that it `follows`."""

    service: str
    fact: str = Field(pattern=r"^[a-z0-9-]+\.v\d+$")
    times: int = Field(default=1, ge=1)
    most: int | None = Field(default=None, description="where more often than `times` is fine too")
    follows: str | None = Field(default=None, description="in full: `intake.introduction-accepted.v1`")
    within: float = Field(default=60, gt=0, description="seconds; without `follows`, from the journey's beginning")
    to: str | None = Field(default=None, description="for personal data: the one service that it is sent to")

    @property
    def type(self) -> str:
        return f"{self.service}.{self.fact}"


class Expected(Line):
    """One journey: its name, its story in a sentence or two, and all that it must bring about."""

    name: str
    story: str
    effects: tuple[Effect, ...]


def expected(file: Path = LIST) -> dict[str, Expected]:
    """All journeys, by name, in the order of the file."""
    journeys = [Expected.model_validate(row) for row in tomllib.loads(file.read_text())["journeys"]]
    return {journey.name: journey for journey in journeys}
