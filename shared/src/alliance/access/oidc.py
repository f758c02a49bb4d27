"""Sign-in by an OpenID Connect issuer: authorization code with PKCE, and everything that comes back checked.

authlib validates the claims; see `talking` for why it is imported late.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from joserfc.errors import ClaimError, JoseError

from alliance.access.caller import Caller
from alliance.access.claims import TokenRefused, caller_from
from alliance.access.issuers import Issuer
from alliance.access.pending import Pending, SignIns
from alliance.access.providers import IssuerUnreachable, Metadata, Provider
from alliance.access.sessions import Session
from alliance.access.signatures import Signed, verified
from alliance.access.talking import SignInFailed, asked, session_with
from alliance.kernel import Clock

CALLBACK = "/sign-in/callback"
SIGNED_OUT = "/signed-out"
LEEWAY_SECONDS = 30

_OTHER_KINDS = ("at+jwt", "application/at+jwt", "logout+jwt", "application/logout+jwt")


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """What an issuer said, checked."""

    caller: Caller
    issuer: Issuer
    subject: str
    """As the issuer itself says it: what its logout tokens will name."""
    sid: str | None
    auth_time: datetime | None
    id_token: str
    next: str


@dataclass(frozen=True, kw_only=True)
class Client:
    """This service as its issuers know it."""

    providers: Sequence[Provider]
    pending: SignIns
    url: str
    """Where browsers find the service; never taken from a request."""
    clock: Clock

    @property
    def host(self) -> str:
        """As a browser names it in its requests."""
        return urlsplit(self.url).netloc

    @property
    def issuers(self) -> list[Issuer]:
        """Those by whom people can sign in."""
        return [provider.issuer for provider in self.providers if provider.issuer.signs_in]

    async def begin(self, issuer: Issuer, browser: str, next_: str) -> str:
        """The address at the issuer where the person goes on. Raises `IssuerUnreachable`."""
        provider = self._provider(issuer.issuer)
        metadata = await provider.metadata()
        if metadata.authorization_endpoint is None or metadata.token_endpoint is None:
            raise IssuerUnreachable("metadata")
        pending = await self.pending.open(browser, issuer=issuer.issuer, next_=next_)
        async with await session_with(provider, self._callback(issuer)) as session:
            more = {"prompt": issuer.prompt} if issuer.prompt else {}
            url, _ = session.create_authorization_url(
                metadata.authorization_endpoint,
                state=pending.state,
                nonce=pending.nonce,
                code_verifier=pending.verifier,
                **more,
            )
        return str(url)

    async def finish(self, answer: Mapping[str, str], browser: str | None, by: str = "") -> SignedIn:
        """Who signed in, from the parameters that the issuer sent the browser back with; `by` is the callback's end.

        Raises `SignInFailed` or `IssuerUnreachable`. Whatever comes of it, the sign-in is used up.
        """
        pending = await self.pending.take(browser, answer.get("state"))
        if pending is None:
            raise SignInFailed("state")
        provider = self._provider(pending.issuer)
        metadata = await provider.metadata()
        self._not_mixed_up(provider.issuer, metadata, answer, by)
        if "error" in answer:
            raise SignInFailed("denied" if answer["error"] == "access_denied" else "issuer-error", provider.issuer)
        if not answer.get("code"):
            raise SignInFailed("code", provider.issuer)
        try:
            return await self._exchange(provider, metadata, pending, answer["code"])
        except TokenRefused as refused:
            raise SignInFailed(str(refused), provider.issuer) from None

    async def leave(self, session: Session) -> str | None:
        """Where the browser goes to sign out at the issuer as well; None where the issuer has no such place."""
        try:
            provider = self._provider(session.caller.issuer)
            metadata = await provider.metadata()
        except (SignInFailed, IssuerUnreachable):
            return None
        if metadata.end_session_endpoint is None or not provider.issuer.client_id:
            return None
        told = {"client_id": provider.issuer.client_id, "post_logout_redirect_uri": f"{self.url}{SIGNED_OUT}"}
        if session.id_token:
            told["id_token_hint"] = session.id_token
        joint = "&" if "?" in metadata.end_session_endpoint else "?"
        return f"{metadata.end_session_endpoint}{joint}{urlencode(told)}"

    def label_of(self, issuer: str) -> str | None:
        return next((each.label for each in self.issuers if each.issuer == issuer), None)

    def _callback(self, issuer: Issuer) -> str:
        """RFC 9700, section 4.4.2: one address for each issuer, so that nobody's answer is taken for another's."""
        return f"{self.url}{CALLBACK}/{issuer.prefix}" if issuer.prefix else f"{self.url}{CALLBACK}"

    def _provider(self, issuer: str) -> Provider:
        for provider in self.providers:
            if provider.issuer.issuer == issuer and provider.issuer.signs_in:
                return provider
        raise SignInFailed("issuer")

    def _not_mixed_up(self, issuer: Issuer, metadata: Metadata, answer: Mapping[str, str], by: str) -> None:
        """RFC 9207: who answers is who was asked; an issuer that says it tells must tell."""
        said = answer.get("iss")
        silent = said is None and not metadata.authorization_response_iss_parameter_supported
        if by != issuer.prefix or not (silent or said == issuer.issuer):
            raise SignInFailed("mix-up", issuer)

    async def _exchange(self, provider: Provider, metadata: Metadata, pending: Pending, code: str) -> SignedIn:
        issuer = provider.issuer
        async with await session_with(provider, self._callback(issuer), metadata, self.clock) as session:
            tokens = await asked(issuer, session.fetch_token, code=code, code_verifier=pending.verifier)
            id_token = tokens.get("id_token")
            if not isinstance(id_token, str):
                raise SignInFailed("id-token", issuer)
            signed = await verified(id_token, provider)
            self._check(issuer, signed, pending.nonce, tokens.get("access_token"))
            subject, claims = signed.claims["sub"], signed.claims
            if issuer.claims.source == "userinfo":
                claims = await self._userinfo(issuer, session, metadata, subject)
        sid, since = signed.claims.get("sid"), signed.claims.get("auth_time")
        return SignedIn(
            caller=caller_from(issuer, claims, subject=subject),
            issuer=issuer,
            subject=subject,
            sid=sid if isinstance(sid, str) else None,
            auth_time=datetime.fromtimestamp(since, UTC) if isinstance(since, int | float) else None,
            id_token=id_token,
            next=pending.next,
        )

    def _check(self, issuer: Issuer, signed: Signed, nonce: str, access_token: Any) -> None:
        """OpenID Connect Core 1.0, section 3.1.3.7. Raises `SignInFailed` with the claim that is wrong."""
        from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]

        if signed.header.get("typ") in _OTHER_KINDS:
            raise SignInFailed("type", issuer)
        expected = {
            "iss": {"essential": True, "values": [issuer.issuer]},
            "aud": {"essential": True, "values": [issuer.client_id]},
            "sub": {"essential": True},
        }
        given = {"nonce": nonce, "client_id": issuer.client_id, "access_token": access_token}
        try:
            token = CodeIDToken(signed.claims, signed.header, expected, given)
            token.validate(now=int(self.clock.now().timestamp()), leeway=LEEWAY_SECONDS)
        except ClaimError as wrong:
            raise SignInFailed(wrong.claim, issuer) from None
        except JoseError:
            raise SignInFailed("id-token", issuer) from None

    async def _userinfo(self, issuer: Issuer, session: Any, metadata: Metadata, subject: str) -> dict[str, Any]:
        """What userinfo says; only of whom the ID token names (OpenID Connect Core 1.0, section 5.3.2)."""
        if metadata.userinfo_endpoint is None:
            raise SignInFailed("userinfo", issuer)
        answer = await asked(issuer, session.get, metadata.userinfo_endpoint)
        try:
            found = answer.raise_for_status().json()
        except ValueError:
            found = None
        if not isinstance(found, dict) or found.get("sub") != subject:
            raise SignInFailed("userinfo", issuer)
        return found
