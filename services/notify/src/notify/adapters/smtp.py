"""Sends messages by e-mail to one mail server, encrypted on the way; texts and letters it does not send.

Nothing that is logged or counted here holds an address, a password or what a server answered: answers quote addresses.
"""

import asyncio
import ssl
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP as SMTP_LINES
from email.policy import Policy
from email.utils import format_datetime
from typing import Literal, Self
from urllib.parse import unquote, urlsplit

import structlog
from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from prometheus_client import Counter, Gauge

from alliance.kernel import Clock, to_text
from notify.application.courier import NotServed, NotTakenNow, Undeliverable, WayDown
from notify.application.outbox import Caught
from notify.domain.codes import Channel
from notify.domain.digest_letters import StaffLetter
from notify.domain.wording import Letter

log = structlog.get_logger(__name__)

STEP_SECONDS, ANSWER_SECONDS, GOODBYE_SECONDS = 20.0, 600.0, 2.0
"""To connect, and for what the server says to a message: RFC 5321, 4.5.3.2.6. Who gives up on one that is taken after
all sends it twice.
"""
WITHIN_SECONDS = ANSWER_SECONDS + 3 * STEP_SECONDS
"""For the whole of one message."""
OURS = frozenset({421, 521, 530})
"""About the server or us, never about an address: closing, takes no mail (RFC 7504), wants us to sign in (RFC 4954)."""
DOWN = Gauge("alliance_mail_down", "1 while the mail server takes nothing, as of the last try")
MAILS = Counter("alliance_mails_total", "What the mail server said to messages", ["outcome"])


class Link(UnstructuredHeader, BaseHeader):
    """Written in one line: folded, a long link is encoded as if it were words, and no mail program finds it."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", Link)
LINES = SMTP_LINES.clone(header_factory=HEADERS)


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where mail is handed over. `smtp` is encrypted by STARTTLS or not used at all, `smtps` from the first byte."""

    scheme: Literal["smtp", "smtps"]
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    plain: bool = False
    """Without encryption: for development."""

    @classmethod
    def at(cls, url: str, *, plain: bool = False) -> Self:
        """From `smtp(s)://user:password@host:port`. Raises `ValueError`, which never quotes the address."""
        wrong = "smtp://host:port or smtps://host:port is asked for, with user and password percent-encoded"
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise ValueError(wrong) from None
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError(wrong)
        scheme: Literal["smtp", "smtps"] = "smtp" if parts.scheme == "smtp" else "smtps"
        return cls(
            scheme=scheme,
            host=parts.hostname,
            port=port or (587 if scheme == "smtp" else 465),
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            plain=plain,
        )


class Mail:
    """A connection for each message. The same message again has the same Message-ID."""

    sends = True
    within = timedelta(seconds=WITHIN_SECONDS)

    def __init__(self, server: MailServer, *, sender: str, clock: Clock, tls: ssl.SSLContext | None = None) -> None:
        self._server, self._sender, self._clock = server, Address(addr_spec=sender), clock
        self._tls = tls or ssl.create_default_context()
        self.caught: deque[Caught] = deque(maxlen=100)
        self._down: tuple[datetime, str] | None = None

    async def send(self, message_id: str, channel: Channel, address: str, letter: Letter) -> None:
        if channel is not Channel.EMAIL:
            raise NotServed
        message = self._written(message_id, address, letter)
        try:
            await self._hand_over(message)
        except Undeliverable:
            self._is_up("refused")
            raise
        except NotTakenNow:
            self._is_up("not-now")
            raise
        except (SMTPException, OSError, TimeoutError) as error:
            self._is_down(error)
            raise WayDown from None
        self._is_up("taken")
        if not isinstance(letter, StaffLetter):  # others must not read somebody's code
            self.caught.append(Caught(message_id, channel, letter.subject, letter.language))

    async def check(self) -> tuple[bool, str]:
        """How the mail server was when it was last tried."""
        if self._down is None:
            return True, "takes mail, as of the last try"
        since, why = self._down
        return False, f"mail-server-down since {to_text(since)}: {why}"

    def _written(self, message_id: str, address: str, letter: Letter) -> EmailMessage:
        """Plain text, asking for nothing back and telling nothing of who reads it."""
        message = EmailMessage(policy=LINES)
        try:
            to = Address(addr_spec=address)
            message["To"] = Address(username=to.username, domain=to.domain.encode("idna").decode())
        except (ValueError, IndexError, MessageError):
            MAILS.labels("refused").inc()
            raise Undeliverable from None
        message["From"] = self._sender
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(self._clock.now())
        message["Message-ID"] = f"<{message_id}@{self._sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        if isinstance(letter, StaffLetter) and letter.off:
            message["List-Unsubscribe"] = f"<{letter.off}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(letter.body)
        message["Content-Language"] = ", ".join(text.language for text in letter.texts)
        return message

    async def _hand_over(self, message: EmailMessage) -> None:
        """Raises `Undeliverable` or `NotTakenNow` for the message, anything else for the server."""
        server = self._server
        implicit = server.scheme == "smtps"
        smtp = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            local_hostname=self._sender.domain,
            use_tls=implicit,
            start_tls=not (implicit or server.plain),
            tls_context=self._tls,
            timeout=STEP_SECONDS,
        )
        try:
            async with asyncio.timeout(WITHIN_SECONDS):
                await smtp.connect()
                try:
                    await smtp.send_message(message, sender=self._sender.addr_spec, timeout=ANSWER_SECONDS)
                except SMTPRecipientsRefused as refused:
                    raise _answer_to(refused.recipients[0]) from None
                except SMTPSenderRefused:
                    raise
                except SMTPResponseException as refused:
                    raise _answer_to(refused) from None
                except ValueError:  # an address that could say more to the server than where to send
                    raise Undeliverable from None
            with suppress(SMTPException, OSError):  # it is taken, whatever comes now
                await smtp.quit(timeout=GOODBYE_SECONDS)
        finally:
            smtp.close()

    def _is_up(self, outcome: str) -> None:
        MAILS.labels(outcome).inc()
        DOWN.set(0)
        if self._down is not None:
            log.info("the mail server takes mail again")
        self._down = None

    def _is_down(self, error: Exception) -> None:
        MAILS.labels("down").inc()
        DOWN.set(1)
        found = error.__cause__ or error
        why = " ".join(str(part) for part in (type(found).__name__, getattr(found, "code", "")) if part)
        if self._down is None:
            log.error("the mail server takes nothing", why=why)
        self._down = (self._down[0] if self._down else self._clock.now(), why)


def _answer_to(refused: SMTPRecipientRefused | SMTPResponseException) -> Exception:
    """RFC 5321, 4.2.1: 5 is for good, 4 for now. RFC 3463, 3.8: 5.7 is about what the server lets us do, which an
    operator may have got wrong; it says nothing of the address.
    """
    if refused.code in OURS:
        return refused
    policy = refused.message.startswith("5.7.")
    return Undeliverable() if refused.code >= 500 and not policy else NotTakenNow()
