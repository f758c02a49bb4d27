"""Whose word about people is believed: the issuers in the sign-in file, and what each may say about whom."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from alliance.access.caller import SUBJECT
from alliance.access.claims import ClaimNames

Method = Literal["client_secret_basic", "client_secret_post", "private_key_jwt", "none"]

SCOPES = ("openid", "profile")

_PREFIX = re.compile(r"[a-z0-9][a-z0-9-]{0,15}")


class IssuersWrong(ValueError):
    """The sign-in file cannot be used; the message names the file, the issuer and what is wrong, and no secret."""


class Issuer(BaseModel):
    """One `[[issuers]]` table of the sign-in file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str = Field(min_length=1, description="exactly as in its tokens and its discovery document")
    label: str = Field(default="Sign in", min_length=1, max_length=80, description="what people choose it by")
    prefix: str = Field(default="", description="kept before its subjects, so that they are nobody else's")
    organisations: tuple[str, ...] = Field(min_length=1, description="the members that it may vouch for")
    client_id: str | None = Field(default=None, description="without it, no browser sign-in: tokens only")
    client_secret_file: Path | None = None
    private_key_file: Path | None = Field(default=None, description="a private JWK, for private_key_jwt")
    jwks_file: Path | None = Field(default=None, description="pinned public keys, instead of discovery")
    audience: str | None = Field(default=None, description="of its access tokens; else the service's name")
    scopes: tuple[str, ...] = SCOPES
    prompt: str | None = Field(default=None, description="CIS2: login")
    claims: ClaimNames = ClaimNames()
    organisation_codes: Mapping[str, str] = Field(default_factory=dict)
    role_codes: Mapping[str, str] = Field(default_factory=dict)

    @property
    def signs_in(self) -> bool:
        """Whether people can sign in by it."""
        return self.client_id is not None

    @property
    def host(self) -> str:
        """For logs."""
        return urlsplit(self.issuer).netloc or self.issuer

    @property
    def method(self) -> Method:
        """How this client proves itself to the issuer."""
        if self.private_key_file is not None:
            return "private_key_jwt"
        return "client_secret_basic" if self.client_secret_file is not None else "none"

    def secret(self) -> str | None:
        """The client secret, or the private key as JSON."""
        file = self.private_key_file or self.client_secret_file
        return file.read_text(encoding="utf-8").strip() if file else None

    @model_validator(mode="after")
    def makes_sense(self) -> Self:
        if (self.signs_in or self.jwks_file is None) and not _is_address(self.issuer):
            raise ValueError("is no address to discover endpoints and keys at; with jwks_file it is for tokens only")
        if self.client_secret_file and self.private_key_file:
            raise ValueError("has both client_secret_file and private_key_file")
        if self.prefix and not _PREFIX.fullmatch(self.prefix):
            raise ValueError("prefix takes up to 16 small letters, digits and hyphens")
        if not self.claims.organisation and len(self.organisations) != 1:
            raise ValueError("claims.organisation may be empty only where the issuer vouches for one organisation")
        if self.signs_in and "openid" not in self.scopes:
            raise ValueError("scopes need openid")
        for member in (*self.organisations, *self.organisation_codes.values()):
            if not SUBJECT.fullmatch(member):
                raise ValueError("organisations are ids of members")
        if others := set(self.organisation_codes.values()) - set(self.organisations):
            raise ValueError(f"organisation_codes name what it does not vouch for: {', '.join(sorted(others))}")
        return self


def read_issuers(path: Path, *, development: bool = False) -> tuple[Issuer, ...]:
    """The issuers of a sign-in file, in its order; file names in it are relative to it. Raises `IssuersWrong`.

    Outside development every issuer that is asked over the network is asked over https.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise IssuersWrong(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise IssuersWrong(f"{path}: {error}") from None
    tables = found.pop("issuers", None)
    if found or not isinstance(tables, list) or not tables:
        raise IssuersWrong(f"{path}: holds [[issuers]] tables, at least one, and nothing else")
    issuers = tuple(_read(path, number, table) for number, table in enumerate(tables, start=1))
    check(issuers, development=development, where=str(path))
    return issuers


def check(issuers: Iterable[Issuer], *, development: bool, where: str) -> None:
    """Raises `IssuersWrong` where several issuers could be taken for each other, or one is not safe to ask."""
    issuers = tuple(issuers)
    for issuer in issuers:
        if urlsplit(issuer.issuer).scheme == "http" and not development:
            raise IssuersWrong(f"{where}: {issuer.issuer} is not https, which is for development only")
    if len({issuer.issuer for issuer in issuers}) != len(issuers):
        raise IssuersWrong(f"{where}: an issuer is named twice")
    prefixes = [issuer.prefix for issuer in issuers]
    if len(issuers) > 1 and ("" in prefixes or len(set(prefixes)) != len(prefixes)):
        raise IssuersWrong(f"{where}: of several issuers each needs a prefix of its own, since subjects may be alike")


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.hostname) and parts.scheme in ("https", "http") and not parts.query and not parts.fragment


def _read(path: Path, number: int, table: Any) -> Issuer:
    name = table.get("issuer", f"number {number}") if isinstance(table, dict) else f"number {number}"
    try:
        issuer = Issuer.model_validate(table)
    except ValidationError as error:
        wrong = "; ".join(_said(each) for each in error.errors(include_url=False, include_input=False))
        raise IssuersWrong(f"{path}: issuer {name}: {wrong}") from None
    files = {
        field: path.parent / file
        for field in ("client_secret_file", "private_key_file", "jwks_file")
        if (file := getattr(issuer, field)) is not None
    }
    for field, file in files.items():
        if not file.is_file():
            raise IssuersWrong(f"{path}: issuer {name}: {field}: there is no file {file}")
    return issuer.model_copy(update=files)


def _said(error: Any) -> str:
    place = ".".join(str(part) for part in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{place}: {message}" if place else message
