"""Reporting's settings, read once by `main.py`; the agreement compiles them."""

from pydantic import Field

from alliance.service import ServiceSettings


class Settings(ServiceSettings):
    close_after_days: int = Field(
        default=10,
        ge=0,
        le=366,
        validation_alias="REPORTING_CLOSE_AFTER_DAYS",
        description="how many days after its end the figures of a month become final",
    )
