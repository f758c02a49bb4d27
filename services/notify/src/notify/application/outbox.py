"""What has left, as far as the way out tells: for trying things out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from notify.domain.codes import Channel


@dataclass(frozen=True)
class Caught:
    message_id: str
    channel: Channel
    subject: str
    language: str
    to_staff: bool = False
    """No message to a person: there is no record to open."""


class Outbox(Protocol):
    @property
    def sends(self) -> bool:
        """Whether anything leaves at all."""
        ...

    @property
    def caught(self) -> Iterable[Caught]:
        """The newest last; without addresses and without names."""
        ...
