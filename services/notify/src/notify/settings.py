"""Notify's settings, read once by `main.py`; the agreement compiles them."""

from datetime import timedelta
from typing import Annotated

from pydantic import AliasChoices, Field

from alliance.service import ServiceSettings

Seconds = Annotated[int, Field(gt=0)]


class Settings(ServiceSettings):
    steps_seconds: tuple[Seconds, ...] = Field(
        default=(900, 1800),
        min_length=1,
        max_length=2,
        validation_alias=AliasChoices("NOTIFY_STEPS_SECONDS", "NOTIFY_ESCALATION_STEPS_SECONDS"),
        description="how long the duty worker, then the team lead, has to acknowledge before the next is asked",
    )
    details_wait_seconds: float = Field(
        default=86_400,
        gt=0,
        validation_alias="NOTIFY_DETAILS_WAIT_SECONDS",
        description="how long a message waits for the person's details",
    )

    @property
    def details_wait(self) -> timedelta:
        return timedelta(seconds=self.details_wait_seconds)
