"""One-time codes: good for a minute, for one client, one redirect address and one PKCE verifier."""

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alliance.kernel import Clock

LASTS = timedelta(seconds=60)
KEPT = timedelta(minutes=10)
"""How long a used code is remembered, so that using it again is noticed."""
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


class CodeRefused(Exception):
    """The code is not good, for the reason given."""


class CodeReused(CodeRefused):
    """Somebody has a code that was used before: what it gave is taken back (RFC 6749, section 4.1.2)."""

    def __init__(self, code: "Code") -> None:
        super().__init__("the code was used before")
        self.code = code


@dataclass
class Code:
    client: str
    redirect_uri: str
    challenge: str
    nonce: str | None
    sid: str
    issued_at: datetime
    used: bool = False
    token_id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    """Of the access token that it gives."""


class Codes:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._codes: dict[str, Code] = {}

    def issue(self, *, client: str, redirect_uri: str, challenge: str, nonce: str | None, sid: str) -> str:
        now = self._clock.now()
        self._codes = {text: code for text, code in self._codes.items() if now - code.issued_at < KEPT}
        text = secrets.token_urlsafe(32)
        self._codes[text] = Code(client, redirect_uri, challenge, nonce, sid, now)
        return text

    def redeem(self, text: str, *, client: str, redirect_uri: str, verifier: str) -> Code:
        """What the code stands for. The first try of its own client uses it up, whatever comes of it.

        Raises `CodeRefused`, or `CodeReused`.
        """
        code = self._codes.get(text)
        if code is None or code.client != client:
            raise CodeRefused("there is no such code for this client")
        if code.used:
            raise CodeReused(code)
        code.used = True
        if self._clock.now() - code.issued_at >= LASTS:
            raise CodeRefused("the code is too old")
        if redirect_uri != code.redirect_uri:
            raise CodeRefused("redirect_uri is not the one that was asked with")
        if not VERIFIER.fullmatch(verifier) or not secrets.compare_digest(challenge_of(verifier), code.challenge):
            raise CodeRefused("code_verifier does not fit code_challenge")
        return code


def challenge_of(verifier: str) -> str:
    """S256 of RFC 7636."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
