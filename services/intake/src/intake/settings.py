"""The front door's settings, read once by `main.py`."""

from datetime import timedelta

from pydantic import Field

from alliance.service import ServiceSettings
from intake.domain.records import Promise


class Settings(ServiceSettings):
    """The agreement compiles these. `recipients`: which services receive details, and who owns each."""

    recipients: dict[str, str] = Field(default_factory=dict, validation_alias="INTAKE_RECIPIENTS")
    look_within_hours: float = Field(default=24, gt=0, validation_alias="INTAKE_LOOK_WITHIN_HOURS")
    look_within_hours_when_unsafe: float = Field(
        default=1, gt=0, validation_alias="INTAKE_LOOK_WITHIN_HOURS_WHEN_UNSAFE"
    )
    contact_attempts: int = Field(default=3, ge=1, validation_alias="INTAKE_CONTACT_ATTEMPTS")

    @property
    def promise(self) -> Promise:
        return Promise(
            look_within=timedelta(hours=self.look_within_hours),
            look_within_when_unsafe=timedelta(hours=self.look_within_hours_when_unsafe),
            contact_attempts=self.contact_attempts,
        )
