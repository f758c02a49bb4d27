"""Triage's settings, read once by `main.py`."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, field_validator

from alliance.service import ServiceSettings
from alliance.service.bank_holidays import known_bank_holidays
from alliance.web.limiting import checked_rate
from triage.application.directory import DirectoryTerms
from triage.application.offers import OfferTerms
from triage.domain.codes import Support, WaitClock
from triage.domain.national import FullStop
from triage.domain.waits import Targets

Percent = Annotated[int, Field(ge=1, le=99)]

EXAMPLE_WEEKLY_PENCE = {
    Support.PEER_SUPPORT: 6_000,
    Support.CLUBHOUSE: 4_500,
    Support.MONEY_AND_WORK_ADVICE: 5_500,
    Support.TALKING_THERAPIES: 9_000,
    Support.CRISIS_HOUSE: 120_000,
    Support.GP_PLUS: 3_000,
}
"""Made-up figures: what a kind of support costs a week, in pence."""


class Settings(ServiceSettings):
    """The agreement compiles these. Hours may be fractions, so that a demonstration need not last a week."""

    very_urgent_hours: float = Field(default=4, gt=0, validation_alias="TRIAGE_VERY_URGENT_HOURS")
    urgent_hours: float = Field(default=24, gt=0, validation_alias="TRIAGE_URGENT_HOURS")
    support_hours: float = Field(default=168, gt=0, validation_alias="TRIAGE_SUPPORT_HOURS")
    community_days: int = Field(default=28, gt=0, validation_alias="TRIAGE_COMMUNITY_DAYS")
    full_stop: FullStop = Field(
        default=FullStop(), validation_alias="TRIAGE_FULL_STOP", description="what the national clock asks for"
    )
    at_risk_percents: dict[WaitClock, Percent] = Field(
        default={}, validation_alias="TRIAGE_AT_RISK_PERCENTS", description="by clock; 75 where left out"
    )
    bank_holidays: frozenset[date] = Field(
        default_factory=known_bank_holidays,
        validation_alias="TRIAGE_BANK_HOLIDAYS",
        description="those of England and Wales as packaged with govuk-bank-holidays, unless given",
    )
    providers: dict[str, str] = Field(
        default={}, validation_alias="TRIAGE_PROVIDERS", description="the members that give support, by id"
    )
    weekly_pence: dict[Support, int] = Field(
        default_factory=lambda: dict(EXAMPLE_WEEKLY_PENCE), validation_alias="TRIAGE_WEEKLY_PENCE"
    )

    offer_days: float = Field(default=14, gt=0, validation_alias="TRIAGE_OFFER_DAYS")

    assure_days: int = Field(default=182, gt=0, validation_alias="TRIAGE_ASSURE_DAYS")
    harvests_each: str = Field(default="60/minute", validation_alias="TRIAGE_HARVESTS_EACH")
    harvests_together: str = Field(default="1200/minute", validation_alias="TRIAGE_HARVESTS_TOGETHER")

    proxies: tuple[str, ...] = Field(
        default=(),
        validation_alias="TRIAGE_PROXIES",
        description="networks of our own proxies, whose X-Forwarded-For is believed",
    )

    @field_validator("harvests_each", "harvests_together")
    @classmethod
    def _is_a_rate(cls, text: str) -> str:
        return checked_rate(text)

    @property
    def directory_terms(self) -> DirectoryTerms:
        return DirectoryTerms(assure_days=self.assure_days)

    @property
    def offer_terms(self) -> OfferTerms:
        return OfferTerms(lasts=timedelta(days=self.offer_days))

    @property
    def targets(self) -> Targets:
        return Targets(
            very_urgent_hours=self.very_urgent_hours,
            urgent_hours=self.urgent_hours,
            support_hours=self.support_hours,
            community_days=self.community_days,
            full_stop=self.full_stop,
            at_risk_percents=self.at_risk_percents,
        )
