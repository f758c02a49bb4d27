"""What every service is told from outside, once, at start; a service's own settings are a subclass."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRETS = Path("/run/secrets")
"""Where Docker, Podman and Kubernetes put secrets as files."""


class ServiceTerms(BaseModel):
    """What the agreement says of one service: who runs it, where it is, and whose people may hold which role there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: str
    url: str
    organisation: str
    organisation_name: str = ""
    roles: dict[str, tuple[str, ...]] = {}


class ServiceSettings(BaseSettings):
    """Read from the environment (`ALLIANCE_…`), else from files of the same name in `/run/secrets`.

    There is no default for a secret. `environment` is production unless somebody says otherwise.
    """

    model_config = SettingsConfigDict(
        env_prefix="ALLIANCE_",
        secrets_dir=SECRETS if SECRETS.is_dir() else None,
        frozen=True,
        extra="ignore",
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    environment: Literal["development", "production"] = "production"
    organisation: str = Field(description="the member that owns this service")
    amqp_url: SecretStr = Field(description="amqp(s)://service-user:password@host:port/alliance")
    mongodb_url: SecretStr
    mongodb_driver: Literal["pymongo", "motor"] = "pymongo"
    database: str = Field(default="", description="defaults to the service's name")
    services: dict[str, ServiceTerms] = Field(default={}, description="all services of the agreement, by name")
    sign_in_file: Path | None = Field(default=None, description="whose sign-ins and tokens are trusted, as TOML")
    nhs_brand: bool = Field(default=False, description="the NHS letters and lozenge: for NHS bodies only")
    session_idle_minutes: int = Field(default=30, ge=1, le=24 * 60)
    session_hours: int = Field(default=10, ge=1, le=24, description="after which everybody signs in again")
    audit_anchor_seconds: float | None = Field(
        default=None, gt=0, description="how often the audit trail is anchored; 900, in development 60, if not said"
    )
    glass_hours: int = Field(default=8, ge=1, le=24, description="how long broken glass opens a person's records")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    run: Literal["all", "api", "worker"] = Field(default="all", description="the same image as API, as worker, or both")
    graceful_seconds: int = Field(default=20, ge=1, description="how long work in hand may take when stopping")

    @property
    def anchor_every(self) -> float:
        return self.audit_anchor_seconds or (60 if self.environment == "development" else 900)

    @model_validator(mode="after")
    def no_development_secrets_in_production(self) -> Self:
        if self.environment == "production":
            for url in (self.amqp_url, self.mongodb_url):
                if "guest:guest@" in url.get_secret_value():
                    raise ValueError("the well-known guest account is not for production")
        return self
