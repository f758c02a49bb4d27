"""What the development issuer is told from outside. Outside development it does not start at all."""

from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class IssuerSettings(BaseSettings):
    """Read from the environment (`ALLIANCE_SIGN_IN_…`, and what every service is told as well)."""

    model_config = SettingsConfigDict(
        env_prefix="ALLIANCE_SIGN_IN_", frozen=True, extra="ignore", populate_by_name=True
    )

    environment: Literal["development", "production"] = Field(
        default="production", validation_alias="ALLIANCE_ENVIRONMENT"
    )
    services: dict[str, dict[str, Any]] = Field(validation_alias="ALLIANCE_SERVICES")
    key_file: Path = Field(description="the private key that signs, a JWK")
    clients: Path = Field(description="a folder: <client> has its secret, <client>.jwks.json its public keys")
    personas: Path
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)

    @property
    def issuer(self) -> str:
        """Its name, and where browsers and programs alike find it."""
        return f"http://localhost:{self.port}"

    @model_validator(mode="after")
    def never_in_production(self) -> Self:
        if self.environment != "development":
            raise ValueError(
                "The development sign-in lets anybody be anybody and starts only where ALLIANCE_ENVIRONMENT is "
                "development. Elsewhere name a real issuer: docs/connect-an-issuer.md."
            )
        return self
