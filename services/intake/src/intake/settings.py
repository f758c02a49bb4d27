"""The front door's settings, read once by `main.py`."""

from datetime import timedelta

from pydantic import Field, field_validator

from alliance.contracts.catalogue import SERVICES
from alliance.service import ServiceSettings
from alliance.web.limiting import checked_rate
from intake.application.matches import Remembering
from intake.application.rights import RightsTerms
from intake.domain.keeping import KeepingTerms
from intake.domain.records import Promise

API_SENDS = ("30/10 minutes", "600/10 minutes")


class Settings(ServiceSettings):
    """The agreement compiles these. `recipients`: which services receive details, and who owns each."""

    recipients: dict[str, str] = Field(default_factory=dict, validation_alias="INTAKE_RECIPIENTS")
    sharing_agreement: str = Field(
        default="",
        max_length=100,
        validation_alias="INTAKE_SHARING_AGREEMENT",
        description="the reference of the information-sharing agreement under which details go to others",
    )
    look_within_hours: float = Field(default=24, gt=0, validation_alias="INTAKE_LOOK_WITHIN_HOURS")
    look_within_hours_when_unsafe: float = Field(
        default=1, gt=0, validation_alias="INTAKE_LOOK_WITHIN_HOURS_WHEN_UNSAFE"
    )
    contact_attempts: int = Field(default=3, ge=1, validation_alias="INTAKE_CONTACT_ATTEMPTS")
    not_the_same_days: float = Field(
        default=730,
        gt=0,
        validation_alias="INTAKE_NOT_THE_SAME_DAYS",
        description="how long it is remembered that two records are of two people",
    )
    decide_later_days: float = Field(default=7, gt=0, validation_alias="INTAKE_DECIDE_LATER_DAYS")
    contact_days: int = Field(
        default=2, ge=1, le=14, validation_alias="INTAKE_CONTACT_DAYS", description="attempts are on so many days"
    )
    contact_within_hours: float = Field(default=24, gt=0, validation_alias="INTAKE_CONTACT_WITHIN_HOURS")
    contact_within_hours_when_unsafe: float = Field(
        default=2, gt=0, validation_alias="INTAKE_CONTACT_WITHIN_HOURS_WHEN_UNSAFE"
    )
    touch_within_hours: float = Field(
        default=72,
        gt=0,
        validation_alias="INTAKE_TOUCH_WITHIN_HOURS",
        description="how long an introduction that somebody has taken on may be left alone",
    )
    contact_check_days: int = Field(
        default=60,
        ge=1,
        validation_alias="INTAKE_CONTACT_CHECK_DAYS",
        description="until somebody who waits is asked whether how to reach them has changed, and again",
    )
    confirm_erasure_hours: float = Field(
        default=72,
        gt=0,
        validation_alias="INTAKE_CONFIRM_ERASURE_HOURS",
        description="until a silent service is told of",
    )
    retention_days: int = Field(
        default=7305,
        ge=1,
        validation_alias="INTAKE_RETENTION_DAYS",
        description="how long a record is kept after the last that was done for the person",
    )
    record_days: int = Field(
        default=90, ge=1, validation_alias="INTAKE_RECORD_DAYS", description="how long a gathered copy is kept"
    )
    retention_days_after_death: int = Field(
        default=3653, ge=1, validation_alias="INTAKE_RETENTION_DAYS_AFTER_DEATH", description="in place of the other"
    )
    crisis_line: str = Field(
        default="",
        validation_alias="INTAKE_CRISIS_LINE",
        description="the alliance's own number, shown with the others",
    )
    crisis_line_name: str = Field(default="Our crisis line", validation_alias="INTAKE_CRISIS_LINE_NAME")
    sends_each: str = Field(
        default="10/10 minutes", validation_alias="INTAKE_SENDS_EACH", description="introductions from one address"
    )
    sends_together: str = Field(
        default="120/10 minutes", validation_alias="INTAKE_SENDS_TOGETHER", description="introductions from all"
    )
    api_sends_each: str = Field(
        default="", validation_alias="INTAKE_API_SENDS_EACH", description="introductions by the API from one address"
    )
    api_sends_together: str = Field(default="", validation_alias="INTAKE_API_SENDS_TOGETHER")
    openings_each: str = Field(
        default="20/10 minutes", validation_alias="INTAKE_OPENINGS_EACH", description="attempts at a status page"
    )
    openings_together: str = Field(default="1000/10 minutes", validation_alias="INTAKE_OPENINGS_TOGETHER")
    proxies: tuple[str, ...] = Field(
        default=(), validation_alias="INTAKE_PROXIES", description="networks whose X-Forwarded-For is believed"
    )

    @field_validator("sends_each", "sends_together", "openings_each", "openings_together")
    @classmethod
    def _is_a_rate(cls, text: str) -> str:
        return checked_rate(text)

    @field_validator("api_sends_each", "api_sends_together")
    @classmethod
    def _is_a_rate_or_nothing(cls, text: str) -> str:
        return checked_rate(text) if text else ""

    @property
    def api_sends(self) -> tuple[str, str]:
        """What is not set is roomy in development, where everything comes from one address."""
        each, together = ("100000/minute",) * 2 if self.environment == "development" else API_SENDS
        return self.api_sends_each or each, self.api_sends_together or together

    @property
    def remembering(self) -> Remembering:
        return Remembering(
            not_the_same=timedelta(days=self.not_the_same_days), later=timedelta(days=self.decide_later_days)
        )

    @property
    def rights_terms(self) -> RightsTerms:
        """Every service of the agreement holds something, or says that it does not."""
        return RightsTerms(
            holders=tuple(sorted(self.services)) or SERVICES,
            confirm_within=timedelta(hours=self.confirm_erasure_hours),
            package_lasts=timedelta(days=self.record_days),
        )

    @property
    def keeping(self) -> KeepingTerms:
        return KeepingTerms(
            after_contact=timedelta(days=self.retention_days),
            after_death=timedelta(days=self.retention_days_after_death),
        )

    @property
    def promise(self) -> Promise:
        return Promise(
            look_within=timedelta(hours=self.look_within_hours),
            look_within_when_unsafe=timedelta(hours=self.look_within_hours_when_unsafe),
            contact_attempts=self.contact_attempts,
            contact_days=self.contact_days,
            contact_within=timedelta(hours=self.contact_within_hours),
            contact_within_when_unsafe=timedelta(hours=self.contact_within_hours_when_unsafe),
            touch_within=timedelta(hours=self.touch_within_hours),
            contact_check_days=self.contact_check_days,
        )
