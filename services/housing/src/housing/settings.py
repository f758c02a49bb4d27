"""Housing's own settings, read once by `main.py`."""

from datetime import timedelta

from pydantic import Field

from alliance.service import ServiceSettings


class HousingSettings(ServiceSettings):
    offer_days: float = Field(
        default=7,
        gt=0,
        validation_alias="HOUSING_OFFER_DAYS",
        description="how long an offer may be answered; parts of a day are good (0.001 is 86 seconds)",
    )

    @property
    def offer_lasts(self) -> timedelta:
        return timedelta(days=self.offer_days)
