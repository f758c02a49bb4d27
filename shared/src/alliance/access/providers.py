"""An issuer as it is now: its endpoints and public keys, pinned in a file or discovered, kept and looked for again."""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from pydantic import BaseModel, ConfigDict, ValidationError

from alliance.access.issuers import Issuer
from alliance.kernel import Clock, SystemClock

if TYPE_CHECKING:
    import httpx2

Jwk = dict[str, Any]
Jwks = Mapping[str, Any]
Key = ECKey | OKPKey | RSAKey

FRESH_FOR = timedelta(hours=1)
ASKED_AGAIN_AFTER = timedelta(seconds=30)
"""Keys change seldom and anybody may send a made-up `kid`: look again now and then, not each time."""
GIVEN_UP_FOR = timedelta(seconds=5)
SECONDS = 5.0

SHORTEST_RSA = 2048


class IssuerUnreachable(Exception):
    """The issuer does not answer, or answers nonsense; a while later it may. The message is one code word."""

    transient = True


class Metadata(BaseModel):
    """OpenID Connect Discovery 1.0, section 3: what of it is used here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: str
    jwks_uri: str
    authorization_endpoint: str | None = None
    token_endpoint: str | None = None
    userinfo_endpoint: str | None = None
    end_session_endpoint: str | None = None
    authorization_response_iss_parameter_supported: bool = False

    def addresses(self) -> Iterable[str]:
        found = (
            self.jwks_uri,
            self.authorization_endpoint,
            self.token_endpoint,
            self.userinfo_endpoint,
            self.end_session_endpoint,
        )
        return (each for each in found if each is not None)


@dataclass
class Provider:
    """One issuer. What it published is kept for an hour, and longer while it cannot be reached."""

    issuer: Issuer
    clock: Clock = field(default_factory=SystemClock)
    jwks: Jwks | None = None
    """Pinned keys, for who has them at hand; else the issuer's `jwks_file` or its discovery document tells."""
    transport: "httpx2.AsyncBaseTransport | None" = None
    _metadata: Metadata | None = field(default=None, init=False, repr=False)
    _metadata_at: datetime | None = field(default=None, init=False, repr=False)
    _keys: Sequence[Key] | None = field(default=None, init=False, repr=False)
    _keys_at: datetime | None = field(default=None, init=False, repr=False)
    _failed_at: datetime | None = field(default=None, init=False, repr=False)
    _alone: asyncio.Lock = field(default_factory=asyncio.Lock, init=False, repr=False)

    async def metadata(self) -> Metadata:
        """Raises `IssuerUnreachable` where nothing is known yet and the issuer cannot be asked."""
        if self._metadata is not None and self._within(self._metadata_at, FRESH_FOR):
            return self._metadata
        async with self._alone:
            return await self._found_metadata()

    async def key(self, kid: Any) -> Key | None:
        """The public key of that name, or the only one there is for a token that names none; None if there is none.

        Raises `IssuerUnreachable` where no keys are known yet and the issuer cannot be asked.
        """
        if self._keys is None or not self._within(self._keys_at, FRESH_FOR):
            async with self._alone:
                await self._find_keys(FRESH_FOR)
        if (key := _named(kid, self._keys)) is None and not self._within(self._keys_at, ASKED_AGAIN_AFTER):
            async with self._alone:
                await self._find_keys(ASKED_AGAIN_AFTER)
            key = _named(kid, self._keys)
        return key

    async def _find_keys(self, good_for: timedelta) -> None:
        if self._keys is not None and self._within(self._keys_at, good_for):
            return
        try:
            self._keys = tuple(_usable(await self._jwks()))
            self._keys_at = self.clock.now()
        except IssuerUnreachable:
            if self._keys is None:
                raise
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            if self._keys is None:
                raise IssuerUnreachable("keys") from None

    async def _jwks(self) -> Jwks:
        if self.jwks is not None:
            return self.jwks
        if self.issuer.jwks_file is not None:
            found: Jwks = json.loads(await asyncio.to_thread(self.issuer.jwks_file.read_text))
            return found
        return await self._get((await self._found_metadata()).jwks_uri)

    async def _found_metadata(self) -> Metadata:
        if self._metadata is not None and self._within(self._metadata_at, FRESH_FOR):
            return self._metadata
        try:
            found = await self._get(f"{self.issuer.issuer.rstrip('/')}/.well-known/openid-configuration")
            self._metadata = _checked(self.issuer, found)
            self._metadata_at = self.clock.now()
        except IssuerUnreachable:
            if self._metadata is None:
                raise
        return self._metadata

    async def _get(self, url: str) -> dict[str, Any]:
        """A JSON object from the issuer. After a failure it is left in peace for a few seconds."""
        import httpx2

        if self._within(self._failed_at, GIVEN_UP_FOR):
            raise IssuerUnreachable("given-up")
        try:
            async with httpx2.AsyncClient(timeout=SECONDS, transport=self.transport) as client:
                answer = await client.get(url, headers={"Accept": "application/json"})
            found = answer.raise_for_status().json()
            if not isinstance(found, dict):
                raise ValueError("not an object")
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
            self._failed_at = self.clock.now()
            raise IssuerUnreachable("no-answer") from None
        self._failed_at = None
        return found

    def _within(self, since: datetime | None, time: timedelta) -> bool:
        return since is not None and self.clock.now() - since < time


def providers_for(issuers: Iterable[Issuer], clock: Clock | None = None) -> tuple[Provider, ...]:
    return tuple(Provider(issuer, clock or SystemClock()) for issuer in issuers)


def _checked(issuer: Issuer, found: Mapping[str, Any]) -> Metadata:
    """Discovery 1.0, section 4.3: the document speaks of the issuer that was asked; and https does not end there."""
    try:
        metadata = Metadata.model_validate(found)
    except ValidationError:
        raise IssuerUnreachable("metadata") from None
    if metadata.issuer != issuer.issuer:
        raise IssuerUnreachable("other-issuer")
    allowed = {"https", urlsplit(issuer.issuer).scheme}
    if any(urlsplit(address).scheme not in allowed for address in metadata.addresses()):
        raise IssuerUnreachable("not-https")
    return metadata


def _usable(found: Jwks) -> Iterator[Key]:
    """Keys for signatures, of kinds that are known here; issuers publish others beside them."""
    kinds: dict[Any, type[ECKey] | type[OKPKey] | type[RSAKey]] = {"EC": ECKey, "OKP": OKPKey, "RSA": RSAKey}
    for jwk in found["keys"]:
        if jwk.get("kty") in kinds and jwk.get("use", "sig") == "sig":
            with suppress(JoseError, ValueError, TypeError, KeyError):
                yield kinds[jwk["kty"]].import_key(dict(jwk))


def _named(kid: Any, keys: Sequence[Key] | None) -> Key | None:
    """A token that names no key may mean the only one."""
    if keys and kid is None and len(keys) == 1:
        return keys[0]
    return next((key for key in keys or () if isinstance(kid, str) and key.kid == kid), None)
