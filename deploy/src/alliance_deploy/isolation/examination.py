"""Make every attempt on a broker and note what happened, so that people can read it and a test can refuse it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiormq
from aiormq.abc import AbstractConnection
from aiormq.exceptions import AMQPError, ChannelAccessRefused, ChannelPreconditionFailed, DeliveryError, PublishError

from alliance_deploy.isolation.attempts import (
    FALSE_SIGNATURE,
    REFUSED,
    UNHEARD,
    Attempt,
    allowed_to,
    forbidden_to,
)
from alliance_deploy.topology import Topology

WITHIN = 10.0
DONE = "done"


@dataclass(frozen=True)
class Finding:
    """`right` is what the agreement says should have happened, did happen."""

    user: str
    at: str
    what: str
    forbidden: bool
    answer: str
    right: bool

    def __str__(self) -> str:
        wanted = "must be refused" if self.forbidden else "must work"
        return f"{self.user} → {self.at}: {self.what} ({wanted}): {self.answer}"


async def examine(topology: Topology, url_of: Callable[[str], str], *, users: Iterable[str] = ()) -> list[Finding]:
    """All forbidden and then all allowed attempts of `users` (default: every user), each on a connection of its own."""
    chosen = list(users) or [user.name for user in topology.users]
    found = await asyncio.gather(*(_examine_one(user, topology, url_of(user)) for user in chosen))
    return [finding for findings in found for finding in findings]


async def _examine_one(user: str, topology: Topology, url: str) -> list[Finding]:
    findings = []
    async with _visit(url) as connection:
        for attempt in forbidden_to(user, topology):
            answer = await _try(connection, attempt)
            findings.append(Finding(user, attempt.at, attempt.what, True, answer, answer == attempt.refusal))
        for attempt in allowed_to(user, topology):
            answer = await _try(connection, attempt)
            findings.append(Finding(user, attempt.at, attempt.what, False, answer, answer == DONE))
    return findings


def table(findings: Sequence[Finding]) -> str:
    """Markdown: for each user and service, how many forbidden attempts were refused and allowed ones worked."""
    services = sorted({finding.at for finding in findings})
    lines = ["| user | " + " | ".join(services) + " |", "|" + " --- |" * (len(services) + 1)]
    for user in dict.fromkeys(finding.user for finding in findings):
        cells = [_cell([f for f in findings if f.user == user and f.at == service]) for service in services]
        lines.append(f"| {user} | " + " | ".join(cells) + " |")
    lines += ["", "Refused of forbidden + worked of allowed. What was not as agreed:", ""]
    lines += [f"- {finding}" for finding in findings if not finding.right] or ["- nothing"]
    answers = Counter(finding.answer for finding in findings if finding.forbidden)
    lines += ["", "Answers to forbidden attempts: " + ", ".join(f"{n} {answer}" for answer, n in answers.most_common())]
    return "\n".join(lines) + "\n"


def _cell(findings: Sequence[Finding]) -> str:
    return " + ".join(_counts(findings)) or "–"


def _counts(findings: Sequence[Finding]) -> Iterator[str]:
    for forbidden in (True, False):
        of = [finding for finding in findings if finding.forbidden is forbidden]
        if of:
            yield f"{sum(finding.right for finding in of)}/{len(of)}"


@asynccontextmanager
async def _visit(url: str) -> AsyncIterator[AbstractConnection]:
    connection = await aiormq.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def _try(connection: AbstractConnection, attempt: Attempt) -> str:
    """What the broker answered. "Not found" is no refusal: the thing must be there to be refused."""
    channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
    try:
        await asyncio.wait_for(attempt.act(channel), WITHIN)
    except ChannelAccessRefused:
        return REFUSED
    except ChannelPreconditionFailed as error:
        return FALSE_SIGNATURE if "user_id" in str(error) else "other precondition failed"
    except PublishError:
        return UNHEARD
    except (DeliveryError, AMQPError, TimeoutError) as error:
        return type(error).__name__
    else:
        return DONE
    finally:
        if not channel.is_closed:
            await channel.close()


async def counts(topology: Topology, admin_url: str) -> dict[str, int]:
    """Messages ready in every queue, streams left out."""
    async with _visit(admin_url) as connection:
        channel: Any = await connection.channel()
        return {
            queue.name: (await channel.queue_declare(queue.name, passive=True)).message_count
            for queue in topology.queues
            if queue.type == "quorum"
        }
