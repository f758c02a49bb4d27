"""Notify's settings, read once by `main.py`; the agreement compiles them."""

from datetime import date, time, timedelta
from email.headerregistry import Address
from typing import Annotated, Self

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator

from alliance.kernel import WorkingDays
from alliance.service import ServiceSettings
from alliance.service.bank_holidays import known_bank_holidays
from notify.adapters.smtp import MailServer
from notify.domain.mornings import Mornings

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
    languages: tuple[str, ...] | None = Field(
        default=None,
        validation_alias="NOTIFY_LANGUAGES",
        description="in which people are written to besides English; if not said, those that a speaker has checked, "
        "and in development all",
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        validation_alias="NOTIFY_SMTP_URL",
        description="smtp(s)://user:password@host:port; without it nothing leaves",
    )
    mail_from: str | None = Field(default=None, validation_alias="NOTIFY_MAIL_FROM", description="the sender's address")
    smtp_plain: bool = Field(
        default=False, validation_alias="NOTIFY_SMTP_PLAIN", description="without encryption, in development only"
    )

    digest_at: time = Field(
        default=time(8),
        validation_alias="NOTIFY_DIGEST_AT",
        description="when staff who want it are sent how much waits for them, in London, on working days",
    )
    bank_holidays: frozenset[date] = Field(
        default_factory=known_bank_holidays,
        validation_alias="NOTIFY_BANK_HOLIDAYS",
        description="those of England and Wales as packaged with govuk-bank-holidays, unless given",
    )

    @field_validator("digest_at")
    @classmethod
    def is_in_london(cls, value: time) -> time:
        if value.tzinfo is not None:
            raise ValueError("a time of day in London is asked for, without a zone")
        return value

    @field_validator("mail_from")
    @classmethod
    def is_an_address(cls, value: str | None) -> str | None:
        if value is not None and not (value.isascii() and Address(addr_spec=value).domain):
            raise ValueError("an address with a domain is asked for, without letters that not every mail server takes")
        return value

    @model_validator(mode="after")
    def mail_goes_out_encrypted_and_from_somebody(self) -> Self:
        if (self.smtp_url is None) != (self.mail_from is None):
            raise ValueError("NOTIFY_SMTP_URL and NOTIFY_MAIL_FROM belong together")
        if self.smtp_plain and self.environment != "development":
            raise ValueError("mail without encryption is not for production")
        if self.smtp_url is not None:
            MailServer.at(self.smtp_url.get_secret_value())
        return self

    @property
    def mail_server(self) -> MailServer | None:
        return MailServer.at(self.smtp_url.get_secret_value(), plain=self.smtp_plain) if self.smtp_url else None

    @property
    def details_wait(self) -> timedelta:
        return timedelta(seconds=self.details_wait_seconds)

    @property
    def mornings(self) -> Mornings:
        return Mornings(WorkingDays(self.bank_holidays), self.digest_at)

    @property
    def own_url(self) -> str:
        """Where staff find this service; empty where the agreement does not say."""
        own = self.services.get("notify")
        return own.url.rstrip("/") if own else ""
