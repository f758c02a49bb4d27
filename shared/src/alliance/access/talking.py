"""What is said between this service and an issuer, in the words of authlib, which are loaded at the first sign-in.

Loading them takes a second; six services start at once on machines with two processors.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from joserfc.jwk import import_key

from alliance.access.issuers import Issuer
from alliance.access.providers import SECONDS, IssuerUnreachable, Metadata, Provider
from alliance.kernel import Clock

ASSERTION_SECONDS = 60

_ALGORITHM_OF = {"RSA": "RS256", "EC": "ES256", "OKP": "Ed25519"}


class SignInFailed(Exception):
    """Nobody was signed in. `reason` is one code word, which may be logged and for which a page has a sentence."""

    def __init__(self, reason: str, issuer: Issuer | None = None) -> None:
        super().__init__(reason)
        self.reason, self.issuer = reason, issuer


async def session_with(
    provider: Provider, callback: str, metadata: Metadata | None = None, clock: Clock | None = None
) -> Any:
    """authlib's client for one exchange."""
    issuer = provider.issuer
    libraries = await asyncio.to_thread(_libraries)
    secret = await asyncio.to_thread(issuer.secret)
    session = libraries.client(
        client_id=issuer.client_id,
        client_secret=secret,
        token_endpoint_auth_method=issuer.method,
        scope=" ".join(issuer.scopes),
        redirect_uri=callback,
        code_challenge_method="S256",
        token_endpoint=metadata.token_endpoint if metadata else None,
        timeout=SECONDS,
        transport=provider.transport,
    )
    if issuer.method == "private_key_jwt" and secret and metadata and clock:
        key = import_key(json.loads(secret))
        now = int(clock.now().timestamp())
        session.client_secret = key
        session.register_client_auth_method(
            libraries.private_key_jwt(
                metadata.token_endpoint,
                claims={"iat": now, "exp": now + ASSERTION_SECONDS},
                headers={"kid": key.kid} if key.kid else {},
                alg=key.get("alg") or _ALGORITHM_OF[key.key_type],
            )
        )
    return session


@dataclass(frozen=True)
class _Libraries:
    client: Any
    private_key_jwt: Any


def _libraries() -> _Libraries:
    """In a thread, so that the first sign-in after a start does not hold everybody else up."""
    import authlib.oidc.core  # type: ignore[import-untyped] # noqa: F401 - needed a moment later
    from authlib.integrations.httpx_client import AsyncOAuth2Client  # type: ignore[import-untyped]
    from authlib.oauth2.rfc7523 import PrivateKeyJWT  # type: ignore[import-untyped]

    return _Libraries(AsyncOAuth2Client, PrivateKeyJWT)


async def asked(issuer: Issuer, ask: Any, *arguments: Any, **named: Any) -> Any:
    """What the issuer answers. Raises `IssuerUnreachable`, or `SignInFailed` where it says no."""
    import httpx2
    from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]

    try:
        return await ask(*arguments, **named)
    except AuthlibBaseError:
        raise SignInFailed("code", issuer) from None
    except (httpx2.HTTPError, ValueError):
        raise IssuerUnreachable("no-answer") from None
