"""A real mail server in the test's own process, which does what it is told to do with the next mail."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "notify", "not/a real:password"
OK = "250 OK"

authority = trustme.CA()
trusting = ssl.create_default_context()
authority.configure_trust(trusting)


def _certified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@dataclass
class PostOffice:
    """`says_to_address` and `says_to_mail` are its next answers; after those it takes everything."""

    port: int
    offers_tls: bool = True
    implicit: bool = False
    asks_password: bool = True
    says_to_address: list[str] = field(default_factory=list)
    says_to_mail: list[str] = field(default_factory=list)
    thinks_seconds: float = 0
    """Before it answers to a mail that it takes."""
    says_goodbye: bool = True
    taken: list[EmailMessage] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    """Of all that it took, as it came."""
    recipients: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    connections: int = 0

    async def handle_RCPT(  # noqa: N802 - its library calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.says_to_address:
            return self.says_to_address.pop(0)
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.says_to_mail:
            return self.says_to_mail.pop(0)
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.lines += envelope.content.splitlines()
        self.recipients += envelope.rcpt_tos
        self.encrypted.append(self.implicit or session.ssl is not None)
        await asyncio.sleep(self.thinks_seconds)
        return OK

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if not self.says_goodbye:
            await asyncio.Event().wait()
        return "221 Bye"

    def _let_in(self, server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    def _answering(self) -> SMTP:
        self.connections += 1
        return SMTP(
            self,
            hostname="localhost",
            tls_context=_certified() if self.offers_tls and not self.implicit else None,
            require_starttls=False,
            authenticator=self._let_in,
            auth_required=self.asks_password,
            auth_require_tls=not self.implicit and self.offers_tls,
            enable_SMTPUTF8=False,
        )

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        tls = _certified() if self.implicit else None
        server = await asyncio.get_running_loop().create_server(self._answering, "localhost", self.port, ssl=tls)
        try:
            yield
        finally:
            server.close()


def a_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
